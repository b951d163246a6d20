import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Nation } from '../domain/nation-of-place.ts';
import { Recent } from '../domain/recent.ts';
import type { Service } from '../domain/service.ts';
import { placeWords } from '../geocode/place-words.ts';
import { type Block, readBlocks, type Source, UrgentError } from './blocks.ts';
import { type Contact, type Help, readHelp, type Subject } from './help.ts';
import { type Level, Phrases, type Spoken } from './phrases.ts';

/** Help for now: what somebody is told first whose words, or whose page, speak of danger. */

/** One danger with the help for it, where somebody is. */
export interface Urgent extends Pick<Subject, 'title' | 'isPrivate'> {
  subject: string;
  level: Level;
  /** What to do first. */
  first: string;
  /** What is said first in the language that was written in, where that is known. */
  inLanguage: { language: string; text: string } | null;
  /** Who answers there, the first to ask first. Where the nation is not known, all. */
  contacts: readonly Contact[];
}

const FOLDER = join(import.meta.dirname, '../../data/urgent');
const KINDS = ['words', 'alike', 'phrases', 'subject', 'contact', 'language'];
/** More than this is read by nobody in danger. */
const MOST_SUBJECTS = 2;
/** Half of the listings of which it is remembered whether they are private: half a kilobyte each. */
const HALF_REMEMBERED = 4000;

/** The files that come with the program. */
function ownFiles(): Source[] {
  const phrases = readdirSync(join(FOLDER, 'phrases'), { encoding: 'utf8' })
    .filter((name) => name.endsWith('.txt'))
    .sort();
  return [...phrases.map((name) => join('phrases', name)), 'contacts.txt', 'subjects.txt'].map((name) => ({
    file: `data/urgent/${name.replaceAll('\\', '/')}`,
    text: readFileSync(join(FOLDER, name), 'utf8'),
  }));
}

function blocksOf(source: Source): Block[] {
  const blocks = readBlocks(source);
  const odd = blocks.find(({ kind }) => !KINDS.includes(kind));
  if (odd) throw odd.head.wrong(`there is no head [${odd.kind} …]; it is one of ${KINDS.join(', ')}.`);
  return blocks;
}

export class UrgentHelp {
  readonly #phrases: Phrases;
  readonly #help: Help;
  /** By what a listing says of itself, which takes milliseconds to read. */
  readonly #privateListings = new Recent<string, boolean>(HALF_REMEMBERED);

  /**
   * @param local what an operator adds, if anything
   * @param isName whether a word is a name, of a place say, and so no mistake for another word
   * @throws UrgentError that names the file and the line that cannot be read
   */
  constructor(local: Source | null, isName: (word: string) => boolean) {
    const blocks = [...ownFiles(), ...(local ? [local] : [])].flatMap(blocksOf);
    this.#help = readHelp(blocks);
    for (const { kind, name, head } of blocks)
      if (kind === 'phrases' && !this.#help.subjects.has(name))
        throw head.wrong(`there is no subject ‘${name}’; they are ${[...this.#help.subjects.keys()].join(', ')}.`);
    this.#phrases = new Phrases(blocks, isName);
  }

  /** Makes ready in slices what a search would wait for. */
  prepare(): Generator<void> {
    return this.#phrases.prepare();
  }

  /** The words that phrases of danger are made of: none of them is a mistake for another word. */
  get words(): ReadonlySet<string> {
    return this.#phrases.words;
  }

  /** Those of them that speak of danger by themselves. */
  get wordsAlone(): ReadonlySet<string> {
    return this.#phrases.wordsAlone;
  }

  /**
   * The help that a search or a page calls for, the most urgent first; none where it speaks of no danger.
   * @param text the words
   * @param categories codes of the categories that it is about: their subjects are spoken of gently
   */
  for(text: string, categories: readonly string[], nations: readonly Nation[]): Urgent[] {
    const spoken = text.trim() === '' ? [] : this.#phrases.in(text);
    const about = this.#aboutCategories(categories).filter(({ id }) => !spoken.some(({ subject }) => subject === id));
    const gently = about.map(({ id }): Spoken => ({ subject: id, level: 'gently', language: 'en' }));
    return this.#shown([...spoken, ...gently], nations);
  }

  /** Whether a page about some categories, or with some words on it, may have to be left at once. */
  isPrivate(text: string, categories: readonly string[]): boolean {
    const subjects = [
      ...this.#aboutCategories(categories),
      ...this.#phrases.in(text).map(({ subject }) => this.#help.subjects.get(subject)),
    ];
    return subjects.some((subject) => subject?.isPrivate);
  }

  /** Whether somebody near may harm who is seen to have a listing: by its category, or by what it says of itself. */
  isPrivateListing({ name, summary, taxonomy_terms }: Pick<Service, 'name' | 'summary' | 'taxonomy_terms'>): boolean {
    const said = `${name}. ${summary}`;
    return this.#privateListings.get(`${taxonomy_terms.join()} ${said}`, () => this.isPrivate(said, taxonomy_terms));
  }

  #aboutCategories(codes: readonly string[]): Subject[] {
    if (codes.length === 0) return [];
    return [...this.#help.subjects.values()].filter(({ categories }) =>
      categories.some((code) => codes.includes(code)),
    );
  }

  #shown(spoken: readonly Spoken[], nations: readonly Nation[]): Urgent[] {
    const order = [...this.#help.subjects.keys()];
    const spokenNow = spoken.filter(({ level }) => level === 'now');
    const covered = new Set(spokenNow.flatMap(({ subject }) => this.#help.subjects.get(subject)?.covers ?? []));
    const now = spokenNow.filter(({ subject }) => !covered.has(subject));
    // Beside a danger, nothing that is none.
    return (now.length > 0 ? now : spoken)
      .toSorted((a, b) => order.indexOf(a.subject) - order.indexOf(b.subject))
      .slice(0, MOST_SUBJECTS)
      .flatMap(({ subject: id, level, language }) => {
        const subject = this.#help.subjects.get(id);
        if (!subject) return [];
        const text = this.#help.languages.get(language);
        return [
          {
            subject: id,
            level,
            title: subject.title,
            first: level === 'now' ? subject.first : subject.gently,
            inLanguage: text === undefined ? null : { language, text },
            contacts: subject.contacts.filter((contact) => contact.nations.some((it) => nations.includes(it))),
            isPrivate: subject.isPrivate,
          },
        ];
      });
  }
}

const isPlaceWord = (word: string): boolean => placeWords().has(word);

let own: UrgentHelp | null = null;

/**
 * The help that comes with the program, read on first use and kept, or with it what an operator adds, read anew.
 * @param file the path that URGENT_FILE names; null where there is none
 * @throws UrgentError where it cannot be opened, or a line of it cannot be read
 */
export function openUrgentHelp(file: string | null): UrgentHelp {
  if (file !== null) return new UrgentHelp({ file, text: readLocal(file) }, isPlaceWord);
  own ??= new UrgentHelp(null, isPlaceWord);
  return own;
}

function readLocal(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new UrgentError(`URGENT_FILE is ${file}, which cannot be opened. Mend the path, or leave the setting out.`);
  }
}
