import { z } from '@hono/zod-openapi';
import { dateOf, dayOf } from '../domain/london.ts';
import { lookUp } from '../domain/look-up.ts';
import { WEEKDAYS } from '../domain/service.ts';
import { choiceParameter, numberParameter, parsedParameter, textParameter } from '../http/parameters.ts';
import type { Window } from './conditions.ts';

/** The parameters of Open Referral UK, of both profiles, and our own, all in this one place. */

export const PAGES = {
  per_page: { default: 50, max: 500 },
  page: { max: 1_000_000_000 },
  /** Metres. */
  proximity: { max: 500_000 },
} as const;

const OURS = 'Not in Open Referral UK: ';

export const yesNo = (description: string) =>
  parsedParameter(
    (text) => lookUp({ true: true, '1': true, false: false, '0': false }, text.toLowerCase()),
    'must be true or false',
    {
      description,
    },
  );

const wholeNumber = (from: number, to: number, description: string) =>
  parsedParameter(
    (text) => {
      const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
      return value >= from && value <= to ? value : undefined;
    },
    `must be a whole number from ${from} to ${to}`,
    { description },
  );

/** A moment as people and programs write it: a date, or ISO 8601 with or without seconds and offset; UTC unless said. */
function moment(text: string): string | undefined {
  // An unencoded + comes as a blank.
  const written = text
    .replace(/(:\d{2}(?:\.\d+)?) (\d{2}:?\d{2})$/, '$1+$2')
    .replace(/^(\d{4}-\d{2}-\d{2}) (\d)/, '$1T$2');
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/i.test(written)) return undefined;
  const date = written.slice(0, 10);
  if (date > '2999' || dateOf(dayOf(date)) !== date) return undefined;
  const zoned = /T/i.test(written) && !/(Z|[+-]\d{2}:?\d{2})$/i.test(written) ? `${written}Z` : written;
  const parsed = new Date(zoned);
  return Number.isNaN(parsed.getTime()) ? undefined : parsed.toISOString();
}

export const paging = {
  page: wholeNumber(1, PAGES.page.max, 'From 1. A page behind the last is empty.'),
  per_page: wholeNumber(1, PAGES.per_page.max, `Records on a page: ${PAGES.per_page.default} unless said.`),
  format: choiceParameter(['json', 'ndjson'], {
    description: 'ndjson: every record on a line of its own, streamed, all of them, without pages.',
  }),
};
export const searchParameters = textParameter(200, {
  description: 'Full text search, with synonyms and slips forgiven; the best first.',
  example: 'chair yoga',
});
export const full = yesNo('true: each record whole, with all that belongs to it.');
export const organizationId = textParameter(64, { description: 'Only what this organization offers.' });
export const termId = textParameter(400, {
  description: 'Only what carries this taxonomy term. Several ids with commas between: any of them.',
});
export const taxonomyId = textParameter(64, { description: 'Only what carries any term of this taxonomy.' });
export const modifiedAfter = parsedParameter(
  moment,
  'must be a date or a time such as 2026-11-21 or 2026-11-21T09:00:00Z',
  {
    description: 'Only what was changed then or later: a date, or a time in UTC unless it says its offset.',
    example: '2026-11-01T00:00:00Z',
  },
);
export const minimal = yesNo(
  'true: only the id of each and when it was changed, all on one page unless `per_page` says otherwise.',
);
export const agesParameters = {
  minimum_age: numberParameter(0, 130, {
    description: 'Only what is for people of at least this age: its minimum_age is this or more. Older profile.',
  }),
  maximum_age: numberParameter(0, 130, {
    description: 'Only what is for people of at most this age: its maximum_age is this or less. Older profile.',
  }),
};
export const placeParameters = {
  postcode: textParameter(100, {
    description:
      'With `proximity`: within that distance of the postcode. Without: what serves it, which is what has a service area that holds it or is said to be open to all; what does not say where people must live is left out, since nobody knows. Neither logged nor kept.',
    example: 'E8 1',
  }),
  lat: numberParameter(-90, 90, { description: `${OURS}degrees north, with \`lng\`, in place of a postcode.` }),
  lng: numberParameter(-180, 180, { description: `${OURS}degrees east, with \`lat\`.` }),
  proximity: wholeNumber(0, PAGES.proximity.max, 'Metres in a straight line from the postcode or point.'),
};

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
type Day = (typeof WEEKDAYS)[number];

/** 'TU', 'tue' and 'Tuesday' are one. */
function weekday(text: string): Day | undefined {
  const typed = text.trim().toLowerCase();
  const at = typed.length < 2 ? -1 : DAYS.findIndex((day) => day.startsWith(typed));
  return WEEKDAYS[at];
}

/** '9:30', '09:30' and '09:30:00' are one. */
function clock(text: string): string | undefined {
  const [, hour, minute] = /^(\d{1,2}):(\d{2})(?::\d{2})?$/.exec(text.trim()) ?? [];
  if (hour === undefined || Number(hour) > 23 || Number(minute) > 59) return undefined;
  return `${hour.padStart(2, '0')}:${minute}`;
}

const raw = z.union([z.string(), z.array(z.string())]);
const several = <T>(read: (text: string) => T | undefined, mend: string, description: string) =>
  raw
    .transform((given) => [given].flat().flatMap((text) => text.split(',')))
    .transform((texts) => texts.filter((text) => text.trim() !== ''))
    .transform((texts, context) =>
      texts.slice(0, 20).flatMap((text) => {
        const value = read(text);
        if (value === undefined) context.issues.push({ code: 'custom', message: mend, input: text });
        return value === undefined ? [] : [value];
      }),
    )
    .optional()
    .openapi({ type: 'array', items: { type: 'string' }, description });

export const timesParameters = {
  day: several(weekday, 'takes MO, TU, WE, TH, FR, SA or SU', 'A day on which it meets. Older profile.'),
  start_time: several(clock, 'takes a time such as 09:30', 'A session that begins then or later. Older profile.'),
  end_time: several(clock, 'takes a time such as 17:00', 'A session that ends then or sooner. Older profile.'),
};

/**
 * The parts of a week that `day`, `start_time` and `end_time` ask for. The first of each belong together, and so on;
 * any part is enough. One that is given once counts for all.
 * @returns null where different numbers of them are given, so that nobody can say which belong together
 */
export function windowsOf(given: {
  day?: Day[] | undefined;
  start_time?: string[] | undefined;
  end_time?: string[] | undefined;
}): Window[] | undefined | null {
  const lists = [given.day ?? [], given.start_time ?? [], given.end_time ?? []];
  const most = Math.max(...lists.map((list) => list.length));
  if (most === 0) return undefined;
  if (lists.some((list) => list.length > 1 && list.length < most)) return null;
  const at = <T>(list: T[] | undefined, index: number): T | undefined => (list?.length === 1 ? list[0] : list?.[index]);
  return Array.from({ length: most }, (_, index) => ({
    day: at(given.day, index),
    start_time: at(given.start_time, index),
    end_time: at(given.end_time, index),
  }));
}
export { textParameter } from '../http/parameters.ts';
