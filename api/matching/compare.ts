import { describeDistance } from '../domain/words.ts';
import { metresBetween } from '../geocode/metres.ts';
import { type Alikeness, type Context, namesAlike } from './names.ts';
import type { Profile, ProfilePlace } from './profile.ts';
import { type TimesAlike, timesAlike } from './times.ts';

/**
 * Whether two listings are the same thing: evidence for and against is added up as log odds (after Fellegi and Sunter,
 * A Theory for Record Linkage, 1969), so that every part of the score can be shown to whoever decides. The weights were
 * set on pairs made from a real feed and on pairs of that feed judged by hand (docs/matching.md); `npm run matching`
 * measures them on others.
 */

type Verdict = 'same' | 'maybe' | 'different';

interface Reason {
  what: 'identifier' | 'charity_number' | 'name' | 'place' | 'phone' | 'time' | 'web' | 'email';
  /** For people. */
  words: string;
  /** Log odds: above 0 speaks for one thing, below 0 against it. */
  weight: number;
}

export interface Comparison {
  /** How sure it is that both are one, 0 to 1. */
  score: number;
  verdict: Verdict;
  /** What weighs most comes first. */
  reasons: Reason[];
}

/** What two listings have against them that nothing is known of but that they are near each other. */
const PRIOR = -4;
/** Log odds from which two are one: nine to one. */
const SAME = 2.2;
/** Log odds from which a person should look. */
const MAYBE = -0.6;
/**
 * The most that contacts can say together: a telephone number with its e-mail address and page are not three witnesses.
 */
const MOST_FOR_CONTACT = 4;
/** The ids of a program are never the same by chance; '17' may be. */
const RECORD_ID = 2.5;
/** Metres: what is farther apart than this shares a telephone number as branches do. */
const BRANCHES_APART = 700;
/** Metres by which a point without a postcode may be off. */
const VAGUE = 4_000;
/** Two listings whose names are less alike than this are never one without being asked. */
const NAME_NEEDED = 0.6;

/** Log odds by how alike the names are, straight lines between. */
const NAME_CURVE: readonly (readonly [number, number])[] = [
  [0, -5],
  [0.25, -5],
  [0.45, -1.5],
  [0.6, 0.5],
  [0.75, 2.2],
  [0.9, 3.6],
  [1, 4.2],
];

/** Log odds by metres between two points. */
const DISTANCE_CURVE: readonly (readonly [number, number])[] = [
  [0, 2.4],
  [60, 2.3],
  [150, 1.8],
  [300, 1],
  [700, -0.3],
  [1_500, -2.2],
  [5_000, -4.5],
  [20_000, -6],
];

function along(curve: readonly (readonly [number, number])[], x: number): number {
  const next = curve.findIndex(([at]) => at >= x);
  if (next < 0) return curve.at(-1)![1];
  const [x1, y1] = curve[next]!;
  const [x0, y0] = curve[Math.max(0, next - 1)]!;
  return x1 === x0 ? y1 : y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}

const shared = (a: readonly string[], b: readonly string[]): string | undefined => a.find((it) => b.includes(it));

/** 'E8 1EA' of 'E81EA'. */
const spaced = (postcode: string): string => `${postcode.slice(0, -3)} ${postcode.slice(-3)}`;

/** What the names say, by the best pair of all names that each has. */
function nameEvidence(a: Profile, b: Profile): { reason: Reason; alike: Alikeness } {
  const context = { where: new Set([...a.where, ...b.where]), who: new Set([...a.who, ...b.who]) };
  let best: Alikeness = { share: -1, clash: false, partOf: false, bothAdd: false, oneAdds: false };
  for (const mine of a.names)
    for (const theirs of b.names) {
      const alike = namesAlike(mine, theirs, context);
      if (alike.share > best.share) best = alike;
    }
  const weight = along(NAME_CURVE, best.share) - (best.clash ? 3 : 0);
  const both = `‘${a.name.text}’ and ‘${b.name.text}’`;
  const words = best.clash
    ? `The names speak of different things: ${both}`
    : best.share > 0.97
      ? a.name.text === b.name.text
        ? `Both are called ‘${a.name.text}’`
        : `The names have the same words: ${both}`
      : best.share >= 0.75
        ? `The names are nearly the same: ${both}`
        : best.share >= 0.45
          ? `The names have words in common: ${both}`
          : `The names differ: ${both}`;
  return { reason: { what: 'name', words, weight }, alike: best };
}

interface PlaceEvidence {
  reason: Reason;
  /** Metres; null where that is not known. */
  apart: number | null;
}

const NO_CONTEXT: Context = { where: new Set(), who: new Set() };

/** Whether two addresses name the same house or street; null where one of them says nothing. */
function sameHouse(a: ProfilePlace, b: ProfilePlace): boolean | null {
  const [mine, theirs] = [a, b].map(({ name, street }) => [name, street].filter(({ words }) => words.length > 0));
  if (!mine?.length || !theirs?.length) return null;
  return mine.some((one) => theirs.some((other) => namesAlike(one, other, NO_CONTEXT).share > 0.7));
}

function placesAlike(a: ProfilePlace, b: ProfilePlace): PlaceEvidence | null {
  const apart = a.point && b.point ? metresBetween(a.point, b.point) : null;
  const bothCoded = a.postcode !== null && b.postcode !== null;
  if (apart === null && !bothCoded) return null;
  const samePostcode = bothCoded && a.postcode === b.postcode;
  const sameNumber = a.number !== null && a.number === b.number && shared(a.street.words, b.street.words) !== undefined;
  const near = apart !== null && apart <= 300;
  const house = sameHouse(a, b);
  const town = (postcode: string) => postcode.slice(0, -3);
  let weight: number;
  if (samePostcode) weight = 2.6;
  else if (apart !== null) weight = along(DISTANCE_CURVE, apart);
  // Without points only the postcodes can be compared: another unit of the same sector may be next door or a mile away.
  else weight = a.postcode!.slice(0, -2) === b.postcode!.slice(0, -2) ? (house ? 1.7 : 0) : -3;
  if (sameNumber && (near || samePostcode)) weight += 0.6;
  // A point without a postcode may be of the town; one with another's point, of the head office.
  if (!bothCoded && apart !== null && apart < VAGUE) weight = Math.max(weight, -1);
  if (bothCoded && near && town(a.postcode!) !== town(b.postcode!)) weight = Math.min(weight, -1);
  // A programme may have one name in every hall of a town: the next hall has another postcode and another name.
  if (near && !samePostcode) weight += house === true ? 0.4 : house === false && bothCoded ? -1.8 : 0;
  const words = samePostcode
    ? `Both are at ${spaced(a.postcode!)}${sameNumber ? `, number ${a.number}` : ''}`
    : apart !== null
      ? near
        ? `They are ${Math.max(10, Math.round(apart / 10) * 10)} metres apart`
        : `They are ${describeDistance(apart)} apart`
      : `The postcodes are ${spaced(a.postcode!)} and ${spaced(b.postcode!)}`;
  return { reason: { what: 'place', words, weight }, apart: samePostcode ? 0 : apart };
}

/** What the places say, by the best pair of venues; null where one of the two has no place. */
function placeEvidence(a: Profile, b: Profile): PlaceEvidence | null {
  let best: PlaceEvidence | null = null;
  for (const mine of a.places)
    for (const theirs of b.places) {
      const found = placesAlike(mine, theirs);
      if (found && (best === null || found.reason.weight > best.reason.weight)) best = found;
    }
  return best;
}

const same = (what: Reason['what'], words: string, weight: number): Reason => ({ what, words, weight });

/** Telephone, e-mail and page. */
function contactEvidence(a: Profile, b: Profile, apart: number | null): Reason[] {
  const reasons: Reason[] = [];
  const phone = shared(a.phones, b.phones);
  const email = shared(a.emails, b.emails);
  const page = shared(a.pages, b.pages);
  const host = shared(a.hosts, b.hosts);
  if (phone !== undefined) reasons.push(same('phone', `Both have the telephone number ${phone}`, 3));
  else if (a.phones.length > 0 && b.phones.length > 0)
    reasons.push(same('phone', 'The telephone numbers differ', -0.8));
  if (email !== undefined) reasons.push(same('email', `Both have the e-mail address ${email}`, 2.6));
  if (page !== undefined) reasons.push(same('web', `Both have the web page ${page}`, page.includes('/') ? 3 : 1.5));
  else if (host !== undefined && email === undefined) reasons.push(same('web', `Both pages are at ${host}`, 0.9));
  // Branches of one body share its number and its pages.
  const factor = apart !== null && apart > BRANCHES_APART ? 0.4 : 1;
  const sum = reasons.reduce((total, { weight }) => total + Math.max(0, weight), 0) * factor;
  const held = sum > MOST_FOR_CONTACT ? (MOST_FOR_CONTACT / sum) * factor : factor;
  return reasons.map((reason) => (reason.weight > 0 ? { ...reason, weight: reason.weight * held } : reason));
}

function identifierEvidence(a: Profile, b: Profile): Reason[] {
  const reasons: Reason[] = [];
  if (a.recordId !== null && a.recordId === b.recordId)
    reasons.push(same('identifier', `Both sources call it ${a.recordId}`, RECORD_ID));
  if (a.charity !== null && b.charity !== null)
    reasons.push(
      a.charity === b.charity
        ? same('charity_number', `Both belong to the charity ${a.charity}`, 1.2)
        : same('charity_number', `The charities differ: ${a.charity} and ${b.charity}`, -3),
    );
  else if (a.company !== null && b.company !== null)
    reasons.push(
      a.company === b.company
        ? same('identifier', `Both belong to the company ${a.company}`, 1.2)
        : same('identifier', `The companies differ: ${a.company} and ${b.company}`, -3),
    );
  else if (a.organizationId === b.organizationId && a.source !== b.source)
    reasons.push(same('identifier', 'Both belong to the organisation of the same identifier', 1.2));
  return reasons;
}

const TIME_WORDS: Record<Exclude<TimesAlike, 'unknown'>, [words: string, weight: number]> = {
  same: ['They meet at the same times', 1.5],
  mostly: ['They meet at nearly the same times', 0.6],
  'same days': ['They meet on the same days, at other times', -0.6],
  'other days': ['They meet on different days', -2],
};

/** Compares two listings. */
export function compare(a: Profile, b: Profile): Comparison {
  const name = nameEvidence(a, b);
  const place = placeEvidence(a, b);
  const times = timesAlike(a.meetings, b.meetings);
  const reasons = [name.reason, ...identifierEvidence(a, b), ...contactEvidence(a, b, place?.apart ?? null)];
  if (place) reasons.push(place.reason);
  else if (a.remote !== b.remote) reasons.push(same('place', 'One of them is online, by telephone or at home', -1.5));
  else if (a.areas.size > 0 && b.areas.size > 0 && ![...a.areas].some((area) => b.areas.has(area)))
    reasons.push(same('place', 'They serve different areas', -2));
  if (times !== 'unknown') {
    const [words, weight] = TIME_WORDS[times];
    const meetings = Math.min(a.meetings.length, b.meetings.length);
    // One hour in the week may be the same by chance; the opening hours of a whole week are not.
    const more =
      times === 'same'
        ? Math.min(1, (meetings - 1) * 0.4)
        : times === 'mostly'
          ? Math.min(0.6, (meetings - 1) * 0.2)
          : 0;
    reasons.push(same('time', words, weight + more));
  }
  const odds = reasons.reduce((total, { weight }) => total + weight, PRIOR);
  // To be joined without being asked, two must have a name in common and meet on no other days: whoever lists a Tuesday
  // and a Thursday separately may mean it. A house and a group in it are one only where they keep the same hours.
  const { share, clash, partOf, bothAdd, oneAdds } = name.alike;
  const hours = partOf ? times === 'same' : times !== 'other days';
  const sure = odds >= SAME && share >= NAME_NEEDED && !clash && !bothAdd && !oneAdds && hours;
  return {
    score: Math.round(1000 / (1 + Math.exp(-odds))) / 1000,
    verdict: sure ? 'same' : odds >= MAYBE ? 'maybe' : 'different',
    reasons: reasons.sort((x, y) => Math.abs(y.weight) - Math.abs(x.weight)),
  };
}
