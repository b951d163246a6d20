import { isInverted } from '../../domain/ages.ts';
import { readLanguages } from '../../domain/languages/reader.ts';
import { languageOfText, UNDETERMINED } from '../../domain/languages/written.ts';
import { type Listing, Location, Organization, Service } from '../../domain/service.ts';
import type { PostcodeTable } from '../../store/postcodes.ts';
import type { Asker } from '../questions/asker.ts';
import type { Partially, RowDraft, TableColumn } from './column.ts';
import { TABLE_COLUMNS } from './columns.ts';
import { faultsOf } from './faults.ts';
import type { IdOf } from './identity.ts';
import { fillIn, placeInWords } from './own-words.ts';
import { VENUE_OF } from './session-columns.ts';
import { finishVenues } from './venues.ts';

/** What a row says, made a whole listing: what must be there is, what follows from the rest is filled in. */

/** What a listing takes from the table that its row stands in. */
export interface TableOfRow {
  source: string;
  /** Whether the table is somebody's own. */
  own: boolean;
  postcodes: PostcodeTable;
  idFor: IdOf;
  /** A venue as it is so far: of a row before, or stored. */
  location: (id: string) => Location | null;
}

/** Takes what is wrong, and what was put right. */
interface Complaints {
  refuse: (column: string, words: string) => void;
  repair: (column: string, words: string) => void;
  /** Whether anything was refused. */
  refused: () => boolean;
  /** Is asked which language the words are in, where that cannot be told. */
  asker: Asker;
}

const KIND: TableColumn = TABLE_COLUMNS.find(({ name }) => name === 'kind')!;

/** The first sentence of a text, as far as a summary goes. */
function firstSentence(text: string): string {
  const sentence = /^.{20,179}?[.!?](?=\s|$)/s.exec(text)?.[0] ?? text;
  const line = sentence.replace(/\s+/g, ' ').trim();
  return line.length <= 180 ? line : `${line.slice(0, Math.max(1, line.lastIndexOf(' ', 178)))}…`;
}

/** The listing, made whole; null where the schema does not take it, which is among the complaints then. */
export function wholeListing(
  id: string,
  stored: Listing | null,
  { service, organization, venues: drafts, today }: RowDraft,
  { source, own, postcodes, idFor, location }: TableOfRow,
  say: Complaints,
): Listing | null {
  const finish = (given: RowDraft['venues']) =>
    finishVenues(postcodes, given, stored?.locations ?? [], (...words) => idFor('venue', source, ...words));
  let { venues, reasons, repairs } = finish(drafts);
  if (own && reasons.length > 0) {
    for (const { column: name, words } of reasons)
      say.repair(name, `${words} The place was kept in words, and is on no map.`);
    ({ venues, reasons, repairs } = finish(drafts.map(placeInWords)));
  }
  if (own) fillIn(service, organization.name, venues, say.repair);
  for (const { column: name, words } of reasons) say.refuse(name, words);
  for (const { column: name, words } of repairs) say.repair(name, words);
  if (!organization.name) say.refuse('organisation', 'Write who runs it.');
  if (!service.name) say.refuse('name', 'Write what it is called.');
  if (!service.kind) say.refuse('kind', KIND.help);
  if (!own && !service.taxonomy_terms?.length) say.refuse('categories', 'Write at least one category.');
  if (!service.summary && !service.description)
    say.refuse('summary', 'Write at least one line about it, under ‘summary’ or ‘description’.');
  if (service.attending_types === undefined && venues.length === 0)
    say.refuse('how people take part', 'Write a venue, or say that it is online, by phone, or that they come to you.');
  if (isInverted(service.eligibility ?? {}))
    say.refuse('oldest age', 'The oldest age is below the youngest. Change one of them.');
  if (say.refused() || !service.name || !organization.name) return null;

  const locations = venues.map((venue) => Location.safeParse({ ...location(venue.id ?? ''), ...venue }));
  const made = {
    ...service,
    id,
    organization_id: organization.id,
    written_in: writtenIn(stored, service, say.asker),
    summary: service.summary ?? firstSentence(service.description ?? ''),
    description: service.description ?? service.summary,
    attending_types: service.attending_types ?? ['in_person'],
    location_ids: venues.map((venue) => venue.id),
    schedules: (service.schedules ?? []).map((schedule) => {
      const at = VENUE_OF.get(schedule);
      return at === undefined || venues.length < 2 ? schedule : { ...schedule, location_id: venues[at]?.id };
    }),
    source: service.source?.name ? service.source : { ...service.source, name: source },
    assured_date: service.assured_date ?? today,
    assured_by: service.assured_date === undefined ? 'nobody' : (service.assured_by ?? 'source'),
  };
  const [parsed, owner] = [Service.safeParse(made), Organization.safeParse(organization)];
  const faults = [
    ...(parsed.error ? faultsOf('service', parsed.error) : []),
    ...(owner.error ? faultsOf('organization', owner.error) : []),
    ...locations.flatMap(({ error }) => (error ? faultsOf('location', error) : [])),
  ];
  for (const { column: name, words } of faults) say.refuse(name, words);
  if (!parsed.data || !owner.data || faults.length > 0) return null;
  return {
    service: parsed.data,
    organization: owner.data,
    locations: locations.flatMap(({ data }) => data ?? []),
    state: stored?.state ?? 'published',
    last_modified: stored?.last_modified ?? `${today}T00:00:00.000Z`,
  };
}

/** The language that the row names; else, where its words are new, the one that they are in. */
function writtenIn(
  stored: Listing | null,
  { written_in, name, summary, description }: Partially<Service>,
  asker: Asker,
): string {
  const was = stored?.service;
  const said = written_in !== undefined && written_in !== was?.written_in;
  if (said || (was && was.name === name && was.summary === summary && was.description === description))
    return written_in ?? UNDETERMINED;
  const heard = languageOfText([name, summary, description].filter(Boolean).join('\n'));
  const told = heard === null ? asker.about('written_in', '') : null;
  return heard ?? (told === null ? UNDETERMINED : (readLanguages(told).tags[0] ?? UNDETERMINED));
}
