import { ACCESS, ACCESS_FEATURES } from '../../domain/questions.ts';
import type { Listing, Schedule } from '../../domain/service.ts';
import { TAXONOMY, taxonomyTerm } from '../../domain/taxonomy.ts';
import { type BoundPhrases, smallName } from './bound-phrases.ts';
import type { Lexicon } from './lexicon.ts';
import { TEXT_FIELDS } from './postings.ts';

const groupName = new Map(TAXONOMY.flatMap((group) => group.terms.map((term) => [term.code, group.name] as const)));
const languageNames = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
const DAYS: Record<string, string> = {
  MO: 'monday',
  TU: 'tuesday',
  WE: 'wednesday',
  TH: 'thursday',
  FR: 'friday',
  SA: 'saturday',
  SU: 'sunday',
};
/** What people type for the ways of taking part. */
const MODES: Record<string, string> = { online: 'online', phone: 'phone telephone', at_home: 'home', in_person: '' };

const daysOf = (schedule: Schedule): string =>
  (schedule.byday ?? '')
    .split(',')
    .map((day) => DAYS[day.slice(-2)] ?? '')
    .join(' ');

/** Takes the words out of listings. Nothing of a confidential location is read. */
export class WordExtractor {
  readonly #lexicon: Lexicon;
  readonly #boundPhrases: BoundPhrases;
  /** By word: whether a text that has it may have a phrase that hangs on a small word; undefined where nobody has looked. */
  readonly #mayBind: boolean[] = [];
  /** The words of texts that come again and again (categories, organizations, towns), by text. */
  readonly #remembered = new Map<string, number[]>();
  /** By word: the fields in which the current listing has it. */
  #fields = new Uint8Array(1024);
  #touched: number[] = [];

  constructor(lexicon: Lexicon, boundPhrases: BoundPhrases) {
    this.#lexicon = lexicon;
    this.#boundPhrases = boundPhrases;
  }

  /** Every word of a listing once, with the fields (postings.ts) in which it is. */
  words(listing: Listing, each: (word: number, fields: number) => void): void {
    const { service, organization } = listing;
    this.#text(service.name, TEXT_FIELDS.name);
    this.#text(service.alternate_name, TEXT_FIELDS.category);
    for (const [at, code] of service.taxonomy_terms.entries()) {
      // The most fitting category stands first.
      this.#often(taxonomyTerm(code)?.name ?? code, at === 0 ? TEXT_FIELDS.category : TEXT_FIELDS.other);
      // 'Support' or 'Places to be' are too broad to count as much as the category itself.
      this.#often(groupName.get(code), TEXT_FIELDS.other);
    }
    this.#often(organization.name, TEXT_FIELDS.organization);
    this.#often(organization.alternate_name, TEXT_FIELDS.organization);
    this.#text(service.summary, TEXT_FIELDS.summary);
    this.#text(service.description, TEXT_FIELDS.other);
    this.#often(service.kind.replace('_', ' '), TEXT_FIELDS.other);
    this.#text(service.eligibility.description, TEXT_FIELDS.other);
    for (const restriction of service.eligibility.restrictions) this.#often(restriction, TEXT_FIELDS.other);
    // English is spoken nearly everywhere: whoever types 'English' wants to learn it.
    for (const language of service.languages)
      if (language !== 'en') this.#often(languageNames.of(language), TEXT_FIELDS.other);
    for (const mode of service.attending_types) this.#often(MODES[mode], TEXT_FIELDS.other);
    if (service.cost_options.some((cost) => cost.option === 'free' && !cost.concession))
      this.#often('free', TEXT_FIELDS.other);
    for (const schedule of service.schedules) this.#often(daysOf(schedule), TEXT_FIELDS.other);
    for (const area of service.service_areas) this.#often(area.name, TEXT_FIELDS.other);
    for (const location of listing.locations) {
      if (location.confidential) continue;
      this.#often(location.name, TEXT_FIELDS.other);
      this.#often(location.address?.city, TEXT_FIELDS.other);
      for (const feature of ACCESS)
        if (location.accessibility[feature] === 'yes') this.#often(ACCESS_FEATURES[feature].typed, TEXT_FIELDS.other);
    }
    for (const word of this.#touched) {
      each(word, this.#fields[word]!);
      this.#fields[word] = 0;
    }
    this.#touched = [];
  }

  #text(text: string | undefined, field: number): void {
    if (text !== undefined) this.#each(text, (word) => this.#note(word, field));
  }

  #often(text: string | undefined, field: number): void {
    if (text === undefined || text === '') return;
    let words = this.#remembered.get(text);
    if (words === undefined) {
      const numbers: number[] = [];
      this.#each(text, (word) => numbers.push(word));
      words = numbers;
      // Enough for every town and category, and a bound where all texts differ.
      if (this.#remembered.size < 50_000) this.#remembered.set(text, words);
    }
    for (const word of words) this.#note(word, field);
  }

  /** The words of a text, and those that stand for its phrases, or for all of it where its words are all small. */
  #each(text: string, take: (word: number) => void): void {
    let mayBind = false;
    let isSmall = true;
    this.#lexicon.addAll(text, (word) => {
      if (word >= 0) {
        isSmall = false;
        this.#mayBind[word] ??= this.#boundPhrases.mayBeIn(this.#lexicon.word(word));
        mayBind ||= this.#mayBind[word]!;
      }
      take(word);
    });
    const name = isSmall ? smallName(text) : null;
    if (name !== null) take(this.#lexicon.add(name));
    if (mayBind) for (const phrase of this.#boundPhrases.in(text)) take(this.#lexicon.add(phrase));
  }

  #note(word: number, field: number): void {
    if (word < 0) return;
    if (word >= this.#fields.length) {
      const larger = new Uint8Array(Math.max(this.#fields.length * 2, word + 1));
      larger.set(this.#fields);
      this.#fields = larger;
    }
    if (this.#fields[word] === 0) this.#touched.push(word);
    this.#fields[word]! |= field;
  }
}
