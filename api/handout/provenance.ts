import { guessesIn, isSortedByWords } from '../domain/guesses.ts';
import { dateIn } from './dates.ts';
import { type HandoutLanguage, handoutMessage } from './messages.ts';
import type { PaperSource } from './source.ts';

/**
 * Whose word a listing is: 'Checked by the organisation on 3 November 2026' where a person checked it, else 'From
 * Exampleshire Council, 3 November 2026; not checked by us'. It also says where an import has guessed the category from
 * the words.
 */
export function provenanceIn(language: HandoutLanguage, service: PaperSource['service']): string {
  const isGuess = isSortedByWords(guessesIn(service));
  return [checkedIn(language, service), isGuess && handoutMessage(language, 'sorted_by_words')]
    .filter(Boolean)
    .join('; ');
}

function checkedIn(
  language: HandoutLanguage,
  { assured_by, assured_date, source, clinical }: PaperSource['service'],
): string {
  if (assured_by === 'nobody' || assured_date === null)
    return handoutMessage(language, 'from_source_undated', { source: source.name });
  const date = dateIn(language, assured_date);
  return assured_by === 'source' || clinical?.check_before_use
    ? handoutMessage(language, 'from_source', { source: source.name, date })
    : handoutMessage(language, `checked_by_${assured_by}`, { date });
}
