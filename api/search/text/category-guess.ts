import { TAXONOMY } from '../../domain/taxonomy.ts';
import type { WordVectors } from '../meaning/word-vectors.ts';
import { weighed } from './nearest-needs.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The likeness is the mean over so many of the nearest things of a category. */
const NEAREST = 3;
/** From there on nine of ten guesses are right: of the sample directory, and of one that the table was not trained on. */
const LEAST = 0.58;

interface Known {
  category: string;
  vector: Float32Array;
}

/** Says from a text alone under which category a listing belongs, by what the vocabulary of needs says of each. */
export class CategoryGuess {
  readonly #vectors: WordVectors | undefined;
  readonly #known: Known[] = [];

  constructor({ needs = [], vectors }: Vocabulary) {
    this.#vectors = vectors;
    for (const { code, name } of TAXONOMY.flatMap((group) => group.terms)) this.#learn(code, name);
    for (const { name, helps, categories } of needs) this.#learn(categories[0]!, `${name} ${helps.join(' ')}`);
  }

  #learn(category: string, text: string): void {
    const vector = this.#vectors?.directionOf(weighed(text)) ?? null;
    if (vector !== null) this.#known.push({ category, vector });
  }

  /** The code of the most fitting category; null where none fits well enough to be said, or there is no table of word vectors. */
  of(text: string): string | null {
    const vector = this.#vectors?.directionOf(weighed(text)) ?? null;
    if (vector === null) return null;
    const nearest = new Map<string, number[]>();
    for (const { category, vector: known } of this.#known) {
      const cosine = known.reduce((sum, value, at) => sum + value * vector[at]!, 0);
      nearest.set(category, [...(nearest.get(category) ?? []), cosine].sort((a, b) => b - a).slice(0, NEAREST));
    }
    let best = { category: '', likeness: LEAST };
    for (const [category, cosines] of nearest) {
      const likeness =
        Array.from({ length: NEAREST }, (_, k) => cosines[k] ?? cosines.at(-1)!).reduce((a, b) => a + b) / NEAREST;
      if (likeness >= best.likeness) best = { category, likeness };
    }
    return best.category || null;
  }
}
