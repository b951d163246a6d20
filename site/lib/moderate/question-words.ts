import type { AskedSource } from '#api/import/questions/asked-source.ts';
import type { QuestionKind } from '#api/import/questions/asker.ts';
import type { ImportQuestion } from '#api/store/import-questions.ts';

/** Words of the moderators' page of questions about what feeds and tables say. */

interface QuestionWords {
  /** The question, as a heading. */
  ask(said: string): string;
  /** How an answer is written; null where one of the choices is the answer. */
  hint: string | null;
  /** The button of whoever does not know. */
  leave: string;
  /** What may be answered, whatever the source says. */
  choices?: readonly string[];
}

const LEAVE = 'Leave it in words';

const WORDS: Record<QuestionKind, QuestionWords> = {
  area: {
    ask: (said) => `Which area is ‘${said}’?`,
    hint: 'A council area, a county, a town or a postcode district, such as Hackney, Kent, Truro or E8. Several stand with commas between them.',
    leave: LEAVE,
  },
  times: {
    ask: (said) => `When is ‘${said}’?`,
    hint: 'As in the form, such as ‘Every Tuesday, 10am to 12pm’, or ‘Every other Friday, 2pm to 4pm, from 8 January’.',
    leave: LEAVE,
  },
  cost: {
    ask: (said) => `What does ‘${said}’ cost?`,
    hint: 'Such as ‘Free’, ‘£3 a session’ or ‘Donation’.',
    leave: LEAVE,
  },
  ages: {
    ask: (said) => `Which ages are ‘${said}’?`,
    hint: 'Such as ‘16 to 25’, ‘50+’ or ‘under 5s’.',
    leave: LEAVE,
  },
  language: { ask: (said) => `Which language is ‘${said}’?`, hint: 'Its name, such as Polish.', leave: LEAVE },
  status: {
    ask: (said) => `Does it run, where its source says ‘${said}’?`,
    hint: null,
    leave: 'Nobody knows: do not show it as if it ran',
    choices: ['active', 'temporarily closed', 'inactive', 'defunct'],
  },
  written_in: {
    ask: () => 'What language are these listings written in?',
    hint: 'One language, such as English. Their own words are too few to tell.',
    leave: 'Leave it unknown',
    choices: ['English'],
  },
};

/** What the four standings of a service are called here. */
const STATUS_LABELS: Readonly<Record<string, string>> = {
  active: 'It runs',
  'temporarily closed': 'It is closed for now',
  inactive: 'It does not run',
  defunct: 'It has closed for good',
};

export const wordsOf = (question: Pick<ImportQuestion, 'kind'>): QuestionWords => WORDS[question.kind as QuestionKind];

/** What can be answered with one tap: as it is kept, and as it is called. */
export const choicesOf = (question: Pick<ImportQuestion, 'kind' | 'choices'>): { answer: string; label: string }[] =>
  [...question.choices, ...(wordsOf(question).choices ?? [])].map((answer) => ({
    answer,
    label: STATUS_LABELS[answer] ?? answer,
  }));

/** An answer, for people: '‘Kent’: Kent County'. */
export function answeredWords({ kind, said, answer }: Pick<ImportQuestion, 'kind' | 'said' | 'answer'>): string {
  const subject = said === '' ? 'Written in' : `‘${said}’`;
  return `${subject}: ${answer === '' ? wordsOf({ kind }).leave.toLowerCase() : (STATUS_LABELS[answer ?? ''] ?? answer)}`;
}

/** The page of a source itself. */
export const pageOf = ({ kind, id }: Pick<AskedSource, 'kind' | 'id'>): string =>
  kind === 'feed' ? `/moderate/feeds/${id}` : '/moderate/import';

/** '12 listings'. */
export const countedListings = (listings: number): string =>
  listings === 1 ? '1 listing' : `${listings.toLocaleString('en-GB')} listings`;

/** '12 questions about 340 listings'. */
export const askedWords = ({ questions, listings }: { questions: number; listings: number }): string =>
  `${questions === 1 ? '1 question' : `${questions.toLocaleString('en-GB')} questions`} about ${countedListings(listings)}`;

/** '12 listings, such as '. */
export const listingsAsking = ({ count, examples }: Pick<ImportQuestion, 'count' | 'examples'>): string =>
  `${countedListings(count)}${count > examples.length ? ', such as ' : ': '}`;

/** What was just done, by the address: 'answered.12'. */
export function questionDone(code: string | null): string | null {
  const [what, number] = code?.split('.') ?? [];
  const changed = /^\d{1,7}$/.test(number ?? '') ? countedListings(Number(number)) : null;
  if (what === 'answered' && changed)
    return `Answered. Changed: ${changed}. The next time it comes, this is remembered.`;
  if (what === 'undone' && changed) return `Undone, and asked again. Changed: ${changed}.`;
  if (what === 'left') return 'It stays as it is, and is not asked again.';
  return what === 'going'
    ? 'It is kept. The listings are being read anew; load this page again to see what came of it.'
    : null;
}
