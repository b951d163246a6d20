import { isInverted, readAges } from '../../domain/ages.ts';
import { readCosts } from '../../domain/cost/reader.ts';
import { readLanguages, unknownLanguage } from '../../domain/languages/reader.ts';
import { readStatedSchedule } from '../../domain/spoken-schedule.ts';
import { choicesInWords } from '../../geocode/area-answer.ts';
import { areasNamed } from '../../geocode/area-named.ts';
import { STATUSES } from '../oruk/status.ts';
import type { AskedSource } from './asked-source.ts';
import type { QuestionKind } from './asker.ts';

/** Letters of an answer. */
const LONGEST = 300;

type Check = (typed: string, source: Pick<AskedSource, 'home'>, today: string) => string | null;

const CHECKS: Record<QuestionKind, Check> = {
  area(typed, { home }) {
    const answer = areasNamed(typed, { home: home?.districts });
    if (answer.kind === 'several')
      return `‘${answer.name}’ may be ${choicesInWords(answer.choices)}. Write one of them.`;
    return answer.kind === 'named'
      ? null
      : `‘${answer.name}’ is no area that is known here. Write a council area, a county, a town or a postcode district, such as Hackney, Kent, Truro or E8.`;
  },
  times(typed, _, today) {
    const read = readStatedSchedule(typed, today);
    if ('problem' in read) return read.problem;
    return read.schedules.length > 0 ? null : 'Write when it meets, such as ‘Every Tuesday, 10am to 12pm’.';
  },
  cost: (typed) =>
    readCosts(typed) ? null : 'That cannot be read either. Write it like ‘Free’, ‘£3 a session’ or ‘Donation’.',
  ages(typed) {
    const ages = readAges(typed, 'minimum_age');
    if (!ages) return 'That cannot be read either. Write it like ‘16 to 25’, ‘50+’ or ‘under 5s’.';
    return isInverted(ages) ? 'The first age is greater than the last. Write the younger one first.' : null;
  },
  language(typed) {
    const { tags, unknown } = readLanguages(typed);
    if (unknown[0]) return unknownLanguage(unknown[0]);
    return tags.length > 0 ? null : 'Write a language, such as Polish.';
  },
  status: (typed) => (STATUSES.includes(typed) ? null : 'Choose whether it runs.'),
  written_in(typed) {
    const { tags, unknown } = readLanguages(typed);
    if (unknown[0]) return unknownLanguage(unknown[0]);
    return tags.length === 1 ? null : 'Write one language, such as English.';
  },
};

/**
 * Whether an answer is understood.
 * @param today 'YYYY-MM-DD' in Europe/London
 * @returns what is wrong with it, in a sentence that says what to do; null where nothing is
 */
export function wrongAnswer(
  kind: QuestionKind,
  typed: string,
  source: Pick<AskedSource, 'home'>,
  today: string,
): string | null {
  if (typed === '') return 'Write what it means, or leave it in words.';
  if (typed.length > LONGEST) return `Write at most ${LONGEST} letters.`;
  return CHECKS[kind](typed, source, today);
}
