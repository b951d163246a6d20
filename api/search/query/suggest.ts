import { TAXONOMY, taxonomyTerm } from '../../domain/taxonomy.ts';
import type { Segment } from '../segment/segment.ts';
import type { SharedTables } from '../segment/segment-writer.ts';
import type { NeedNames } from '../text/need-names.ts';
import { TEXT_FIELDS } from '../text/postings.ts';
import { fold, isStopWord, tokens } from '../text/tokens.ts';
import type { Suggestion } from '../types.ts';

/**
 * How many words that begin with what was typed last are looked at, and how many postings: what one key press may cost.
 */
const MOST_ENDINGS = 48;
const MOST_POSTINGS = 4000;

/** Needs among the suggestions: a few, so that what there is is seen too. */
const MOST_NEEDS = 4;

interface Candidate extends Suggestion {
  folded: string;
}

/**
 * Needs, by what they are called; then categories, organizations and services whose names have the words typed; the last word may be unfinished. Names that
 * begin with what was typed come first, then categories, organizations and services, each by name.
 */
export function suggest(
  segments: readonly Segment[],
  shared: SharedTables,
  needs: NeedNames,
  text: string,
  limit: number,
): Suggestion[] {
  const typed = fold(text.slice(0, 100)).trim();
  const words = tokens(typed);
  const last = words.at(-1);
  if (last === undefined || limit <= 0) return [];
  const fits = (name: string): boolean => {
    const held = tokens(name);
    return words.every((word, at) =>
      at === words.length - 1 ? held.some((other) => other.startsWith(word)) : isStopWord(word) || held.includes(word),
    );
  };
  const found: Candidate[] = [];
  for (const { code, name } of TAXONOMY.flatMap((group) => group.terms))
    if (fits(name))
      found.push({ kind: 'category', id: code, label: taxonomyTerm(code)?.name ?? name, folded: fold(name) });
  const organizations = new Set<number>();
  const names = new Set<string>();
  let looked = 0;
  let endings = 0;
  for (const word of shared.lexicon.beginningWith(last)) {
    if (endings++ === MOST_ENDINGS) break;
    const number = shared.lexicon.numberOf(word) ?? -1;
    for (const segment of segments) {
      for (const posting of segment.postings.of(number)) {
        if (looked++ === MOST_POSTINGS) break;
        const listing = posting >>> 5;
        if (segment.deleted[listing] !== 0) continue;
        const folded = fold(segment.names.at(listing));
        if (posting & TEXT_FIELDS.name && !names.has(folded) && fits(folded)) {
          names.add(folded);
          found.push({ kind: 'service', id: segment.ids.at(listing), label: segment.names.at(listing), folded });
        }
        const organization = segment.organizations[listing]!;
        if (posting & TEXT_FIELDS.organization && !organizations.has(organization)) {
          const name = shared.organizations.names[organization]!;
          organizations.add(organization);
          if (fits(name))
            found.push({
              kind: 'organization',
              id: shared.organizations.ids[organization]!,
              label: name,
              folded: fold(name),
            });
        }
      }
    }
  }
  const order = ['category', 'organization', 'service'];
  const rank = (it: Candidate) => (it.folded.startsWith(typed) ? 0 : 3) + order.indexOf(it.kind);
  const needed = needs
    .beginningWith(typed, Math.min(MOST_NEEDS, limit))
    .map((name): Suggestion => ({ kind: 'need', id: null, label: name }));
  // What is a category by the same name is said once.
  const said = new Set(found.filter(({ kind }) => kind === 'category').map(({ folded }) => folded));
  const shown = needed.filter(({ label }) => !said.has(fold(label)));
  const held = found
    .sort(
      (a, b) =>
        rank(a) - rank(b) ||
        (a.folded < b.folded ? -1 : a.folded > b.folded ? 1 : (a.id ?? '') < (b.id ?? '') ? -1 : 1),
    )
    .slice(0, limit - shown.length)
    .map(({ kind, id, label }) => ({ kind, id, label }));
  return [...shown, ...held];
}
