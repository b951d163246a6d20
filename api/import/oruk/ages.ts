import { type Ages, isInverted, readAges, unionOfAges } from '../../domain/ages.ts';
import { describeAges } from '../../domain/words/answers.ts';
import { capital } from '../../domain/words/dates.ts';
import type { Note } from '../incoming.ts';
import type { Asker } from '../questions/asker.ts';
import { schoolAges } from '../school-ages.ts';
import { objectsIn, textUnder } from './cut.ts';
import { isPlaceholder } from './values.ts';
import { isObject, type JsonRecord } from './walk.ts';

/** For which ages a service is, as feeds say it: of itself, or of each group that it is for. */

const ENDS = ['minimum_age', 'maximum_age'] as const;
/** Years: what a listing holds. */
const MOST_YEARS = 120;

type Say = (field: string, words: string) => void;

/** Reads words by more than what they are: by what moderators have said, and by where the school years are counted. */
interface AgeContext {
  asker: Asker;
  postcodes: readonly string[];
}

/** Of all places of a record. */
const postcodesIn = (record: JsonRecord): string[] =>
  objectsIn(record['service_at_locations']).flatMap(({ location }) =>
    isObject(location) ? objectsIn(location['addresses']).flatMap((it) => textUnder(it, 'postal_code') ?? []) : [],
  );

/** The ages of a part of the record; null where it says none. What cannot be read goes to `words`. */
function agesOf(it: JsonRecord, say: Say, words: string[], context: AgeContext): Ages | null {
  const found: Ages = { rough: false };
  for (const end of ENDS) {
    const given = it[end];
    if (given === undefined) continue;
    const text = String(given).slice(0, 40);
    if (typeof given === 'number' && given >= 0 && given <= MOST_YEARS) found[end] = given;
    else if (typeof given === 'number' || isPlaceholder(text) || /^-\d/.test(text))
      say(end, `'${text}' stands for unknown, and was left out.`);
    else {
      const read = readAges(text, end) ?? schoolAges(text, context.postcodes) ?? agesTold(text, context.asker);
      if (read) Object.assign(found, read, { rough: found.rough || read.rough });
      if (!read || read.rough) words.push(text);
      say(end, read ? `'${text}' was read as ${spoken(read)}.` : `'${text}' cannot be read; it is kept as words.`);
    }
  }
  if (!isInverted(found)) return found.minimum_age === undefined && found.maximum_age === undefined ? null : found;
  const range = `from ${found.minimum_age} to ${found.maximum_age}`;
  const told = agesTold(range, context.asker);
  const became = told ? `was read as ${spoken(told)}, as a moderator has said` : 'is no range; both were left out';
  say('minimum_age', `${capital(range)} ${became}.`);
  return told;
}

/** What moderators have said of ages that cannot be read. */
function agesTold(words: string, asker: Asker): Ages | null {
  const told = asker.about('ages', words);
  return told === null ? null : readAges(told, 'minimum_age');
}

const spoken = (ages: Omit<Ages, 'rough'>): string => describeAges({ ...ages, restrictions: [] }).toLowerCase();

/** Words that make a figure an age, and words beside which it may count people, places or weeks of membership. */
const OF_AGE =
  /\b(?:aged?|ages|years?|yrs?|months?|over|under|older|younger|plus)\b|\d\s?\+|\d['’]?s\b|\d\s?(?:-|–|to)\s?\d/i;
const COUNTS = /\b(?:people|persons|places|max(?:imum)?|up to)\b|^\s*\d+(?:\s*(?:years?|yrs?|months?))?\s*$/i;

/** What the words of who may come say, where no field says an age and they are nothing but ages: 'Over 50s'. */
function agesInWords(record: JsonRecord, groups: readonly JsonRecord[], { postcodes }: AgeContext): Ages | null {
  const said = [
    ...groups.map((it) => textUnder(it, 'eligibility')),
    textUnder(record, 'eligibility_description'),
  ].filter((words) => words !== undefined);
  const read = said.map(
    (words) =>
      schoolAges(words, postcodes) ??
      (OF_AGE.test(words) && !COUNTS.test(words) ? readAges(words, 'minimum_age') : null),
  );
  if (read.length === 0 || !read.every((one) => one !== null)) return null;
  const all = unionOfAges(read);
  return isInverted(all) ? null : all;
}

/** 'Toddlers (ages 2 to 4)'. */
function groupWords(it: JsonRecord, ages: Ages | null): string | undefined {
  const name = textUnder(it, 'eligibility');
  const said = ages && spoken(ages);
  return name && said ? `${name} (${said})` : (name ?? (said || undefined));
}

/** Puts the ages of a record right, in place. Several groups come to the range that shuts none of them out, and to words. */
export function mendAges(record: JsonRecord, repairs: Note[], asker: Asker): void {
  const words: string[] = [];
  const context = { asker, postcodes: postcodesIn(record) };
  const own = agesOf(record, (field, said) => repairs.push({ field, words: said }), words, context);
  const groups = objectsIn(record['eligibilities'] ?? record['eligibilitys']).map((it, index) => {
    const say: Say = (field, said) => repairs.push({ field: `eligibilities[${index}].${field}`, words: said });
    return { it, ages: agesOf(it, say, words, context) };
  });
  const aged = groups.flatMap(({ ages }) => ages ?? []);
  // A group that says no age may be for any age.
  const all =
    aged.length === groups.length && aged.length > 0
      ? unionOfAges(aged)
      : own === null && aged.length === 0 && words.length === 0
        ? agesInWords(
            record,
            groups.map(({ it }) => it),
            context,
          )
        : null;
  for (const end of ENDS) {
    const age = own ? own[end] : all?.[end];
    if (age === undefined) delete record[end];
    else record[end] = age;
  }
  const told =
    groups.length > 1
      ? groups.map(({ it, ages }) => groupWords(it, ages))
      : [textUnder(groups[0]?.it ?? {}, 'eligibility')];
  const said = [...told, ...words.map((text) => `Ages: ${text}`)].filter((part) => part !== undefined);
  const described = textUnder(record, 'eligibility_description');
  if (described === undefined && said.length > 0) record['eligibility_description'] = said.join('; ');
  else if (words.length > 0)
    record['eligibility_description'] = [described, ...words.map((text) => `Ages: ${text}`)].join('; ');
}
