import { mendDate } from './values.ts';
import type { JsonRecord } from './walk.ts';

/**
 * Recurrence in the notation of RFC 5545, which some publishers put into one field of a schedule: a rule as text, and the
 * dates on which it is left out.
 */

const RULE_FIELDS = ['rrule', 'recurrence_rule', 'recurrence'];
const LEFT_OUT_FIELDS = ['exdate', 'exdates', 'except_dates', 'excluded_dates'];
/** Letters of a rule. */
const LONGEST = 400;

/** '20261208' and '20261208T235959Z', as RFC 5545 writes dates, with hyphens. */
export const withHyphens = (date: string): string => date.replace(/^(\d{4})(\d{2})(\d{2})(?=$|T)/, '$1-$2-$3');

/** Words that are a rule and nothing else. */
const RULE_ALONE = /^\s*(?:RRULE:)?FREQ=[A-Z]+(?:;[A-Z]+=[A-Z0-9,+:-]+)*;?\s*$/i;

/** Writes the rule of a schedule into its fields, in place. What a field says already stays. */
export function spreadRule(schedule: JsonRecord): void {
  for (const field of ['description', 'notes'])
    if (typeof schedule[field] === 'string' && RULE_ALONE.test(schedule[field].slice(0, LONGEST))) {
      schedule['rrule'] ??= schedule[field];
      delete schedule[field];
    }
  const rule = RULE_FIELDS.map((field) => schedule[field]).find(
    (value) => typeof value === 'string' && value.length <= LONGEST && /\bFREQ=[A-Z]+/i.test(value),
  );
  if (rule !== undefined) {
    const [line = ''] = String(rule)
      .replace(/^[\s\S]*?RRULE:/i, '')
      .split(/[\r\n]/);
    for (const part of line.split(';')) {
      const [name = '', given] = part.split('=');
      if (/^\s*(?:freq|interval|count|until|wkst|by[a-z]+)\s*$/i.test(name) && given !== undefined)
        schedule[name.trim().toLowerCase()] ??= given.trim();
    }
  }
  placeDay(schedule);
}

/** The first of the Mondays of a month (BYDAY=MO;BYSETPOS=1) is its first Monday (BYDAY=1MO). */
function placeDay(schedule: JsonRecord): void {
  const [day, place] = [String(schedule['byday']).trim(), String(schedule['bysetpos']).trim()];
  if (!/^monthly$/i.test(String(schedule['freq'])) || !/^[a-z]{2}$/i.test(day) || !/^-?[1-5]$/.test(place)) return;
  schedule['byday'] = `${place}${day}`;
  delete schedule['bysetpos'];
}

/** The days on which a schedule is left out, each 'YYYY-MM-DD', whatever its source calls them. */
export const datesLeftOut = (schedule: JsonRecord): string[] =>
  LEFT_OUT_FIELDS.flatMap((name) => [schedule[name]].flat())
    .flatMap((value) => (typeof value === 'string' ? value.split(/[,;\s]+/) : []))
    .flatMap((value) => mendDate(withHyphens(value)) ?? []);
