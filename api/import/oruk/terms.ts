import { type TaxonomyName, termOf } from '../../openreferral/vocabulary.ts';
import { isObject, type JsonRecord } from './walk.ts';

/** What the attributes of a part say: with our own terms, and with other people's. */

export interface Terms {
  /** Codes under one of our own taxonomies, in their order. */
  codes(taxonomy: TaxonomyName): string[];
  /** Answers under one of our own taxonomies. */
  answers(taxonomy: TaxonomyName): Record<string, 'yes' | 'no'>;
  /** Names of terms that are not ours. */
  readonly others: readonly string[];
}

/** Reads the attributes of a service or a location. */
export function termsOfAttributes(part: JsonRecord): Terms {
  const attributes = (Array.isArray(part['attributes']) ? part['attributes'] : []).filter(isObject);
  const terms = attributes.map((it) => {
    const nested = isObject(it['taxonomy_term']) ? it['taxonomy_term'] : {};
    const own = termOf(String(it['taxonomy_term_id'] ?? nested['id'] ?? ''));
    const name = nested['name'] ?? nested['term'] ?? it['value'];
    return { own, name: typeof name === 'string' ? name : undefined };
  });
  const ours = terms.flatMap(({ own }) => own ?? []);
  return {
    codes: (taxonomy) => [...new Set(ours.filter((term) => term.taxonomy === taxonomy).map(({ code }) => code))],
    answers: (taxonomy) =>
      Object.fromEntries(
        ours.flatMap(({ taxonomy: of, code, answer }) => (of === taxonomy && answer ? [[code, answer]] : [])),
      ),
    others: terms.flatMap(({ own, name }) => (own === undefined && name !== undefined ? [name] : [])),
  };
}
