import { ENGLAND, NORTHERN_IRELAND, SCOTLAND, UNITED_KINGDOM, WALES } from '../domain/nations.ts';
import type { ServiceArea } from '../domain/service-area.ts';
import { type AreaAnswer, type AreaContext, LONGEST_NAME, named, once } from './area-answer.ts';
import { withSurroundings } from './area-around.ts';
import { bearers } from './area-bearers.ts';
import { bearerOf, chosen, qualified } from './area-choice.ts';
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
import { largerAreas } from './larger-areas.ts';
import { nationsNamed, nationsOfCode } from './nations-named.ts';
import { bare, fold } from './place-name.ts';
import { postcodeParts } from './postcode-parts.ts';

/**
 * The one reader of areas as people write them: names and codes of nations, regions, counties, districts, wards, towns and
 * boards, parts of postcodes, and lists of all these. A form, a spreadsheet, a moderator and a feed all ask it.
 */

/** Parts of a list that one name may be made of: 'Bath and North East Somerset, Swindon and Wiltshire' is four. */
const LONGEST = 6;
const NATIONS = [ENGLAND, SCOTLAND, WALES, NORTHERN_IRELAND];

/** 'Within the M25' is not the postcode district M25, which is near Manchester. */
const ROAD = /\b(?:the|inside) M\d|\bM\d{1,2} (?:motorway|corridor)\b/i;

const ONS_CODE = /\b([EWSNK]\d{8})\b/;

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
