import type { Standing } from '../domain/reach.ts';
import { inBrief } from '../domain/words.ts';
import { type HandoutLanguage, handoutMessage } from './messages.ts';
import { areasIn } from './place.ts';
import type { PaperSource, Said } from './source.ts';

/** Who may come: what a listing is kept for. */

/** Restrictions that the handout can translate; any other stands as the listing wrote it. */
const KNOWN = [
  [/^(for )?(women|females?)( and girls)?( only)?$/i, 'who_women'],
  [/^(for )?(men|males?)( and boys)?( only)?$/i, 'who_men'],
  [/^(for )?members( only)?$/i, 'who_members'],
] as const;

function agesIn(
  language: HandoutLanguage,
  { minimum_age: from = 0, maximum_age: to }: PaperSource['service']['eligibility'],
): string | null {
  if (to === undefined) return from === 0 ? null : handoutMessage(language, 'who_age_from', { from: String(from) });
  return from === 0
    ? handoutMessage(language, 'who_age_to', { to: String(to) })
    : handoutMessage(language, 'who_age_range', { from: String(from), to: String(to) });
}

/**
 * Whom it is for, each condition by itself; empty where everybody may come.
 * @param standing where it tells whether the reader lives in the area, the paper need not say that they must
 */
export function whoIn(language: HandoutLanguage, { service }: PaperSource, standing: Standing | null): Said[] {
  const { eligibility, kind, service_areas, written_in } = service;
  const kept = eligibility.restrictions.map((words): Said => {
    const key = KNOWN.find(([pattern]) => pattern.test(words.trim()))?.[1];
    return key === undefined
      ? { text: words, lang: written_in }
      : { text: handoutMessage(language, key), lang: language };
  });
  const ages = agesIn(language, eligibility);
  const words = eligibility.description;
  // Where it is not for this address, the notes name these areas already.
  const isSaid = standing?.kind === 'not_serving' || standing?.certain;
  const limited = service_areas.length > 0 && service_areas.every(({ type }) => type !== 'uk');
  return [
    ...kept,
    ...(ages === null ? [] : [{ text: ages, lang: language }]),
    ...(words === undefined || kind === 'clinical' ? [] : [{ text: inBrief(words), lang: written_in }]),
    ...(limited && !isSaid
      ? [{ text: handoutMessage(language, 'who_live_in', { areas: areasIn(language, service_areas) }), lang: language }]
      : []),
  ];
}
