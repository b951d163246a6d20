import { type Caution, cautions } from '../cautions.ts';
import type { LINK_KINDS, REFERRAL_KINDS } from '../clinical.ts';
import type { Service } from '../service.ts';
import { describeDate, describeMonth } from './dates.ts';

/** The words of clinical services. */

export const REFERRAL_KIND_LABELS: Readonly<Record<(typeof REFERRAL_KINDS)[number], string>> = {
  e_referral: 'NHS e-Referral (e-RS)',
  advice_and_guidance: 'Advice and guidance',
  form: 'Form',
  email: 'E-mail',
  letter: 'Letter',
  single_point_of_access: 'Single point of access',
  self: 'People refer themselves',
};

export const LINK_KIND_LABELS: Readonly<Record<(typeof LINK_KINDS)[number], string>> = {
  page: 'Web page',
  download: 'Download',
  podcast: 'Podcast',
  video: 'Video',
};

/** Whole years between two days, 'YYYY-MM-DD'. */
const yearsBetween = (from: string, to: string): number =>
  Number(to.slice(0, 4)) - Number(from.slice(0, 4)) - (to.slice(5) < from.slice(5) ? 1 : 0);

/** A caution about a clinical listing, in words: one sentence or two. */
export interface CautionWords {
  kind: Caution;
  words: string;
}

/**
 * What is to be known before a clinical listing is relied on; empty for every other listing.
 * @param today 'YYYY-MM-DD' in Europe/London
 */
export function describeCautions({ clinical, source, assured_date }: Service, today: string): CautionWords[] {
  if (!clinical) return [];
  const { published } = source;
  const dated = published === undefined ? 'which gives us no date' : `last updated on ${describeDate(published)}`;
  const words = (kind: Caution): string => {
    switch (kind) {
      case 'check_before_use':
        return `Please check before use. Copied on ${describeDate(assured_date)} from ${source.name}, ${dated}.`;
      case 'old_source':
        return `This is old. The page was last updated on ${describeDate(published ?? '')}, ${yearsBetween(published ?? '', today)} years ago. Much may have changed since.`;
      case 'review_past':
        return `This is overdue. Its review date, ${describeDate(clinical.review_date ?? '')}, has passed.`;
    }
  };
  return cautions(clinical, published, today).map((kind) => ({ kind, words: words(kind) }));
}

/**
 * 'November 2025' for a month, '30 November 2025' for a day.
 * @param date 'YYYY-MM' or 'YYYY-MM-DD'
 */
export const describeMonthOrDay = (date: string): string =>
  date.length > 7 ? describeDate(date) : describeMonth(date);
