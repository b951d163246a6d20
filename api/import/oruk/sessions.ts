import { lookUp } from '../../domain/look-up.ts';
import { Schedule } from '../../domain/service.ts';
import type { Note } from '../incoming.ts';
import { isObject, type JsonRecord } from './walk.ts';

/** Schedules of a mended record under our own schema, and what is left to words. */

export interface Sessions {
  schedules: Schedule[];
  /** What the source says of its hours in words alone. */
  words: string[];
  notes: Note[];
}

const OPEN_DAYS: Record<string, string> = {
  monday: 'MO',
  tuesday: 'TU',
  wednesday: 'WE',
  thursday: 'TH',
  friday: 'FR',
  saturday: 'SA',
  sunday: 'SU',
};
const MOST = 60;

/**
 * @param locationOf the location that a service_at_location's id stands for
 */
export function readSessions(record: JsonRecord, locationOf: ReadonlyMap<string, string>): Sessions {
  const list = (Array.isArray(record['schedules']) ? record['schedules'] : []).filter(isObject);
  const stated = new Set(list.flatMap(statedHours));
  const result: Sessions = { schedules: [], words: [], notes: [] };
  for (const [index, it] of list.entries()) read(it, index, stated, locationOf, result);
  if (result.schedules.length > MOST) {
    result.schedules.length = MOST;
    result.notes.push({ field: 'schedules', words: `There are more than ${MOST}; the first ${MOST} were taken.` });
  }
  result.words = [...new Set(result.words)];
  return result;
}

function read(
  it: JsonRecord,
  index: number,
  stated: ReadonlySet<string>,
  locationOf: ReadonlyMap<string, string>,
  into: Sessions,
): void {
  const say = (field: string, words: string) => into.notes.push({ field: `schedules[${index}].${field}`, words });
  const text = typeof it['description'] === 'string' ? it['description'] : undefined;
  const repeats = text !== undefined && repeatsHours(text, stated);
  const description = repeats ? undefined : text;
  const days = typeof it['bymonthday'] === 'string' ? it['bymonthday'].split(',').map(Number) : [undefined];
  if (it['freq'] === undefined && it['dtstart'] === undefined) {
    const words = [description, hoursInWords(it)].filter(Boolean).join(', ');
    if (words !== '') into.words.push(words);
    return;
  }
  const hours = hoursOf(it, say);
  if (hours === null) {
    into.words.push(
      `${String(it['byday'] ?? it['dtstart'] ?? '')} ${String(it['opens_at'])} to ${String(it['closes_at'])}`.trim(),
    );
    return;
  }
  // Long words stand on their own; a short word belongs to its session.
  if (description !== undefined && description.length > 200) into.words.push(description);
  const extra = isObject(it['signpost']) ? it['signpost'] : {};
  const at =
    typeof it['service_at_location_id'] === 'string' ? locationOf.get(it['service_at_location_id']) : undefined;
  for (const bymonthday of days) {
    const parsed = Schedule.safeParse({
      ...given(it, ['freq', 'interval', 'byday', 'dtstart', 'valid_from', 'valid_to']),
      ...hours,
      ...(bymonthday !== undefined && { bymonthday }),
      ...(at !== undefined && { location_id: at }),
      ...(description !== undefined && description.length <= 200 && { description }),
      ...given(extra, ['term_time', 'exceptions', 'additional_dates']),
    });
    if (parsed.success) into.schedules.push(parsed.data);
    else {
      say(String(parsed.error.issues[0]?.path[0] ?? 'freq'), 'It is no recurrence that is known; it is kept as words.');
      into.words.push([description, hoursInWords(it)].filter(Boolean).join(', '));
    }
  }
}

const given = (it: JsonRecord, names: readonly string[]): JsonRecord =>
  Object.fromEntries(names.flatMap((name) => (it[name] === undefined ? [] : [[name, it[name]]])));

/** Hours that can be: null where both ends are one, which means closed to some and always open to others. */
function hoursOf(
  it: JsonRecord,
  say: (field: string, words: string) => void,
): { opens_at?: string; closes_at?: string } | null {
  const { opens_at: from, closes_at: to } = it;
  const opens = typeof from === 'string' ? { opens_at: from } : {};
  if (typeof from !== 'string' || typeof to !== 'string')
    return { ...opens, ...(typeof to === 'string' && { closes_at: to }) };
  if (from === to) {
    say('closes_at', `From ${from} to ${to} may mean closed or always open; it is kept as words.`);
    return null;
  }
  if (to < from) {
    say('closes_at', `It closes at ${to}, before it opens at ${from}; the closing time was left out.`);
    return opens;
  }
  return { ...opens, closes_at: to };
}

const hoursInWords = (it: JsonRecord): string =>
  [it['byday'], it['opens_at'] && it['closes_at'] ? `${it['opens_at']} to ${it['closes_at']}` : it['opens_at']]
    .filter(Boolean)
    .join(' ');

const statedHours = (it: JsonRecord): string[] =>
  String(it['byday'] ?? '')
    .split(',')
    .map((day) => `${day} ${String(it['opens_at'])} ${String(it['closes_at'])}`);

const ONE = /^\s*([a-z]+)s?:?\s+(\d{2}:\d{2})\s*(?:-|–|to)\s*(\d{2}:\d{2})\s*$/i;

/** Whether words say nothing but the hours that the schedules say already: 'Wednesday: 10:00 - 12:00, Friday: …'. */
function repeatsHours(text: string, stated: ReadonlySet<string>): boolean {
  return text.split(/[,;\n]/).every((part) => {
    const [, day = '', from, to] = ONE.exec(part) ?? [];
    return stated.has(`${lookUp(OPEN_DAYS, day.toLowerCase())} ${from} ${to}`);
  });
}
