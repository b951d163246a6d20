import { type Answers, jsonAnswer, singleAnswer } from '../domain/answers.ts';
import { Schedule } from '../domain/service.ts';
import { readSpokenSchedule, readStatedSchedule } from '../domain/spoken-schedule.ts';
import { schedulesIn } from './session-places.ts';

/**
 * Times that are said again. Words do not carry all of a schedule (at which place it is, a break that is over, a note), so
 * a line that stays as it was keeps its schedules, and one that is changed keeps what its words never said.
 */

/** A line of times with what it came to. */
export interface SaidTimes {
  words: string;
  schedules: Schedule[];
}

/** What to write instead, in a sentence or two. */
interface Problem {
  problem: string;
}

/** What a listing holds at most (domain/service.ts). */
const MOST_SCHEDULES = 60;

const linesIn = (text: string): string[] =>
  text
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter(Boolean);

/** The lines that a form holds with what they came to, as they were last understood. */
export function timesOf(answers: Answers): SaidTimes[] {
  const kept = jsonAnswer<SaidTimes[] | null>(answers, 'said_times', null);
  if (kept) return kept;
  const schedules = schedulesIn(answers);
  const lines = linesIn(singleAnswer(answers, 'sessions'));
  // A form of an earlier version: a line of it was made of each schedule.
  if (lines.length !== schedules.length) return [{ words: lines.join('\n'), schedules }];
  return schedules.map((schedule, index) => ({ words: lines[index] ?? '', schedules: [schedule] }));
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What settles on which days a rule falls: kept together or not at all. */
const RULE = ['freq', 'interval', 'byday', 'bymonthday', 'wkst', 'dtstart', 'valid_from'] as const;

/**
 * A schedule with what its words did not say before and do not say now.
 * @param read what the words of `before` come to; null where they cannot be read
 */
function withUnsaid(before: Schedule, read: Schedule | null, now: Schedule): Schedule {
  if (read === null) return before.location_id === undefined ? now : { ...now, location_id: before.location_id };
  const keepsRule = RULE.every((key) => same(read[key], now[key]));
  const unsaid = Object.entries(before).filter(([name, value]) => {
    const key = name as keyof Schedule;
    if (RULE.some((it) => it === key) && !keepsRule) return false;
    return same(read[key], now[key]) && !same(read[key], value);
  });
  return Schedule.parse({ ...now, ...Object.fromEntries(unsaid) });
}

/** The one place at which all of them are; undefined where they say none, or several. */
const placeOfAll = (schedules: readonly Schedule[]): string | undefined => {
  const [first] = schedules;
  return schedules.every(({ location_id }) => location_id === first?.location_id) ? first?.location_id : undefined;
};

const at = (place: string | undefined, schedules: readonly Schedule[]): Schedule[] =>
  schedules.map((schedule) => (place === undefined ? schedule : { ...schedule, location_id: place }));

/** The schedules of a line that took the place of another one. */
function changedFrom(before: SaidTimes, schedules: readonly Schedule[], today: string): Schedule[] {
  if (schedules.length !== before.schedules.length) return at(placeOfAll(before.schedules), schedules);
  const read = readStatedSchedule(before.words, today);
  const wasRead = 'problem' in read ? [] : read.schedules;
  return schedules.map((schedule, index) => {
    const was = before.schedules[index];
    return was ? withUnsaid(was, wasRead[index] ?? null, schedule) : schedule;
  });
}

/** Reads lines that only hold together, such as 'Tuesdays 2pm' and 'not in August' below it. */
function readTogether(lines: readonly string[], before: readonly SaidTimes[], today: string): SaidTimes[] | Problem {
  const words = lines.join('\n');
  const read = readSpokenSchedule(words, today);
  if ('problem' in read) return read;
  const former = { words: before.map((it) => it.words).join('\n'), schedules: before.flatMap((it) => it.schedules) };
  return [{ words, schedules: changedFrom(former, read.schedules, today) }];
}

/**
 * Reads the times of a form line by line.
 * @param text as it was typed, a line for each time
 * @param before the lines as they were last understood
 * @param begun the lines as the form was first filled: one that is put back is what it was
 * @param today 'YYYY-MM-DD' in Europe/London
 * @returns each line with its schedules, or what to write instead
 */
export function readTimes(
  text: string,
  before: readonly SaidTimes[],
  begun: readonly SaidTimes[],
  today: string,
): SaidTimes[] | Problem {
  const lines = linesIn(text);
  const left = [...before];
  const kept = lines.map((words) => {
    const index = left.findIndex((it) => it.words === words);
    return index < 0 ? begun.find((it) => it.words === words) : left.splice(index, 1)[0];
  });
  // As many lines went as came: each stands for one of them, in their order.
  const isChanged = kept.filter((it) => it === undefined).length === left.length;
  const place = placeOfAll(before.flatMap(({ schedules }) => schedules));
  const said: SaidTimes[] = [];
  for (const [index, words] of lines.entries()) {
    const stays = kept[index];
    if (stays) {
      said.push(stays);
      continue;
    }
    const read = readSpokenSchedule(words, today);
    const standsAlone = !('problem' in read) && (read.schedules.length > 0 || lines.length === 1);
    if (!standsAlone) return readTogether(lines, before, today);
    const former = isChanged ? left.shift() : undefined;
    said.push({
      words,
      schedules: former ? changedFrom(former, read.schedules, today) : at(place, read.schedules),
    });
  }
  if (said.flatMap(({ schedules }) => schedules).length > MOST_SCHEDULES)
    return { problem: `Write at most ${MOST_SCHEDULES} different times.` };
  return said;
}
