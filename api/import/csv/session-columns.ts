import type { Listing, Schedule } from '../../domain/service.ts';
import { readSpokenSchedule } from '../../domain/spoken-schedule.ts';
import { withoutEnd } from '../../domain/trim.ts';
import { describeBreaks, describeDate, describeSchedule } from '../../domain/words.ts';
import { BAR, cellParts, cellText, type RowDraft, serviceText, type TableColumn, UnreadableCell } from './column.ts';
import { plainText } from './values.ts';

/** The columns of when a listing meets. */

const MOST = 60;
/** A day before all breaks, so that all of them are written. */
const EVER = '0000-01-01';

const write = (schedule: Schedule, { locations }: Listing): string => {
  const at = locations.findIndex(({ id }) => id === schedule.location_id);
  const { freq, dtstart, valid_from = dtstart } = schedule;
  // Where it is counted from, so that every other week stays the same weeks.
  const from = freq !== undefined && valid_from !== undefined ? [`from ${describeDate(valid_from)}`] : [];
  const words = [describeSchedule(schedule), ...from, ...describeBreaks(schedule, EVER)]
    .join(', ')
    .replaceAll('|', '/');
  return at < 0 || locations.length < 2 ? words : `${words} at venue ${at + 1}`;
};

/** The session without 'at venue 2' or 'at Far Library', and the venue that this names. */
function atVenue(part: string, { venues }: RowDraft): { words: string; venue: number | null } {
  const numbered = /\bat venue (\d{1,3})\)?$/i.exec(part);
  if (numbered) {
    const venue = Number(numbered[1]) - 1;
    if (venue < 0 || venue >= venues.length)
      throw new UnreadableCell(`‘${part}’ names venue ${numbered[1]}, and the row has ${venues.length}.`);
    return { words: withoutEnd(part.slice(0, numbered.index), ',('), venue };
  }
  const named = /[,\s]at (?=\D)/i.exec(part);
  if (!named) return { words: part, venue: null };
  const words = withoutEnd(part.slice(0, named.index), ',');
  const name = plainText(part.slice(named.index + named[0].length));
  const venue = venues.findIndex((it) => it.name !== undefined && plainText(it.name) === name);
  return venue < 0 ? { words: part, venue: null } : { words, venue };
}

/** The venue of each session of a row, by its place among the venues; ids come once the venues have theirs. */
export const VENUE_OF = new WeakMap<Schedule, number>();

/** The sessions of one part of a cell. */
function schedulesIn(part: string, draft: RowDraft): Schedule[] {
  const { words, venue } = atVenue(cellText(part, 1000), draft);
  const read = readSpokenSchedule(words, draft.today);
  if ('problem' in read) throw new UnreadableCell(`‘${part}’: ${read.problem}`);
  if (venue !== null) for (const schedule of read.schedules) VENUE_OF.set(schedule, venue);
  return read.schedules;
}

/**
 * The sessions of a cell of which some parts name no day, and are said of the others: 'Mondays 2-4; not on bank holidays'.
 * Null where that is not so.
 */
function sharedByAll(cell: string, today: string): Schedule[] | null {
  const parts = cellParts(cell);
  if (parts.length < 2 || parts.every((part) => !('problem' in readSpokenSchedule(part, today)))) return null;
  const read = readSpokenSchedule(parts.join('\n'), today);
  return 'problem' in read || read.schedules.length === 0 ? null : read.schedules;
}

export const SESSION_COLUMNS: readonly TableColumn[] = [
  {
    name: 'when',
    also: ['sessions', 'days and times', 'schedule', 'opening hours', 'time', 'times'],
    help: 'Days and times as you would say them, a bar or a new line between several; ‘at venue 2’ where a session has a venue of its own.',
    example: 'Tuesdays 10:30 to 12, term time | First Saturday of the month 2pm to 4pm at venue 2',
    write: (listing) => listing.service.schedules.map((schedule) => write(schedule, listing)).join(BAR),
    read(cell, draft) {
      const schedules = sharedByAll(cell, draft.today) ?? cellParts(cell).flatMap((part) => schedulesIn(part, draft));
      if (schedules.length > MOST) throw new UnreadableCell(`Write at most ${MOST} sessions.`);
      draft.service.schedules = schedules;
      if (schedules.length === 0) draft.service.schedule_description ??= 'By arrangement';
      return undefined;
    },
    clear({ service }) {
      service.schedules = [];
    },
  },
  serviceText('schedule_description', 300, {
    name: 'when in words',
    also: ['opening hours in words'],
    help: 'Where no day and time says it: by arrangement.',
    example: '',
  }),
];
