import { outcodeNumber, UNITS_IN_OUTCODE } from '../../domain/postcode-number.ts';
import type { Edition } from './layout.ts';
import { LIVE, MONTH_UNKNOWN, NO_POINT, PostcodeRows } from './rows.ts';

/** Which of two editions is newer. */
interface EditionOrder {
  /** The second is known to be newer: then its word that a postcode is withdrawn counts against the first. */
  certain: boolean;
  /**
   * Whether the newer edition names every postcode in use around this number, so that one it lacks has been withdrawn.
   * Code-Point Open does, for the areas whose files it has; a list of withdrawn ones does not.
   */
  complete: (number: number) => boolean;
}

/**
 * Puts a newer edition over an older one. Postcodes are reused, so the newer wins; where it is not sure which is newer,
 * one in use wins over a withdrawn one.
 * @param older rows by number, each number once
 * @param newer likewise
 */
function combine(older: PostcodeRows, newer: PostcodeRows, standing: EditionOrder): PostcodeRows {
  const out = new PostcodeRows(Math.max(1, older.size + newer.size));
  let a = 0;
  let b = 0;
  while (a < older.size || b < newer.size) {
    const left = a < older.size ? (older.number[a] as number) : Number.POSITIVE_INFINITY;
    const right = b < newer.size ? (newer.number[b] as number) : Number.POSITIVE_INFINITY;
    if (left < right) {
      const gone = older.ended[a] === LIVE && standing.complete(left);
      out.copy(older, a, gone ? MONTH_UNKNOWN : older.ended[a]);
    } else if (right < left) out.copy(newer, b);
    else both(out, older, a, newer, b, standing);
    if (left <= right) a++;
    if (right <= left) b++;
  }
  return out;
}

function both(
  out: PostcodeRows,
  older: PostcodeRows,
  a: number,
  newer: PostcodeRows,
  b: number,
  standing: EditionOrder,
) {
  const before = older.ended[a] as number;
  const after = newer.ended[b] as number;
  if (after !== LIVE && before === LIVE && !standing.certain) return out.copy(older, a);
  // Two lists of withdrawn ones: the one that knows the month, or the point, tells the other.
  const ended = after === MONTH_UNKNOWN && before > 0 ? before : after;
  if (after !== LIVE && newer.latitude[b] === NO_POINT) return out.copy(older, a, ended);
  return out.copy(newer, b, ended);
}

/**
 * Puts editions over each other, the newest last, in whatever order they come.
 * @param editions at least one
 */
export const combineEditions = (editions: Edition[]): Edition => inOrder(editions).reduce(over);

/** Oldest first. A list of withdrawn ones is no edition, so it comes first; Code-Point Open without a date, last. */
function inOrder(editions: Edition[]): Edition[] {
  const age = ({ edition, complete }: Edition) => edition ?? (complete.size > 0 ? '9999' : '');
  return editions.toSorted((a, b) => (age(a) < age(b) ? -1 : age(a) > age(b) ? 1 : 0));
}

function over(older: Edition, newer: Edition): Edition {
  const areaNumbers = new Set([...newer.complete].map((area) => areaNumber(outcodeNumber(`${area}1`))));
  const rows = combine(older.rows, newer.rows, {
    certain: older.edition !== null && newer.edition !== null && older.edition < newer.edition,
    complete: (number) => areaNumbers.has(areaNumber(Math.floor(number / UNITS_IN_OUTCODE))),
  });
  return {
    source: newer.source,
    edition: newer.edition ?? older.edition,
    rows,
    complete: new Set([...older.complete, ...newer.complete]),
  };
}

/** The number of an outcode's letters (api/domain/postcode-number.ts). */
const areaNumber = (outcode: number): number => Math.floor(outcode / 360);
