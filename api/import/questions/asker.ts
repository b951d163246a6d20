/** What a record of a feed, or a row of a table, leaves open, and what moderators have said of it. */

export const QUESTION_KINDS = ['area', 'times', 'cost', 'ages', 'language', 'status', 'written_in'] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];

/** Like ones of a source, of one kind and with the same words, are one question. */
export interface Question {
  kind: QuestionKind;
  /** The words that were not understood; '' where nothing is said. */
  said: string;
  /** What it may be, each as it can be written as an answer. */
  choices: readonly string[];
}

/** What a moderator has said of some words. */
export interface Answer {
  /** In words that are understood; '' where it is to stay in words. */
  words: string;
  /** 'YYYY-MM-DD', the day on which it was said. */
  on: string;
}

/** What was said of some words of a source; null where nothing was. */
export type Told = (kind: QuestionKind, said: string) => Answer | null;

/** Letters of the words of a question; what is longer is no name or time of anything, and stays in words unasked. */
const LONGEST = 300;

/** Collects the questions of one record while it is read, and hands out what is known of them. */
export class Asker {
  readonly #told: Told;
  readonly #questions = new Map<string, Question>();
  readonly #used = new Map<string, readonly [kind: QuestionKind, said: string, answer: Answer]>();

  constructor(told: Told = () => null) {
    this.#told = told;
  }

  /** @returns what the words mean, in words that are understood; null where nobody has said it, or they are to stay */
  about(kind: QuestionKind, words: string, choices: readonly string[] = []): string | null {
    return this.ask(kind, words, choices)?.words ?? null;
  }

  /** The same, with the day on which it was said. */
  ask(kind: QuestionKind, words: string, choices: readonly string[] = []): Answer | null {
    const said = words.replace(/\s+/g, ' ').trim();
    if (said.length > LONGEST) return null;
    const key = `${kind} ${said.toLowerCase()}`;
    this.#questions.set(key, { kind, said, choices });
    const answer = this.#told(kind, said);
    if (answer === null || answer.words === '') return null;
    this.#used.set(key, [kind, said, answer]);
    return answer;
  }

  /** All that was asked, answered or not. */
  get questions(): Question[] {
    return [...this.#questions.values()];
  }

  /** The answers that the record was read with: with others it comes to something else. */
  get used(): unknown[] {
    return [...this.#used.values()];
  }
}

/** The sentence of a report on words that were read by an answer. */
export const readAsTold = (said: string, answer: string): string =>
  `‘${said.slice(0, 80)}’ was read as ‘${answer.slice(0, 80)}’, as a moderator has said.`;
