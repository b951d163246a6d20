import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TAXONOMY, taxonomyTerm } from '../../api/domain/taxonomy.ts';
import { type Need, waysInEnglish } from '../../api/search/text/needs.ts';
import type { Vocabulary } from '../../api/search/text/vocabulary.ts';
import type { Pair } from './training.ts';

/** What this field says, beside a dictionary: needs, synonyms, and the sample directory. */

const nameOf = (code: string): string => taxonomyTerm(code)?.name ?? code;

function* pairsOfNeed(need: Need): Generator<Pair> {
  const categories = need.categories.map(nameOf).join(' ');
  const helps = need.helps.join(' ');
  for (const way of waysInEnglish(need)) {
    yield { one: way, other: `${need.name} ${need.said.form.join(' ')}`, times: 2 };
    yield { one: way, other: helps, times: 2 };
    yield { one: way, other: categories, times: 1 };
  }
  for (const help of need.helps) yield { one: help, other: `${need.name} ${categories}`, times: 1 };
}

/** Pairs from the vocabulary: ways to say a need with what names it and what helps, and terms that find each other. */
export function vocabularyPairs({ groups, needs = [] }: Vocabulary): Pair[] {
  const pairs = needs.flatMap((need) => [...pairsOfNeed(need)]);
  for (const { from, to } of groups)
    for (const [at, term] of from.entries()) {
      const other = to[(at + 1) % to.length]!;
      if (other !== term) pairs.push({ one: term, other, times: 3 });
    }
  return pairs;
}

/** Pairs from the sample directory: name with summary, summary with description, category with both. */
export function samplePairs(folder: string): Pair[] {
  const pairs: Pair[] = [];
  for (const file of readdirSync(folder).sort()) {
    const records: { service: { name: string; summary?: string; description?: string; taxonomy_terms: string[] } }[] =
      JSON.parse(readFileSync(join(folder, file), 'utf8'));
    for (const { service } of records) {
      const { name, summary = '', description = '', taxonomy_terms } = service;
      const categories = taxonomy_terms.slice(0, 2).map(nameOf).join(' ');
      pairs.push({ one: name, other: summary, times: 2 }, { one: categories, other: summary, times: 2 });
      for (const sentence of description.split(/(?<=[.!?])\s+/))
        pairs.push({ one: summary, other: sentence, times: 1 });
    }
  }
  return pairs;
}

/** Texts that stand for listings of any kind, to know how alike two texts are that have nothing to do with each other. */
export const typicalTexts = (needs: readonly Need[]): string[] => [
  ...needs.map((need) => `${need.name} ${need.helps.join(' ')}`),
  ...TAXONOMY.flatMap((group) => group.terms.map(({ name }) => name)),
];
