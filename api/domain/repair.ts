import { readPostcode, type TypedPostcode } from './postcode.ts';

/** What is taken for what: on keyboards, in handwriting, in faxes and in fonts where l and 1 look alike. */
const CONFUSED: Record<string, string> = {
  '0': 'O',
  O: '0',
  '1': 'IL',
  I: '1L',
  L: '1I',
  '5': 'S',
  S: '5',
  '8': 'B',
  B: '8',
  '2': 'Z',
  Z: '2',
  '6': 'G',
  G: '6',
};

/** More than this many slips in one postcode are not slips. */
const MOST = 3;

export type Repaired = Exclude<TypedPostcode, { kind: 'invalid' | 'area' }>;

/**
 * What a mistyped postcode, sector or outcode may have been meant to be: every reading in the form of one that up to
 * three confused characters give, the fewest changes first. Which of them exists, the table decides.
 * @param compact letters and digits without anything between, in capitals
 * @returns none where there is no digit or no letter: neither words nor numbers are postcodes
 */
export function repairs(compact: string): Repaired[] {
  if (!/^(?=.*[A-Z])(?=.*\d)[A-Z0-9]{2,7}$/.test(compact)) return [];
  const found: { changes: number; weight: number; typed: Repaired }[] = [];
  const spell = (at: number, spelt: string, changes: number, weight: number) => {
    if (at === compact.length) {
      const typed = readPostcode(spelt);
      if (changes === 0 || typed.kind === 'invalid' || typed.kind === 'area') return;
      // Of a part there is less to go by, so it may have one slip alone.
      if (typed.kind === 'unit' || changes === 1) found.push({ changes, weight, typed });
      return;
    }
    const as = compact[at] as string;
    spell(at + 1, spelt + as, changes, weight);
    if (changes === MOST) return;
    for (const other of CONFUSED[as] ?? '') {
      // A letter for a letter (I for L) is rarer than a letter for a digit.
      const rare = /\d/.test(as) === /\d/.test(other) ? 1 : 0;
      spell(at + 1, spelt + other, changes + 1, weight + rare);
    }
  };
  spell(0, '', 0, 0);
  return found.sort((a, b) => a.changes - b.changes || a.weight - b.weight).map(({ typed }) => typed);
}
