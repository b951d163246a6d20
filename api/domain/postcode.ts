/**
 * What a postcode looks like: reading what people type, and packing a postcode into an integer. Whether one exists is a
 * matter for the table alone; nothing here knows.
 *
 * A postcode such as EC1A 1BB is an outcode (EC1A: the area EC, the district 1A) and an inward part, whose digit makes
 * the sector (EC1A 1) and whose two letters make the unit.
 */

/** Whose postcode it is by its first letters; all but 'great_britain' are absent from Code-Point Open. */
export type Realm =
  | 'great_britain'
  | 'northern_ireland'
  | 'jersey'
  | 'guernsey'
  | 'isle_of_man'
  /** Gibraltar and the overseas territories that have a postcode of their own. */
  | 'overseas'
  | 'bfpo'
  | 'non_geographic'
  /** ZZ99: the NHS's own codes for 'no fixed abode' and the like. */
  | 'pseudo';

/** What somebody typed, by its form alone. */
export type TypedPostcode =
  | { kind: 'unit'; realm: Realm; postcode: string; sector: string; outcode: string }
  | { kind: 'sector'; realm: Realm; sector: string; outcode: string }
  | { kind: 'outcode'; realm: Realm; outcode: string }
  /** The letters alone: 'E', 'SW'. */
  | { kind: 'area'; realm: Realm; area: string }
  /** `compact` is what is left without spaces and punctuation, in capitals; empty where nothing was typed. */
  | { kind: 'invalid'; compact: string };

const OUTCODE = /^[A-Z]{1,2}(?:[1-9]\d|\d[A-Z]?)$/;
/** No postcode uses C, I, K, M, O or V in its last two letters, so that they are not misread by hand or machine. */
const UNIT_LETTERS = 'ABDEFGHJLNPQRSTUWXYZ';
const INWARD = new RegExp(`^\\d[${UNIT_LETTERS}]{2}$`);

/** Codes with no form in common with the rest: Girobank's, and those of overseas territories. */
const ODD: Record<string, Realm> = {
  GIR0AA: 'non_geographic',
  ASCN1ZZ: 'overseas',
  BBND1ZZ: 'overseas',
  BIQQ1ZZ: 'overseas',
  FIQQ1ZZ: 'overseas',
  PCRN1ZZ: 'overseas',
  SIQQ1ZZ: 'overseas',
  STHL1ZZ: 'overseas',
  TDCU1ZZ: 'overseas',
  TKCA1ZZ: 'overseas',
};

const REALMS: Record<string, Realm> = {
  BT: 'northern_ireland',
  JE: 'jersey',
  GY: 'guernsey',
  IM: 'isle_of_man',
  GX: 'overseas',
  BF: 'bfpo',
  BX: 'non_geographic',
};

/** The letters that an outcode, sector or postcode begins with: 'EC' of 'EC1A 1BB'. */
export const postcodeAreaOf = (code: string): string => /^[A-Z]{0,2}/.exec(code)?.[0] ?? '';

function realmOf(outcode: string): Realm {
  if (outcode === 'ZZ99') return 'pseudo';
  return REALMS[postcodeAreaOf(outcode)] ?? 'great_britain';
}

/** Runs of letters and digits in capitals; everything else (spaces of all kinds, hyphens, dots) only separates them. */
function wordsOf(text: string): string[] {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

function unit(compact: string): TypedPostcode | null {
  const outcode = compact.slice(0, -3);
  const inward = compact.slice(-3);
  if (!OUTCODE.test(outcode) || !INWARD.test(inward)) return null;
  const sector = `${outcode} ${inward[0]}`;
  return { kind: 'unit', realm: realmOf(outcode), postcode: `${outcode} ${inward}`, sector, outcode };
}

/** Nothing longer is a postcode, however it is spaced. */
const MOST_CHARACTERS = 200;

/**
 * Reads a postcode, or a part of one, as people type it: in any case, with spaces, hyphens, dots or nothing between.
 * @returns what it is by its form; 'SW1' reads as an outcode, and {@link outcodesOfGroup} tells whether it is a group
 */
export function readPostcode(text: string): TypedPostcode {
  const words = wordsOf(text.slice(0, MOST_CHARACTERS));
  const compact = words.join('');
  if (compact.length > 8 || text.length > MOST_CHARACTERS) return { kind: 'invalid', compact };
  const odd = ODD[compact];
  if (odd) {
    const outcode = compact.slice(0, -3);
    const inward = compact.slice(-3);
    return { kind: 'unit', realm: odd, postcode: `${outcode} ${inward}`, sector: `${outcode} ${inward[0]}`, outcode };
  }
  if (/^BFPO\d{0,4}$/.test(compact)) return { kind: 'outcode', realm: 'bfpo', outcode: 'BFPO' };
  if (compact.startsWith('ZZ99')) return { kind: 'outcode', realm: 'pseudo', outcode: 'ZZ99' };

  const whole = unit(compact);
  if (whole) return whole;
  // 'E8 1' is a sector and 'E81' an outcode; 'E8 1E' is a postcode that somebody has not finished.
  const [first = '', second = ''] = words;
  if (words.length === 2 && OUTCODE.test(first) && /^\d[A-Z]?$/.test(second)) {
    return { kind: 'sector', realm: realmOf(first), sector: `${first} ${second[0]}`, outcode: first };
  }
  if (OUTCODE.test(compact)) return { kind: 'outcode', realm: realmOf(compact), outcode: compact };
  const outcode = compact.slice(0, -1);
  if (/\d$/.test(compact) && OUTCODE.test(outcode)) {
    return { kind: 'sector', realm: realmOf(outcode), sector: `${outcode} ${compact.at(-1)}`, outcode };
  }
  if (/^[A-Z]{1,2}$/.test(compact)) {
    return { kind: 'area', realm: REALMS[compact] ?? 'great_britain', area: compact };
  }
  return { kind: 'invalid', compact };
}

/**
 * The outcodes that a group such as SW1 or W1 stands for: itself with one more letter. London's inner districts were
 * split that way, and people still name the whole.
 * @param known outcodes that exist
 */
export function outcodesOfGroup(group: string, known: Iterable<string>): string[] {
  if (!/\d$/.test(group)) return [];
  return [...known]
    .filter((outcode) => outcode.length === group.length + 1 && /[A-Z]$/.test(outcode) && outcode.startsWith(group))
    .sort();
}
