import type { Clinical } from './clinical.ts';
import { monthsAfter } from './review.ts';

/** After so many months without a change a source is called old: four reviews of six months each. */
const OLD_SOURCE_MONTHS = 24;

export const CAUTIONS = ['check_before_use', 'old_source', 'review_past'] as const;
export type Caution = (typeof CAUTIONS)[number];

/**
 * What is to be known before a clinical listing is relied on, in the order of CAUTIONS; empty where nothing is.
 * @param published the day of the source, 'YYYY-MM-DD', where known
 * @param today 'YYYY-MM-DD' in Europe/London
 */
export function cautions(
  clinical: Pick<Clinical, 'check_before_use' | 'review_date'>,
  published: string | undefined,
  today: string,
): Caution[] {
  const found: Caution[] = [];
  if (clinical.check_before_use) found.push('check_before_use');
  if (published !== undefined && monthsAfter(published, OLD_SOURCE_MONTHS) < today) found.push('old_source');
  if (clinical.review_date !== undefined && clinical.review_date < today) found.push('review_past');
  return found;
}
