import { ACCESS_FEATURES, PAIN_FRIENDLY, QUESTIONS } from '../../domain/questions.ts';
import { ACCESS } from '../../domain/service.ts';
import { TAXONOMY_TERMS } from '../../domain/taxonomy.ts';
import {
  ATTENDING_LABELS,
  AVAILABILITY_LABELS,
  JOIN_LABELS,
  KIND_LABELS_ONE,
  PAIN_FRIENDLY_LABELS,
  STATUS_LABELS,
} from '../../domain/words.ts';
import { cellParts, type RowDraft, UnreadableCell } from '../csv/column.ts';
import { plainText } from '../csv/values.ts';
import { categoriesOf } from '../oruk/categories.ts';
import { columnOfTarget, type Target } from './targets.ts';

/** Somebody's own words in columns that take a few of ours: 'Keep fit' for Sport and movement, 'Y' for yes. */

const YES_OR_NO = ['yes', 'no', 'unknown'];

/** The columns that take a few words, with those words. */
const CHOICES: ReadonlyMap<Target, readonly string[]> = new Map<Target, readonly string[]>([
  ['kind', Object.entries(KIND_LABELS_ONE).flatMap(([kind, label]) => (kind === 'clinical' ? [] : [label]))],
  ['categories', TAXONOMY_TERMS.map(({ name }) => name)],
  ['how people take part', Object.values(ATTENDING_LABELS)],
  ['how to join', Object.values(JOIN_LABELS)],
  ['availability', Object.values(AVAILABILITY_LABELS)],
  ['status', Object.values(STATUS_LABELS)],
  ...[
    ...ACCESS.map((feature) => ACCESS_FEATURES[feature].label.toLowerCase()),
    ...Object.values(QUESTIONS).map(({ column }) => column.name),
    ...PAIN_FRIENDLY.map((practice) => PAIN_FRIENDLY_LABELS[practice].toLowerCase()),
  ].map((name) => [name, YES_OR_NO] as const),
]);

/** What can be chosen for a word of that column; empty where anything may be written. */
export const choicesOf = (target: Target): readonly string[] => CHOICES.get(target) ?? [];

/** Whether a word of that column that nobody explains stays as it is, to be asked about once the table is taken in. */
export const staysOpen = (target: Target): boolean => target === 'area served' || target === 'status';

/** Whether words of that column are asked about. */
export const takesWords = (target: Target): boolean => CHOICES.has(target) || target === 'area served';

/** A word that is not known in a column. */
export interface UnknownWord {
  target: Target;
  word: string;
  /** Rows in which it stands. */
  rows: number;
  /** One of the choices that it probably is, or ''. */
  guess: string;
}

const scratch = (): RowDraft => ({ service: {}, organization: {}, venues: [], today: '2000-01-01' });

/** Whether a column of the template takes the cell as it is. */
export function isUnderstood(target: Target, cell: string): boolean {
  try {
    columnOfTarget(target)?.read(cell, scratch());
    return true;
  } catch (error) {
    if (error instanceof UnreadableCell) return false;
    throw error;
  }
}

/** The words of a cell, each as small as it must be to be understood: 'Arts, music and crafts; Chair-based' are two. */
function wordsIn(target: Target, cell: string): string[] {
  if (cell === '' || isUnderstood(target, cell) || choicesOf(target) === YES_OR_NO) return cell === '' ? [] : [cell];
  const pieces = (text: string, between: RegExp) =>
    text
      .split(between)
      .map((word) => word.trim())
      .filter(Boolean);
  return cellParts(cell).flatMap((part) => {
    if (isUnderstood(target, part)) return [part];
    return pieces(part, /,/).flatMap((piece) => {
      // 'Tea & chat' may be one thing: it is two where one of them is known.
      const smaller = pieces(piece, /[/&+]|\band\b/i);
      return smaller.some((word) => isUnderstood(target, word)) ? smaller : [piece];
    });
  });
}

/** Different words of one column that are asked about. */
const MOST_WORDS = 80;

function guessOf(target: Target, word: string): string {
  if (target === 'categories') {
    const [code] = categoriesOf([word]);
    return TAXONOMY_TERMS.find((term) => term.code === code)?.name ?? '';
  }
  if (target === 'how to join') {
    if (/drop.?in|just turn up|no (need to )?book/i.test(word)) return JOIN_LABELS.drop_in;
    if (/self.?refer/i.test(word)) return JOIN_LABELS.self_refer;
    if (/refer/i.test(word)) return JOIN_LABELS.professional_referral;
    if (/book|appointment/i.test(word)) return JOIN_LABELS.book;
  }
  return '';
}

/** The words of a column that are not known, those of most rows first. */
export function unknownWords(target: Target, cells: Iterable<string>): UnknownWord[] {
  const counts = new Map<string, { word: string; rows: number }>();
  const known = new Map<string, string[]>();
  for (const cell of cells) {
    let unread = known.get(cell);
    if (unread === undefined) {
      unread = wordsIn(target, cell).filter((word) => !isUnderstood(target, word));
      known.set(cell, unread);
    }
    for (const word of unread) {
      const key = plainText(word) || word;
      const so = counts.get(key) ?? { word, rows: 0 };
      counts.set(key, { ...so, rows: so.rows + 1 });
    }
  }
  return [...counts.values()]
    .sort((one, other) => other.rows - one.rows)
    .slice(0, MOST_WORDS)
    .map(({ word, rows }) => ({ target, word, rows, guess: guessOf(target, word) }));
}

/** What somebody said that words mean, by column, then by the word without case and accents; '' leaves the word out. */
export type WordMeanings = Readonly<Record<Target, Readonly<Record<string, string>>>>;

/** A cell in our words, as far as somebody said what its own mean. */
export function inOurWords(target: Target, cell: string, meanings: WordMeanings): string {
  const own = meanings[target];
  if (own === undefined || cell === '') return cell;
  const said = (word: string): string | undefined => {
    const key = plainText(word) || word;
    const meaning = Object.hasOwn(own, key) ? own[key] : undefined;
    return meaning === '' && staysOpen(target) ? undefined : meaning;
  };
  const whole = said(cell);
  if (whole !== undefined) return whole;
  const words = wordsIn(target, cell);
  if (words.every((word) => said(word) === undefined)) return cell;
  return [...new Set(words.map((word) => said(word) ?? word).filter(Boolean))].join('; ');
}
