import { ENGLAND, NORTHERN_IRELAND, SCOTLAND, UNITED_KINGDOM, WALES } from '../domain/nations.ts';
import type { ServiceArea } from '../domain/service-area.ts';
import { withSurroundings } from './area-around.ts';
import { type Bearer, bearers, RANKS } from './area-bearers.ts';
import {
  exceptSaid,
  homeSaid,
  kindSaid,
  partlySaid,
  partsOfList,
  saysEverywhere,
  surroundedSaid,
  withoutWordsAround,
} from './area-words.ts';
import { largerAreas, liesIn } from './larger-areas.ts';
import { type GeoPoint, metresBetween } from './metres.ts';
import { nationsNamed, nationsOfCode } from './nations-named.ts';
import { bare, fold } from './place-name.ts';
import { postcodeParts } from './postcode-parts.ts';

/**
 * The one reader of areas as people write them: names and codes of nations, regions, counties, districts, wards, towns and
 * boards, parts of postcodes, and lists of all these. A form, a spreadsheet, a moderator and a feed all ask it.
 */

/** What some words come to. */
export type AreaAnswer =
  | { kind: 'named'; areas: ServiceArea[] /** What should be said of it, in sentences. */; notes: string[] }
  /** Several things bear the name; each choice is one of them, as it can be written. */
  | { kind: 'several'; name: string; choices: string[] }
  | { kind: 'unknown'; name: string };

/** Who says it, for what a name alone does not tell. */
export interface AreaContext {
  /** ONS codes of the districts where the source is at home: what 'borough-wide' means. */
  home?: readonly string[] | undefined;
  /** ONS code of the district of the venue, for the same where the source has no one district. */
  district?: string | null | undefined;
  /** Where the venue is, so that a district far off is not taken for a town next door that bears its name. */
  near?: GeoPoint | null | undefined;
}

/** Metres within which two things of one name are one to whoever writes it. */
const SAME_PLACE = 5000;
/** A district farther from the venue than this is not meant where a town of its name is nearer than that. */
const FAR = 60_000;
const NEAR = 25_000;
/** Parts of a list that one name may be made of: 'Bath and North East Somerset, Swindon and Wiltshire' is four. */
const LONGEST = 6;
/** Letters of the name of an area. */
const LONGEST_NAME = 80;
/** Choices that are shown. */
const MOST_CHOICES = 6;

const NATIONS = [ENGLAND, SCOTLAND, WALES, NORTHERN_IRELAND];

/** 'Within the M25' is not the postcode district M25, which is near Manchester. */
const ROAD = /\b(?:the|inside) M\d|\bM\d{1,2} (?:motorway|corridor)\b/i;

const ONS_CODE = /\b([EWSNK]\d{8})\b/;

/** '‘Richmond upon Thames’ or ‘Richmond, North Yorkshire’': what to write in place of a name that several things have. */
export const choicesInWords = (choices: readonly string[]): string =>
  choices.map((choice) => `‘${choice}’`).join(' or ');

const named = (areas: readonly ServiceArea[], notes: string[] = []): AreaAnswer => ({
  kind: 'named',
  areas: [...areas],
  notes,
});

/** Each area once; one that is sure rather than one that is approximate. Of two approximate ones both names stay. */
function once(areas: readonly ServiceArea[]): ServiceArea[] {
  const kept = new Map<string, ServiceArea>();
  for (const area of areas) {
    const other = kept.get(area.code);
    if (!other || (other.approximate && !area.approximate)) kept.set(area.code, area);
    else if (other.approximate && other.said_as && area.said_as && other.said_as !== area.said_as)
      kept.set(area.code, { ...other, said_as: `${other.said_as} and ${area.said_as}`.slice(0, LONGEST_NAME) });
  }
  return [...kept.values()];
}

/**
 * The area with an ONS code, current or of a district that is no more; null for a code that is not known here, such as that
 * of a parish.
 */
function areaOfCode(code: string): Extract<AreaAnswer, { kind: 'named' }> | null {
  const nation = nationsOfCode(code);
  if (nation) return { kind: 'named', areas: [...nation], notes: [] };
  const bearer = bearers().byCode.get(code);
  return bearer ? { kind: 'named', areas: [...bearer.areas()], notes: bearer.note ? [bearer.note] : [] } : null;
}

/**
 * The area with a code, whatever it is called. Of a parish, of which only the name is known here, the town of that name in
 * the nation of the code; of any other code that is not known nothing, since its name may be that of something else.
 */
export function areasOfCode(code: string, name: string): AreaAnswer {
  const known = areaOfCode(code);
  if (known) return known;
  const towns = (bearers().byName.get(fold(name)) ?? []).filter(
    ({ kind, district }) => kind === 'town' && district[0] === code[0],
  );
  if (!/^[EW]04/.test(code) || towns.length === 0) return { kind: 'unknown', name: name.trim() || code };
  return chosen(towns, [], name, {});
}

/**
 * What somebody means who writes this: one area or a list of them ('E8, E9 and N16', 'England and Wales', 'Kent').
 * @returns 'several' and 'unknown' name the part that they are said of; nothing is settled by half
 */
export function areasNamed(text: string, context: AreaContext = {}): AreaAnswer {
  const exception = exceptSaid(text);
  if (exception) return withoutAreas(text, exception, context);
  const middle = surroundedSaid(text);
  if (middle !== null) return aroundAreas(text, middle, context);
  const areas: ServiceArea[] = [];
  const notes: string[] = [];
  const list = partsOfList(text);
  if (list.length === 0) return { kind: 'unknown', name: text.trim() };
  for (const { words, joins } of list) {
    for (let at = 0; at < words.length; ) {
      const { answer, length } = longestFrom(words, joins, at, context);
      if (answer.kind !== 'named') return answer;
      areas.push(...answer.areas);
      notes.push(...answer.notes);
      at += length;
    }
  }
  return named(once(areas), [...new Set(notes)]);
}

/**
 * 'Devon, except Plymouth and Torbay': the districts of the one but for those of the other. Nothing less than a district can
 * be taken out of one; and where several are taken out, all of them must lie in it, since a list may go on with what is served.
 */
function withoutAreas(
  text: string,
  { area, without }: { area: string; without: string },
  context: AreaContext,
): AreaAnswer {
  const unknown: AreaAnswer = { kind: 'unknown', name: text.trim() };
  const [whole, out] = [areasNamed(area, context), areasNamed(without, context)];
  if (whole.kind === 'several') return whole;
  if (out.kind === 'several') return out;
  if (whole.kind !== 'named' || out.kind !== 'named') return unknown;
  const all = whole.areas.flatMap((it) => (it.code === UNITED_KINGDOM.code ? NATIONS : [it]));
  const kinds = new Set([...all, ...out.areas].map(({ type, approximate }) => (approximate ? null : type)));
  if (kinds.size !== 1 || !(kinds.has('district') || kinds.has('nation'))) return unknown;
  const gone = new Set(out.areas.map(({ code }) => code));
  const left = all.filter(({ code }) => !gone.has(code));
  if (left.length === 0 || (gone.size > 1 && all.length - left.length !== gone.size)) return unknown;
  const said_as = text.trim().slice(0, LONGEST_NAME);
  return named(
    left.map((it) => ({ ...it, said_as })),
    whole.notes,
  );
}

/** 'Hackney and surrounding areas': Hackney, and perhaps what lies around it. */
function aroundAreas(text: string, middle: string, context: AreaContext): AreaAnswer {
  const answer = areasNamed(middle, context);
  if (answer.kind !== 'named') return answer.kind === 'several' ? answer : { kind: 'unknown', name: text.trim() };
  const said = (/^.{0,24}\bin (?:and|&|or) around /i.test(text) ? `${middle} and around` : text.trim()).slice(
    0,
    LONGEST_NAME,
  );
  const areas = withSurroundings(answer.areas, said);
  if (areas === null) return { kind: 'unknown', name: text.trim() };
  return named(areas, [...answer.notes, `‘${said}’: who lives within ten miles of it is perhaps served.`]);
}

/** 'Parts of Hackney': whoever lives in it is perhaps served. */
function partOf(text: string, whole: string, context: AreaContext): AreaAnswer {
  const answer = oneNamed(whole, context);
  if (answer.kind !== 'named') return answer.kind === 'several' ? answer : { kind: 'unknown', name: text.trim() };
  // It begins with a word that is no name: 'Only for people in parts of Hackney'.
  const said_as = `${text.trim().charAt(0).toLowerCase()}${text.trim().slice(1, LONGEST_NAME)}`;
  return named(
    answer.areas.map((area) => ({ ...area, said_as, approximate: true })),
    [...answer.notes, `‘${said_as}’ is less than all of it: who lives there is perhaps served.`],
  );
}

/** The longest run of parts from one on that is a name, or what is wrong with that one part. */
function longestFrom(
  words: readonly string[],
  joins: readonly string[],
  from: number,
  context: AreaContext,
): { answer: AreaAnswer; length: number } {
  for (let length = Math.min(LONGEST, words.length - from); length > 1; length--) {
    let text = words[from] ?? '';
    for (let at = from + 1; at < from + length; at++) text += `${joins[at - 1]}${words[at]}`;
    const answer = oneNamed(text, context);
    if (answer.kind !== 'unknown') return { answer, length };
  }
  return { answer: oneNamed(words[from] ?? '', context), length: 1 };
}

/** One area, by its name or its code. */
function oneNamed(text: string, context: AreaContext): AreaAnswer {
  const whole = partlySaid(text);
  if (whole !== null) return partOf(text, whole, context);
  const code = ONS_CODE.exec(text.toUpperCase())?.[1];
  const coded = code === undefined ? null : areaOfCode(code);
  if (coded) return coded;
  const folded = fold(text);
  const core = withoutWordsAround(text);
  if (saysEverywhere(folded)) return named([UNITED_KINGDOM]);
  const nation = nationsNamed(folded) ?? nationsNamed(fold(core));
  if (nation) return named(nation);
  const home = homeSaid(folded);
  if (home !== null) return homeOf(home, text, context);
  const ofPostcode = ROAD.test(text) ? null : (postcodeParts(core, text) ?? postcodeParts(text, text));
  if (ofPostcode) return named(ofPostcode);
  const kinds = kindSaid(text);
  for (const name of new Set([folded, folded.replace(/^the /, ''), bare(folded), fold(core)])) {
    const answer = bearerOf(name, text, kinds, context);
    if (answer) return answer;
  }
  return qualified(text) ?? explained(text, context) ?? { kind: 'unknown', name: text.trim() };
}

/** 'Wales (Cymru)': what stands in brackets is the same once more. If it is more or less than that, nobody knows which. */
function explained(text: string, context: AreaContext): AreaAnswer | null {
  const [, name = '', inside = ''] = /^([^()]+)\(([^()]+)\)$/.exec(text.trim()) ?? [];
  if (name === '') return null;
  const [answer, again] = [areasNamed(name, context), areasNamed(inside, context)];
  if (answer.kind !== 'named' || again.kind !== 'named') return null;
  const codes = new Set(answer.areas.map(({ code }) => code));
  const isSame = again.areas.length === codes.size && again.areas.every(({ code }) => codes.has(code));
  return isSame ? answer : null;
}

/** 'Borough-wide': the district or the county of whoever says so. */
function homeOf(kind: 'district' | 'county', text: string, { home = [], district }: AreaContext): AreaAnswer {
  const own = kind === 'district' && home.length === 1 ? home[0] : (district ?? home[0]);
  if (own === undefined) return { kind: 'unknown', name: text.trim() };
  if (kind === 'district') return areaOfCode(own) ?? { kind: 'unknown', name: text.trim() };
  const county = largerAreas().areas.find((area) => area.kind === 'county' && area.districts.includes(own));
  const bearer = county?.code == null ? undefined : bearers().byCode.get(county.code);
  return bearer ? named(bearer.areas()) : (areaOfCode(own) ?? { kind: 'unknown', name: text.trim() });
}

/** What bears that very name; null where nothing does. */
function bearerOf(
  name: string,
  text: string,
  kinds: ReturnType<typeof kindSaid>,
  context: AreaContext,
): AreaAnswer | null {
  const all = bearers().byName.get(name) ?? [];
  const ofKind = kinds === null ? [] : all.filter(({ kind }) => kinds.includes(kind as never));
  const fitting = ofKind.length > 0 ? ofKind : all;
  for (const rank of RANKS) {
    const best = fitting.filter((bearer) => bearer.rank === rank);
    if (best.length === 0) continue;
    // Whoever writes a short name may mean a town of that name as well.
    const pool =
      rank === 'short' || rank === 'local' ? fitting.filter((bearer) => isLocal(bearer) || bearer.rank === rank) : best;
    return chosen(pool, fitting, text, context);
  }
  return null;
}

const isLocal = ({ rank }: Bearer): boolean => rank === 'local';

/** One of the bearers where they are one area or one place; else all of them, to be asked about. */
function chosen(pool: readonly Bearer[], all: readonly Bearer[], text: string, { near }: AreaContext): AreaAnswer {
  const places: Bearer[][] = [];
  for (const bearer of pool) {
    const place = places.find(([first]) => first && isOnePlace(first, bearer));
    if (place) place.push(bearer);
    else places.push([bearer]);
  }
  const [only = []] = places;
  const [first] = only;
  if (!first) return { kind: 'unknown', name: text.trim() };
  // A ward that is far off and has an everyday name was hardly meant: it is asked about.
  const far = near != null && only.every(({ kind }) => kind === 'ward') && metresBetween(first.point, near) > FAR;
  const rivals =
    near && metresBetween(first.point, near) > FAR ? all.filter((it) => metresBetween(it.point, near) < NEAR) : [];
  if (places.length > 1 || rivals.length > 0 || far) return several(text, [...places.flat(), ...rivals]);
  const areas = once(only.flatMap((bearer) => bearer.areas()));
  return named(areas, only.some(({ note }) => note === undefined) ? [] : only.flatMap(({ note = [] }) => note));
}

/** Whether two bearers of a name are one: the same districts, or a town and the ward around it. */
function isOnePlace(a: Bearer, b: Bearer): boolean {
  if (isLocal(a) && isLocal(b)) return metresBetween(a.point, b.point) <= SAME_PLACE;
  // What belongs to one of them in part is perhaps meant, whichever it is.
  const codesOf = (bearer: Bearer) =>
    bearer
      .areas()
      .flatMap(({ code, approximate }) => (approximate ? [] : [code]))
      .sort();
  return codesOf(a).join() === codesOf(b).join();
}

const several = (text: string, all: readonly Bearer[]): AreaAnswer => ({
  kind: 'several',
  name: text.trim(),
  choices: [...new Set(all.map(({ label }) => label))].slice(0, MOST_CHOICES),
});

/** 'Homerton, Hackney', 'Newport, Isle of Wight', 'Hackney, London': a name, and what it lies in. */
function qualified(text: string): AreaAnswer | null {
  const comma = text.lastIndexOf(',');
  if (comma < 0) return null;
  const larger = fold(withoutWordsAround(text.slice(comma + 1)));
  const before = text.slice(0, comma);
  const within = [fold(before), fold(withoutWordsAround(before))]
    .map((name) =>
      (bearers().byName.get(name) ?? []).filter(
        ({ district, kind }) => liesIn(district, larger) && !(kind === 'district' && name === larger),
      ),
    )
    .find((found) => found.length > 0);
  if (!within) return null;
  const wards = within.filter(({ kind, label }) => kind === 'ward' && fold(label) === fold(text));
  const [best] = RANKS.filter((rank) => within.some((bearer) => bearer.rank === rank));
  const pool = wards.length > 0 && best === 'local' ? wards : within.filter(({ rank }) => rank === best);
  return chosen(pool, [], text, {});
}
