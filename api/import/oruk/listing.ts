import { z } from 'zod';
import { readLanguages } from '../../domain/languages/reader.ts';
import { languageOfText, UNDETERMINED } from '../../domain/languages/written.ts';
import { lookUp } from '../../domain/look-up.ts';
import { readPostcode } from '../../domain/postcode.ts';
import { PAIN_FRIENDLY, QUESTION_KEYS, unanswered } from '../../domain/questions.ts';
import { ATTENDING_TYPES, JOINS, type Listing, Service } from '../../domain/service.ts';
import { shortenText } from '../../domain/shorten.ts';
import type { AreaContext } from '../../geocode/area-answer.ts';
import { geography } from '../../geocode/geography.ts';
import type { FeedSource } from '../format.ts';
import type { Note } from '../incoming.ts';
import type { Asker } from '../questions/asker.ts';
import { areasOf } from './areas.ts';
import { categoriesOf, kindOfCategory } from './categories.ts';
import { guessCategories } from './category-of-words.ts';
import { costsOf, ownPart } from './costs.ts';
import { joinLines, objectsIn, textField, textUnder } from './cut.ts';
import { languagesOf } from './languages.ts';
import { phonesOf } from './phones.ts';
import { readSessions, type Sessions } from './sessions.ts';
import { type Terms, termsOfAttributes } from './terms.ts';
import { isPlaceholder, mendDate } from './values.ts';
import { emailsOf, locationsOf, organizationOf } from './venues.ts';
import type { JsonRecord } from './walk.ts';

/** A mended record under our own schema. What the source does not say is unknown; the few things that a listing must have are made from what there is, and said. */

/**
 * @param today 'YYYY-MM-DD' in Europe/London, for what says of no day that somebody looked at it
 * @param asker takes what the record leaves open
 */
export function feedListing(
  record: JsonRecord,
  feed: FeedSource,
  today: string,
  asker: Asker,
): { listing: Listing; notes: Note[] } {
  const notes: Note[] = [];
  const organization = organizationOf(record, feed, notes);
  const { locations, byPlace } = locationsOf(record, notes);
  const terms = termsOfAttributes(record);
  const own = ownPart(record);
  const sessions = readSessions(record, byPlace, statedOn(record, today), asker);
  notes.push(...sessions.notes);
  const attending = attendingOf(record, terms, locations, notes);
  const { categories, areGuessed } = categoriesFor(record, terms, notes);
  const { costs, words: costWords } = costsOf(record, today, notes, asker);
  const said = areasOf(record, contextOf(feed, locations), notes, asker);
  const { phones, words: phoneWords } = phonesOf(record);
  for (const words of phoneWords)
    notes.push({ field: 'phones', words: `‘${shortenText(words, 80)}’ cannot be dialled; it is kept as words.` });
  const languages = languagesOf(record, notes, asker);
  const [email, ...emails] = emailsOf(record);
  const { hours, more } = hoursWords(sessions);
  const name = joinLines(String(record['name']));
  const described = textUnder(record, 'description');
  if (name.length > 160) notes.push({ field: 'name', words: 'It is longer than 160 characters, and shown shortened.' });
  // That of another Signpost is made from what it says besides.
  const alert = 'availability' in own || 'summary' in own ? undefined : textUnder(record, 'alert');
  const description = [
    described,
    name.length > 160 ? name : undefined,
    more,
    ...costWords.map((words) => `Cost: ${words}`),
    ...phoneWords.map((words) => `Phone: ${words}`),
    languages.words.length > 0 ? `Languages: ${languages.words.join(', ')}` : undefined,
    labelled('Interpretation', textUnder(record, 'interpretation_services')),
    'clinical' in own ? undefined : labelled('Waiting time', textUnder(record, 'wait_time')),
    emails.length > 0 ? `Also by e-mail: ${emails.join(', ')}` : undefined,
    alert !== undefined && alert.length > MOST_OF_NOTICE ? alert : undefined,
  ].filter((part) => part !== undefined);
  const kind = pick(Service.shape.kind, terms.codes('kind')[0]);
  const clinical = pick(Service.shape.clinical, own['clinical']);
  const checked =
    pick(z.iso.date(), own['assured_date']) ??
    textUnder(record, 'assured_date') ??
    mendDate(textUnder(record, 'last_modified') ?? '') ??
    undefined;
  const stated = pick(Service.shape.written_in, own['written_in'] ?? undefined);
  const heard = stated === undefined ? languageOfText([name, described].filter(Boolean).join('\n')) : null;
  const told = stated === undefined && heard === null ? asker.about('written_in', '') : null;
  const writtenIn = stated ?? (told === null ? undefined : readLanguages(told).tags[0]);
  const guessed = guessedParts({
    taxonomy_terms: (areGuessed && categories.length > 0) || saidGuessed(own, 'taxonomy_terms'),
    kind: kind === undefined ? areGuessed && !isEvent(sessions) : saidGuessed(own, 'kind'),
    written_in: heard !== null || saidGuessed(own, 'written_in'),
  });
  const service = {
    id: String(record['id']),
    organization_id: organization.id,
    name: shortenText(name, 160),
    ...textField(record, 'alternate_name', 160),
    summary:
      pick(Service.shape.summary, own['summary']) ?? summaryOf(described, terms, locations[0]?.name, organization.name),
    description: shortenText(description.join('\n\n') || NOTHING_SAID, 6000),
    written_in: writtenIn ?? heard ?? UNDETERMINED,
    kind: kind ?? (isEvent(sessions) ? 'event' : kindOfCategory(categories[0] ?? '')),
    taxonomy_terms: categories,
    status: record['status'] as Service['status'],
    ...textField(record, 'url', 500),
    ...some('email', email),
    phones,
    ...some(
      'contact_title',
      objectsIn(record['contacts']).flatMap((it) => textField(it, 'title', 80)['title'] ?? [])[0],
    ),
    eligibility: eligibilityOf(record, own, said.service_area_words),
    cost_options: costs,
    attending_types: attending,
    location_ids: locations.map(({ id }) => id),
    schedules: sessions.schedules,
    ...some('schedule_description', hours),
    ...said,
    ...(said.service_area_status !== 'said' && homeOf(own, feed)),
    join: joinsOf(record, terms),
    ...textField(record, 'application_process', 1000),
    ...some('first_visit', pick(Service.shape.first_visit, own['first_visit'])),
    languages: languages.tags,
    ...supportOf(terms),
    ...some('availability', availabilityOf(own, alert)),
    source: sourceOf(own, feed),
    assured_date: checked ?? today,
    assured_by:
      pick(Service.shape.assured_by.unwrap(), own['assured_by']) ?? (checked === undefined ? 'nobody' : 'source'),
    ...some('checked', pick(Service.shape.checked, own['checked'] ?? undefined)),
    ...some('guessed', guessed),
    ...(kind === 'clinical' && some('clinical', clinical)),
    example: own['example'] === true,
  };
  const state = own['unconfirmed'] === true ? 'unconfirmed' : 'published';
  // What is made of defaults is filled in where the plan checks it.
  return { listing: { service: service as Service, organization, locations, state, last_modified: '' }, notes };
}

/** Where the feed and the venue are, for what a name alone does not tell. */
function contextOf({ home }: FeedSource, locations: Listing['locations']): AreaContext {
  const venue = locations.find(({ location_type }) => location_type === 'physical');
  const { latitude, longitude } = venue ?? {};
  const typed = readPostcode(venue?.address?.postal_code ?? '');
  const sector = typed.kind === 'unit' ? geography().sectors.get(typed.sector) : undefined;
  return {
    home: home?.districts,
    district: sector?.districts.length === 1 ? sector.districts[0] : null,
    near: latitude === undefined || longitude === undefined ? (sector?.middle ?? null) : { latitude, longitude },
  };
}

/** Letters of what has to be known now. */
const MOST_OF_NOTICE = 200;

/** Whether somebody can come: as another Signpost says, or what a record says in words that has to be known now. */
function availabilityOf(own: JsonRecord, alert: string | undefined): Service['availability'] | undefined {
  const said = pick(Service.shape.availability, own['availability'] ?? undefined);
  return (
    said ?? (alert === undefined ? undefined : { state: 'open', note: shortenText(joinLines(alert), MOST_OF_NOTICE) })
  );
}

/** Where its source is at home: as another Signpost says, or as the feed was registered. */
function homeOf(own: JsonRecord, { home }: FeedSource): { service_area_home?: string } {
  const name = pick(Service.shape.service_area_home, own['service_area_home']) ?? home?.name;
  return some('service_area_home', name) as { service_area_home?: string };
}

const labelled = (label: string, words: string | undefined): string | undefined =>
  words === undefined || isPlaceholder(words) ? undefined : `${label}: ${words}`;

const NOTHING_SAID = 'The directory that lists this says nothing more about it. Please check before you go.';

/** The value where it fits, else undefined. */
const pick = <T>(schema: z.ZodType<T>, value: unknown): T | undefined =>
  value === undefined ? undefined : schema.safeParse(value).data;

const some = <T>(name: string, value: T | undefined): Record<string, T> =>
  value === undefined ? {} : { [name]: value };

/** The day on which the source last looked at the record, or changed it: what its dates without a year count from. */
const statedOn = (record: JsonRecord, today: string): string => {
  const dates = ['assured_date', 'last_modified'].flatMap((field) => mendDate(textUnder(record, field) ?? '') ?? []);
  const last = dates.sort().at(-1);
  return last !== undefined && last < today ? last : today;
};

const isEvent = ({ schedules }: Sessions): boolean =>
  schedules.length > 0 && schedules.every(({ freq }) => freq === undefined);

/** Its first sentence, or what is known instead. */
function summaryOf(
  described: string | undefined,
  terms: Terms,
  venue: string | undefined,
  organization: string,
): string {
  if (described !== undefined) {
    const line = joinLines(described.split('\n\n')[0] ?? '');
    const sentence = /^.{25,179}?[.!?](?=\s|$)/.exec(line)?.[0];
    return shortenText(sentence ?? line, 180);
  }
  const [what] = terms.others;
  if (what !== undefined && venue !== undefined) return shortenText(`${what} at ${venue}.`, 180);
  return shortenText(`Run by ${organization}.`, 180);
}

const WAYS: readonly [Service['attending_types'][number], RegExp][] = [
  ['in_person', /in[_ -]?person|venue|face[ -]to[ -]face|on[ -]?site|physical/i],
  ['online', /online|virtual|video|remote|webinar/i],
  ['phone', /phone/i],
  ['at_home', /at[_ ]home|home[_ ]visit|visit at home/i],
];

function attendingOf(
  record: JsonRecord,
  terms: Terms,
  locations: Listing['locations'],
  notes: Note[],
): Service['attending_types'] {
  const own = terms.codes('attending_type').filter((code) => (ATTENDING_TYPES as readonly string[]).includes(code));
  if (own.length > 0) return own as Service['attending_types'];
  const words = [record['attending_type'], ...objectsIn(record['schedules']).map((it) => it['attending_type'])].join(
    ' ',
  );
  const said = WAYS.flatMap(([way, pattern]) => (pattern.test(words) ? [way] : []));
  if (said.length > 0) return said;
  if (locations.some(({ location_type }) => location_type === 'physical')) return ['in_person'];
  if (locations.some(({ location_type }) => location_type === 'virtual')) return ['online'];
  notes.push({
    field: 'attending_type',
    words: 'Neither a place nor a way to take part is said; the listing says to ask how to take part.',
  });
  return [];
}

function categoriesFor(record: JsonRecord, terms: Terms, notes: Note[]): { categories: string[]; areGuessed: boolean } {
  const own = terms.codes('category');
  if (own.length > 0) return { categories: own.slice(0, 6), areGuessed: false };
  const named = categoriesOf(terms.others);
  if (named.length > 0) return { categories: named, areGuessed: false };
  const { categories: found, said } = guessCategories(String(record['name']), textUnder(record, 'description') ?? '');
  notes.push({ field: 'attributes', words: `None of its terms is known: ${said}` });
  return { categories: found, areGuessed: true };
}

type Guessed = NonNullable<Service['guessed']>;

/** Those parts that are guesses; undefined where there is none. */
function guessedParts(parts: Record<Guessed[number], boolean>): Guessed | undefined {
  const guessed = (Object.keys(parts) as Guessed).filter((part) => parts[part]);
  return guessed.length > 0 ? guessed : undefined;
}

/** Whether another Signpost says that it has guessed a part. */
const saidGuessed = (own: JsonRecord, part: Guessed[number]): boolean =>
  pick(Service.shape.guessed, own['guessed'])?.includes(part) ?? false;

/** Words about hours: with the schedules where they are short, else with the description. */
function hoursWords({ words }: Sessions): { hours?: string; more?: string } {
  const text = words.join('; ');
  if (text === '') return {};
  return text.length <= 300 ? { hours: text } : { more: `Opening hours: ${text}` };
}

function eligibilityOf(record: JsonRecord, own: JsonRecord, areas: readonly string[]): Service['eligibility'] {
  const words = [
    textUnder(record, 'eligibility_description'),
    areas.length > 0 ? `Area served: ${areas.join(', ')}` : undefined,
  ];
  const description = words.filter(Boolean).join('\n');
  const age = (name: string) => (typeof record[name] === 'number' ? { [name]: Math.floor(record[name]) } : {});
  return {
    ...(description !== '' && { description: shortenText(description, 1000) }),
    ...age('minimum_age'),
    ...age('maximum_age'),
    restrictions: pick(z.array(z.string().min(1).max(80)).max(5), own['restrictions']) ?? [],
  };
}

const ACCESS_WAYS: Record<string, Service['join'][number]> = {
  'drop-in': 'drop_in',
  appointment: 'book',
  referral: 'professional_referral',
};

function joinsOf(record: JsonRecord, terms: Terms): Service['join'] {
  const own = terms.codes('join').filter((code) => (JOINS as readonly string[]).includes(code)) as Service['join'];
  const older = lookUp(ACCESS_WAYS, String(record['attending_access'] ?? '').toLowerCase());
  return own.length > 0 || older === undefined ? own : [older];
}

/** Answers that our own terms give; what they say nothing of is not known. */
const supportOf = (terms: Terms) => ({
  ...unanswered(QUESTION_KEYS),
  ...terms.answers('support'),
  pain_friendly: { ...unanswered(PAIN_FRIENDLY), ...terms.answers('pain_friendly') },
});

/** Who says it: the feed, or those whose words it says that it passes on, under their terms. */
function sourceOf(own: JsonRecord, feed: FeedSource): Service['source'] {
  const first = pick(Service.shape.source, own['source']);
  if (first !== undefined)
    return {
      ...first,
      ...(first.licence === undefined && feed.licence !== null && { licence: shortenText(feed.licence, 120) }),
    };
  return {
    name: shortenText(feed.name, 160),
    ...some('url', pick(z.url({ protocol: /^https?$/ }).max(500), feed.url ?? undefined)),
    ...(feed.licence !== null && { licence: shortenText(feed.licence, 120) }),
  };
}
