import { FirstFew } from '../domain/first-few.ts';
import { firstWhere } from '../domain/first-where.ts';
import type { PlaceEntry, PlaceKind } from './place-entries.ts';
import { fold } from './place-name.ts';

/** Districts before counties and towns before wards. */
const RANKS: Readonly<Record<PlaceKind, number>> = { district: 0, county: 1, town: 1, ward: 2 };
/** How much later comes what begins so in a later word only, and earlier what is called that and nothing more. */
const LATER_WORD = 3;
const WHOLE_NAME = -6;

interface Beginning {
  /** A folded name, from the beginning of one of its words on. */
  text: string;
  place: SuggestedPlace;
}

/** A place with what is compared at each key, worked out once. */
interface SuggestedPlace {
  entry: PlaceEntry;
  foldedLabel: string;
}

/** A place that fits; the lower its score, the earlier it comes. */
export interface Suggested extends SuggestedPlace {
  score: number;
}

const byText = (a: Beginning, b: Beginning): number => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0);

function beginningsOf(entry: PlaceEntry): Beginning[] {
  const place = { entry, foldedLabel: fold(entry.label) };
  const texts = new Set<string>();
  for (const name of new Set([entry.folded, place.foldedLabel]))
    for (let at = 0; at >= 0; at = name.indexOf(' ', at + 1)) texts.add(at === 0 ? name : name.slice(at + 1));
  return [...texts].map((text) => ({ text, place }));
}

/** By what it is and how it begins, then the most populous, then by name. */
function comesBefore(a: Suggested, b: Suggested): boolean {
  if (a.score !== b.score) return a.score < b.score;
  if (a.entry.population !== b.entry.population) return a.entry.population > b.entry.population;
  return a.entry.label < b.entry.label;
}

/** The first few of places; a district and its main town are called the same, and come once. */
export const firstPlaces = (limit: number) =>
  new FirstFew<Suggested>(limit, comesBefore, ({ foldedLabel }) => foldedLabel);

/** Of so many letters hundreds of places begin alike: the first of each are worked out beforehand. */
const FEW_LETTERS = [2, 3];
/** So many of them. */
const MOST_READY = 3;

/** Places in the order of the beginnings of their words, so that what begins as typed stands together. */
export class PlaceBeginnings {
  readonly #sorted: Beginning[];
  readonly #ready = new Map<string, readonly Suggested[]>();

  constructor(entries: readonly PlaceEntry[]) {
    this.#sorted = entries.flatMap(beginningsOf).sort(byText);
    for (const letters of FEW_LETTERS)
      for (const { text } of this.#sorted) {
        const typed = text.slice(0, letters);
        if (typed.length === letters && !this.#ready.has(typed))
          this.#ready.set(typed, this.#firstOf(typed, MOST_READY));
      }
  }

  /**
   * The first places whose name begins as typed, or a word of it.
   * @param typed folded (place-name.ts), two letters or more
   */
  first(typed: string, limit: number): readonly Suggested[] {
    if (limit > MOST_READY || !FEW_LETTERS.includes(typed.length)) return this.#firstOf(typed, limit);
    return this.#ready.get(typed)?.slice(0, limit) ?? [];
  }

  #firstOf(typed: string, limit: number): readonly Suggested[] {
    const first = firstPlaces(limit);
    for (const place of this.#beginning(typed)) first.add(place);
    return first.all;
  }

  /** Of a place the name counts, and the whole label once more than the name is typed. */
  *#beginning(typed: string): Generator<Suggested> {
    const from = firstWhere(this.#sorted.length, (at) => this.#sorted[at]!.text >= typed);
    for (let at = from; at < this.#sorted.length; at++) {
      const { text, place } = this.#sorted[at]!;
      if (!text.startsWith(typed)) return;
      const { entry, foldedLabel } = place;
      const name = typed.startsWith(entry.folded) ? foldedLabel : entry.folded;
      const begins = name.startsWith(typed);
      if (!begins && !name.includes(` ${typed}`)) continue;
      const score = RANKS[entry.kind] + (name === typed ? WHOLE_NAME : begins ? 0 : LATER_WORD);
      yield { entry, foldedLabel, score };
    }
  }
}
