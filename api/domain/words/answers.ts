import { availabilityOn } from '../availability.ts';
import { dayOf } from '../london.ts';
import type { Service } from '../service.ts';
import { capital, describeDate, nearDate } from './dates.ts';
import { AVAILABILITY_LABELS } from './labels.ts';

const METRES_PER_MILE = 1609.344;

/**
 * A straight-line distance in miles: '0.4 miles', '1 mile', '12 miles', 'less than 0.1 miles'.
 * @param metres not negative
 */
export function describeDistance(metres: number): string {
  const miles = metres / METRES_PER_MILE;
  if (miles < 0.1) return 'less than 0.1 miles';
  const rounded = miles < 9.95 ? Math.round(miles * 10) / 10 : Math.round(miles);
  return rounded === 1 ? '1 mile' : `${rounded} miles`;
}

const POUNDS = new Intl.NumberFormat('en-GB', {
  style: 'currency',
  currency: 'GBP',
  trailingZeroDisplay: 'stripIfInteger',
});

const pounds = (amount: number): string => POUNDS.format(amount);

/** '£3 a session' reads on; 'includes lunch' stands in brackets. */
const withNote = (words: string, note: string | undefined): string => {
  if (note === undefined || words.includes(note)) return words;
  // Feeds repeat the amount in what is said of it: '£2.50 a cup'.
  if (note.startsWith(words)) return note;
  return /^(a|an|per|each|every|for|or|if|when|after|towards|to|with|on)\b/i.test(note)
    ? `${words} ${note}`
    : `${words} (${note})`;
};

/** 'A small charge for materials', and not 'no charge for carers'. */
const NAMES_A_CHARGE = /^(?!.*\b(?:no|free|without|nil)\b).*\b(?:charges?|fees?|costs?|prices?)\b/i;

function describeCostOption(cost: Service['cost_options'][number]): string {
  const { option, amount, amount_description: note, concession } = cost;
  const who = concession ? ' concession' : '';
  switch (option) {
    case 'free':
      // A note says who it is free for better than the word does.
      return concession && note === undefined ? 'free with a concession' : withNote('free', note);
    case 'donation':
      return withNote(amount ? `suggested donation of ${pounds(amount)}${who}` : `donation${who}`, note);
    case 'paid':
      if (amount !== undefined) return withNote(`${pounds(amount)}${who}`, note);
      // Words that name an amount, or a charge, say that there is one.
      if (note !== undefined && (/£\d/.test(note) || NAMES_A_CHARGE.test(note))) return note;
      return withNote(concession ? 'reduced price for a concession' : 'there is a charge', note);
  }
}

/** What it costs: 'Free', '£3, or £1.50 concession', 'Cost not known'. */
export const describeCost = (costs: Service['cost_options']): string =>
  costs.length === 0 ? 'Cost not known' : capital(costs.map(describeCostOption).join(', or '));

/** Who it is for by age, in years: 'Adults 18 and over', 'Ages 11 to 25', 'All ages', 'No age limit given'. */
export function describeAges({ minimum_age: from, maximum_age: to }: Service['eligibility']): string {
  if (to === undefined) {
    if (from === undefined) return 'No age limit given';
    if (from === 0) return 'All ages';
    return from >= 18 ? `Adults ${from} and over` : `Ages ${from} and over`;
  }
  if (from === to) return `Age ${to}`;
  if (!from) return to >= 110 ? 'All ages' : `Ages up to ${to}`;
  return from >= 18 ? `Adults ${from} to ${to}` : `Ages ${from} to ${to}`;
}

const CHECKED_BY: Readonly<Record<Exclude<Service['assured_by'], 'source' | 'nobody'>, string>> = {
  organization: 'by the organisation',
  moderator: 'by the directory’s team',
};

const counted = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'} ago`;

/** 'today', 'yesterday', '5 days ago', '3 weeks ago', '4 months ago', 'over 2 years ago'. */
function ago(days: number): string {
  if (days <= 0) return 'today';
  if (days === 1) return 'yesterday';
  if (days < 14) return counted(days, 'day');
  if (days < 60) return counted(Math.floor(days / 7), 'week');
  // A month of 30.44 days is the mean of the Gregorian calendar; below a year it names the right one or the one before.
  if (days < 365) return counted(Math.min(11, Math.floor(days / 30.44)), 'month');
  const years = Math.floor(days / 365.25) || 1;
  return years === 1 ? 'over a year ago' : `over ${years} years ago`;
}

/**
 * How long ago somebody last checked it: 'Checked 3 weeks ago'. Show the exact date beside it (describeDate).
 * @param assured_date 'YYYY-MM-DD'; one after today counts as today
 * @param today 'YYYY-MM-DD' in Europe/London
 */
const describeChecked = (assured_date: string, today: string): string =>
  `Checked ${ago(dayOf(today) - dayOf(assured_date))}`;

/**
 * Whose word a listing is: 'Checked 3 weeks ago by the organisation' where a person checked it, else 'From Exampleshire
 * Council, 3 November 2026; not checked by us'.
 * @param it `source_name` is what its source is called; `copied`: nobody has checked it since it was copied. No day is said
 *   where the source says none.
 * @param today 'YYYY-MM-DD' in Europe/London
 */
export function describeProvenance(
  it: Pick<Service, 'assured_by'> & { assured_date: string | null; source_name: string; copied: boolean },
  today: string,
): string {
  if (it.assured_by === 'nobody' || it.assured_date === null) return `From ${it.source_name}; not checked by us`;
  return it.assured_by === 'source' || it.copied
    ? `From ${it.source_name}, ${describeDate(it.assured_date)}; not checked by us`
    : `${describeChecked(it.assured_date, today)} ${CHECKED_BY[it.assured_by]}`;
}

/**
 * Whether somebody can come: 'Open', 'Waiting list', 'Full until 1 March'. What was until a day is open on the next.
 * @param today 'YYYY-MM-DD' in Europe/London
 */
export function describeAvailability(availability: Service['availability'], today: string): string {
  const { state, until } = availabilityOn(availability, today);
  const words = AVAILABILITY_LABELS[state];
  return until === undefined || state === 'open' ? words : `${words} until ${nearDate(until, today)}`;
}
