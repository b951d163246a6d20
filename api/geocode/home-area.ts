import type { HomeArea } from '../domain/service-area.ts';
import { areaLabels } from '../domain/service-area.ts';
import type { AreaAnswer } from './area-answer.ts';
import { areasNamed } from './area-named.ts';
import { geography } from './geography.ts';
import { type LargerKind, largerAreas } from './larger-areas.ts';

/** Where a source of listings is at home: as somebody says, or as the postcodes of its listings show. */

/** Postcodes with fewer than these show nothing. */
const FEWEST = 5;
/** The share of its venues that lies in the home area, at the least. A directory lists a few places over its border. */
const MOST_OF_IT = 0.8;
/** Kinds of area that a council or a board runs a directory for, the smallest first. */
const KINDS: readonly LargerKind[] = ['county', 'ceremonial', 'health', 'combined', 'care', 'region'];

/**
 * What somebody wrote for a home area.
 * @returns the answer of the reader where that names none
 */
export function homeNamed(text: string): HomeArea | Exclude<AreaAnswer, { kind: 'named' }> {
  const answer = areasNamed(text);
  if (answer.kind !== 'named') return answer;
  const districts = answer.areas.flatMap(({ type, code }) => (type === 'district' ? [code] : []));
  return { name: areaLabels(answer.areas).join(', ').slice(0, 120), districts, guessed: false };
}

/**
 * The smallest area in which nearly all of some venues lie.
 * @param counts venues by the ONS code of their district
 * @returns null for too few venues, or where they lie all over the country
 */
export function guessHome(counts: ReadonlyMap<string, number>): HomeArea | null {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (total < FEWEST) return null;
  const holds = (districts: readonly string[]) =>
    districts.reduce((sum, code) => sum + (counts.get(code) ?? 0), 0) >= MOST_OF_IT * total;
  for (const [code] of counts)
    if (holds([code])) return { name: geography().districts.get(code)?.name ?? code, districts: [code], guessed: true };
  const { areas } = largerAreas();
  const fitting = areas.filter(({ kind, districts }) => KINDS.includes(kind) && holds(districts));
  const [smallest] = fitting.sort(
    (a, b) => a.districts.length - b.districts.length || KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind),
  );
  return smallest ? { name: smallest.label, districts: smallest.districts, guessed: true } : null;
}
