import type { Token } from './tokens.ts';

/** What was typed cannot be read: `message` says what to write instead. */
export class NotUnderstood extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NotUnderstood';
  }
}

/** Goes through tokens from left to right, with a way back where a guess at what follows was wrong. */
export class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get done(): boolean {
    return this.#at >= this.#tokens.length;
  }

  /** The token so many further on; undefined behind the end. */
  peek(ahead = 0): Token | undefined {
    return this.#tokens[this.#at + ahead];
  }

  skip(count = 1): void {
    this.#at += count;
  }

  /** Takes a comma or whatever separates like one. */
  takesComma(): boolean {
    const comma = this.peek()?.kind === 'comma';
    if (comma) this.#at += 1;
    return comma;
  }

  /** Takes a hyphen or dash. */
  takesDash(): boolean {
    const dash = this.peek()?.kind === 'dash';
    if (dash) this.#at += 1;
    return dash;
  }

  /** Takes these words where they all come next, commas and hyphens between them aside. */
  takes(words: string): boolean {
    const start = this.#at;
    for (const wanted of words.split(' ')) {
      while (this.#at > start && ['dash', 'comma'].includes(this.peek()?.kind ?? '')) this.#at += 1;
      const token = this.peek();
      if (token?.text !== wanted || token.kind === 'aside') {
        this.#at = start;
        return false;
      }
      this.#at += 1;
    }
    return true;
  }

  /** Takes the first of these that comes next: its place in the list, or -1. */
  takesOneOf(choices: readonly string[]): number {
    return choices.findIndex((words) => this.takes(words));
  }

  /** Runs `attempt`; where it gives null, what it has taken is given back. */
  tries<T>(attempt: () => T | null): T | null {
    const start = this.#at;
    const found = attempt();
    if (found === null) this.#at = start;
    return found;
  }

  /** The next few words as they stand, for a message. */
  ahead(): string {
    return this.#tokens
      .slice(this.#at, this.#at + 3)
      .map(({ text }) => text)
      .join(' ')
      .replaceAll(/ ([,.;:])/g, '$1')
      .trim();
  }
}
