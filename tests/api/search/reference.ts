import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import { availabilityOn } from '../../../api/domain/availability.ts';
import { isServing, REACH_KINDS, type ReachKind } from '../../../api/domain/reach.ts';
import type { Listing } from '../../../api/domain/service.ts';
import { FACET_NAMES } from '../../../api/search/facets.ts';
import { chordOfMetres, metresOfChord } from '../../../api/search/geo/distance.ts';
import { readWishes, wishedFilters } from '../../../api/search/query/wishes.ts';
import { stem } from '../../../api/search/text/stem.ts';
import { isStopWord, tokens } from '../../../api/search/text/tokens.ts';
import {
  AUTOMATIC_RADII_MILES,
  type Facets,
  type Hit,
  METRES_PER_MILE,
  type SearchAnswer,
  type SearchQuery,
} from '../../../api/search/types.ts';
import type { PlainText } from './plain-text.ts';
import {
  choicesOf,
  failuresOf,
  isCheckedByPerson,
  isPublic,
  reachWithin,
  type Situation,
  situationOf,
  wouldFit,
} from './reference-listing.ts';

/**
 * The search engine in one plain pass: every listing is asked how it is reached, whether it fits, and what it counts for.
 * The fast engine (api/search) is held to this one over random directories that change, are deleted from and merge. The two
 * share the definition of distance (distance.test.ts holds that to the haversine), the rule of who is served
 * (domain/reach.ts), what meanings have in common (meaning/agreement.ts), and nothing else.
 */

/** A listing that has the words, if there are any, and how it lies to the place. */
interface Candidate extends Situation {
  listing: Listing;
  /** How well it fits the words. */
  fit: number;
  /** Whether it matches them, and does not only share one. */
  isMatch: boolean;
  isNearBest: boolean;
  /** Whether it takes nobody today. */
  isFull: boolean;
}

interface Reached extends Candidate {
  reach: ReachKind;
  /** Whether people go to it within the circle. */
  isNear: boolean;
}

/** What serves the place within the widest automatic circle sets the measure of what fits the words well enough. */
const TIMES_WORSE = 100;
/** What fits so many times worse than the best only shares a word. */
const LINE = 4;
/** What fits so many times worse does not fit about as well. */
const NEAR = 3;
const ENOUGH_VENUES = 10;
const ENOUGH_MATCHES = 3;
const BEST = 3;
const MOST_RELATED = 5;
const MOST_ELSEWHERE = 3;
const FEW_MATCHES = 10;
const MUCH_BETTER = 2;
const FIRST = 10;

/** Without words everything is a candidate; with words what fits them not much worse than the best that serves the place. */
function candidatesOf(listings: readonly Listing[], query: SearchQuery, text: ReturnType<PlainText>): Candidate[] {
  const fitOf = (listing: Listing) => text.found.get(listing.service.id) ?? 0;
  const meant = text.hasWords ? listings.filter((listing) => fitOf(listing) > 0) : listings;
  const widest = chordOfMetres(Math.max(20 * METRES_PER_MILE, query.radius_m ?? 0));
  // Whatever access is asked for, what is listed goes by the same measure.
  const measureOf = (counts: (reach: ReachKind) => boolean) => {
    const some = meant.filter((listing) => {
      const reach = reachWithin(situationOf(listing, query.place, []), widest);
      return reach !== null && counts(reach);
    });
    const best = text.hasWords ? Math.max(0, ...some.map(fitOf)) : 0;
    // Of those that fit best any may be looked at: they have the same of what was typed.
    return { best, isEnough: some.some((it) => fitOf(it) === best && text.enough.has(it.service.id)) };
  };
  const serving = measureOf(isServing);
  const unclear = measureOf((reach) => reach === 'unclear');
  const isByUnclear = !serving.isEnough && (unclear.isEnough || serving.best === 0);
  const { best, isEnough } = isByUnclear ? unclear : serving;
  return meant
    .map((listing) => ({
      listing,
      fit: fitOf(listing),
      isMatch: !text.hasWords || (isEnough && fitOf(listing) >= best / LINE),
      isNearBest: !text.hasWords || (isEnough && fitOf(listing) >= best / NEAR),
      isFull: ['full', 'paused'].includes(availabilityOn(listing.service.availability, query.today).state),
      ...situationOf(listing, query.place, query.filters.access),
    }))
    .filter(({ fit }) => fit >= best / TIMES_WORSE);
}

/** The radius asked for, or the smallest automatic one that reaches over the place and holds enough venues. */
function radiusFor({ place, radius_m }: SearchQuery, fitting: readonly Candidate[]): number | null {
  if (place === null || radius_m !== null) return radius_m;
  const radii = AUTOMATIC_RADII_MILES.map((miles) => miles * METRES_PER_MILE);
  const isEnough = (radius: number) => {
    const venues = fitting.filter((it) => reachWithin(it, chordOfMetres(radius)) === 'venue');
    const matches = venues.filter(({ isNearBest }) => isNearBest);
    return radius >= place.spread_m && venues.length >= ENOUGH_VENUES && matches.length >= ENOUGH_MATCHES;
  };
  return radii.find(isEnough) ?? radii.at(-1) ?? null;
}

/** For each value how many listings there would be with it chosen. */
function facetsOf(candidates: readonly Candidate[], query: SearchQuery, limit: number): Facets {
  const { place } = query;
  const counted = query.reach.filter((kind) => kind !== 'unclear' || !query.reach.some(isServing));
  const facets = Object.fromEntries(FACET_NAMES.map((name): [string, Record<string, number>] => [name, {}])) as Facets;
  for (const candidate of candidates) {
    const { listing } = candidate;
    const failed = failuresOf(listing, query);
    // To choose a value changes one filter: what fails two is not there whatever is chosen.
    if (failed.length > 1) continue;
    const reached = reachWithin(candidate, limit);
    for (const [facet, value, chosen] of choicesOf(listing, query)) {
      if (!wouldFit(listing, failed, facet, chosen, query)) continue;
      // With more access asked for another venue may be the nearest, or none be near enough.
      const kind = facet === 'access' ? reachWithin(situationOf(listing, place, chosen.access), limit) : reached;
      if (kind !== null && counted.includes(kind)) facets[facet][value] = (facets[facet][value] ?? 0) + 1;
    }
  }
  return facets;
}

const fold = (name: string): string =>
  name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\u0591-\u05c7]/g, '');

/** How well a listing fits, in doublings; one that nobody has confirmed counts half, and so does one that takes nobody now. */
const levelOf = ({ listing, fit, isFull }: { listing: Listing; fit: number; isFull: boolean }): number =>
  Math.round(Math.log2(1 + fit * (listing.state === 'unconfirmed' ? 0.5 : 1) * (isFull ? 0.5 : 1)));

/** The best matches of all sections; none where they come first anyway, or where there are no others. */
function bestOf(ranked: readonly Reached[]): Reached[] {
  const matches = ranked.filter(({ isMatch, reach }) => isMatch && isServing(reach));
  const best = matches.toSorted((a, b) => levelOf(b) - levelOf(a)).slice(0, BEST);
  const isFirstSection = best.every(({ reach }) => reach === matches[0]?.reach);
  return matches.length <= BEST || isFirstSection ? [] : best;
}

/** The venue outside the circle that fits much better than all that is listed. */
function closerOf(fitting: readonly Candidate[], ranked: readonly Reached[], query: SearchQuery, limit: number) {
  const widest = chordOfMetres(20 * METRES_PER_MILE);
  if (query.place === null || !query.reach.includes('venue') || limit >= widest) return null;
  const least =
    MUCH_BETTER + Math.max(0, ...ranked.filter(({ isMatch, reach }) => isMatch && reach !== 'unclear').map(levelOf));
  const [closer] = fitting
    .filter(
      (it) =>
        it.isMatch && reachWithin(it, limit) === null && reachWithin(it, widest) === 'venue' && levelOf(it) >= least,
    )
    .map((it): Reached => ({ ...it, reach: 'venue', isNear: true }))
    .map((it) => ({ it, keys: [-levelOf(it), unmetWishes(it.listing, query), it.chord, it.listing.service.id] }))
    .sort((a, b) => compareKeys(a.keys, b.keys));
  return closer ? hitOf(closer.it, query) : null;
}

/** Whether it is measured: people go there, or it lies there for others. */
const isNearby = ({ served, isVisited, chord }: Situation, limit: number): boolean =>
  (isVisited || served === 'no') && chord <= limit;

/** How many of the filters said in words, and not in force, it fails; what they are is tested by itself (wishes.test.ts). */
const unmetWishes = (listing: Listing, query: SearchQuery): number =>
  wishedFilters(readWishes(query.q, query.today)).filter(
    (wish) =>
      Object.keys(wish).every((name) => !(name in query.filters)) &&
      failuresOf(listing, { ...query, filters: wish }).length > 0,
  ).length;

/** By what a hit stands where it does, the first key first. */
function keysOf(
  { listing, reach, size, chord, fit, isMatch, isFull, isNear }: Reached,
  query: SearchQuery,
  hasWords: boolean,
) {
  const { service, state } = listing;
  const isConfirmed = state !== 'unconfirmed';
  const sort = query.sort ?? 'relevance';
  const order = sort === 'relevance' && !hasWords ? 'distance' : sort;
  const byName = [fold(service.name), service.id];
  const first = [REACH_KINDS.indexOf(reach), isConfirmed ? 0 : 1];
  if (order === 'name' || (order === 'distance' && query.place === null)) return [...first, ...byName];
  if (order === 'checked')
    return [...first, isCheckedByPerson(listing) ? -Date.parse(service.assured_date) : 0, ...byName];
  const last = query.place !== null && isNear ? [chord, service.id] : byName;
  const area = reach === 'area' ? [size] : reach === 'unclear' ? [isNear ? 0 : 1] : [];
  if (order === 'distance') return [...first, ...area, ...last];
  const level = -levelOf({ listing, fit, isFull });
  return [isMatch ? 0 : 1, REACH_KINDS.indexOf(reach), level, unmetWishes(listing, query), ...area, ...last];
}

function compareKeys(a: readonly (number | string)[], b: readonly (number | string)[]): number {
  for (const [at, x] of a.entries()) {
    const y = b[at] as typeof x;
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}

function hitOf(it: Reached, { place }: SearchQuery): Hit {
  const { listing, reach, isMatch, served, area, chord, nearest } = it;
  const isMeasured = place !== null && it.isNear;
  return {
    id: listing.service.id,
    reach,
    match: isMatch ? 'words' : 'word_only',
    certain: served !== 'maybe' && served !== 'unknown',
    on_border: it.onBorder,
    area,
    distance_m: isMeasured ? Math.round(metresOfChord(chord)) : null,
    location_id: isMeasured || place === null ? nearest : null,
  };
}

/** What has none of the words and means something alike; nothing where enough matches. */
function relatedTo(
  listings: readonly Listing[],
  query: SearchQuery,
  { meant }: ReturnType<PlainText>,
  listed: readonly Candidate[],
  { matches, limit }: { matches: number; limit: number },
): Hit[] {
  if (meant === null || query.page > 1 || matches >= FEW_MATCHES) return [];
  const likenessOf = ({ service }: Listing) => meant.likeness.get(service.id) ?? 0;
  return listings
    .filter((listing) => likenessOf(listing) >= meant.least && !listed.some((it) => it.listing === listing))
    .filter((listing) => failuresOf(listing, query).length === 0)
    .flatMap((listing): Reached[] => {
      const situation = situationOf(listing, query.place, query.filters.access);
      const reach = reachWithin(situation, limit);
      if (reach === null || reach === 'not_serving' || !query.reach.includes(reach)) return [];
      return [
        {
          listing,
          fit: 0,
          isMatch: false,
          isNearBest: false,
          isFull: false,
          ...situation,
          reach,
          isNear: isNearby(situation, limit),
        },
      ];
    })
    .map((it) => ({ it, keys: [-likenessOf(it.listing), it.listing.service.id] }))
    .sort((a, b) => compareKeys(a.keys, b.keys))
    .slice(0, MOST_RELATED)
    .map(({ it }) => ({ ...hitOf(it, query), match: 'related' as const }));
}

/** What is for people elsewhere and is called what was typed; where nothing matches, what fits best. */
function elsewhereOf(
  listings: readonly Listing[],
  query: SearchQuery,
  { found, enough }: ReturnType<PlainText>,
  reached: readonly Reached[],
): Hit[] {
  if (query.place === null || query.page > 1 || query.reach.includes('not_serving')) return [];
  const fitOf = ({ service }: Listing) => found.get(service.id) ?? 0;
  const others = listings
    .filter((it) => fitOf(it) > 0 && enough.has(it.service.id) && failuresOf(it, query).length === 0)
    .map((listing) => ({ listing, ...situationOf(listing, query.place, query.filters.access) }))
    .filter(({ served }) => served === 'no');
  const best = Math.max(0, ...others.map(({ listing }) => fitOf(listing)));
  const fitting = others.filter(({ listing }) => fitOf(listing) >= best / LINE);
  const words = (text: string) =>
    new Set(
      tokens(text)
        .filter((word) => !isStopWord(word))
        .map(stem),
    );
  const typed = words(query.q);
  const isCalled = ({ listing: { service } }: { listing: Listing }) => {
    const name = words(service.name);
    return [...typed].every((word) => name.has(word)) && typed.size > name.size / 2;
  };
  const isAnswered = reached.some(({ isMatch, reach }) => isMatch && isServing(reach));
  const shown = isAnswered ? (fitting.length > 50 ? [] : fitting.filter(isCalled)) : fitting;
  return shown
    .map((it) => ({ it, keys: [-fitOf(it.listing), it.listing.service.id] }))
    .sort((a, b) => compareKeys(a.keys, b.keys))
    .slice(0, MOST_ELSEWHERE)
    .map(({ it }) =>
      hitOf(
        {
          ...it,
          fit: 0,
          isMatch: true,
          isNearBest: true,
          isFull: false,
          reach: 'not_serving',
          isNear: it.nearest !== null,
        },
        query,
      ),
    );
}

/** The words that none of the first listings has. */
function asideOf({ wanted, lacks }: ReturnType<PlainText>, first: readonly Reached[]): string[] {
  const lackedBy = (word: string, { listing }: Reached) => lacks.get(listing.service.id)?.includes(word);
  return first.length === 0 ? [] : wanted.filter((word) => first.every((it) => lackedBy(word, it)));
}

/** The answer to a query over some listings. */
export function referenceAnswer(all: readonly Listing[], query: SearchQuery, plainText: PlainText): SearchAnswer {
  const listings = all.filter(isPublic);
  const text = plainText(listings, query.q);
  const candidates = candidatesOf(listings, query, text);
  const fitting = candidates.filter(({ listing }) => failuresOf(listing, query).length === 0);
  const radius = radiusFor(query, fitting);
  const limit = chordOfMetres(radius ?? 0);
  const reached = fitting.flatMap((it): Reached[] => {
    const reach = reachWithin(it, limit);
    return reach === null ? [] : [{ ...it, reach, isNear: isNearby(it, limit) }];
  });
  const ranked = reached
    .filter(({ reach }) => query.reach.includes(reach))
    .map((it) => ({ it, keys: keysOf(it, query, text.hasWords) }))
    .sort((a, b) => compareKeys(a.keys, b.keys))
    .map(({ it }) => it);
  const isByRelevance = text.hasWords && (query.sort ?? 'relevance') === 'relevance';
  const best = isByRelevance ? bestOf(ranked) : [];
  const inOrder = [...best, ...ranked.filter((it) => !best.includes(it))];
  const from = (query.page - 1) * query.per_page;
  const { each } = query;
  const listed =
    each === undefined
      ? inOrder.slice(from, from + query.per_page)
      : inOrder.filter((it) => ranked.filter(({ reach }) => reach === it.reach).indexOf(it) < each);
  const aside = isByRelevance && query.page === 1 ? asideOf(text, listed.slice(0, FIRST)) : [];
  const isAnswered = ranked.some(({ isMatch }) => isMatch);
  const left =
    aside.length > 0
      ? text.wanted.filter((word) => !aside.includes(word)).join(' ') || null
      : text.missing.length > 0
        ? text.searched_for
        : null;
  const toTheOthers =
    isByRelevance && query.page === 1 && !isAnswered && left
      ? referenceAnswer(all, { ...query, q: left }, plainText)
      : null;
  const kept = (toTheOthers?.hits ?? [])
    .filter(({ match }) => match === 'words')
    .map((hit) => ({ ...hit, match: 'kept' as const }));
  const others = listed.filter(({ listing: { service } }) => !kept.some(({ id }) => id === service.id));
  return {
    radius_m: query.place ? radius : null,
    radius_auto: query.place !== null && query.radius_m === null,
    totals: Object.fromEntries(
      REACH_KINDS.map((kind) => [kind, reached.filter(({ reach }) => reach === kind).length]),
    ) as Record<ReachKind, number>,
    matched: Object.fromEntries(
      REACH_KINDS.map((kind) => [kind, reached.filter(({ reach, isMatch }) => isMatch && reach === kind).length]),
    ) as Record<ReachKind, number>,
    best: listed.filter((it) => best.includes(it)).length,
    related: isByRelevance
      ? relatedTo(listings, query, text, candidates, {
          matches: ranked.filter(({ isMatch, reach }) => isMatch && isServing(reach)).length,
          limit,
        })
      : [],
    elsewhere: text.hasWords ? elsewhereOf(listings, query, text, reached) : [],
    closer: isByRelevance ? closerOf(fitting, ranked, query, limit) : null,
    hits: [...kept, ...others.map((it) => hitOf(it, query))].slice(0, Math.max(kept.length, listed.length)),
    facets: facetsOf(candidates, query, limit),
    counts: expect.anything(),
    searched_for: text.searched_for,
    did_you_mean: text.did_you_mean,
    missing: text.missing,
    set_aside: aside,
    kept: left,
    page: query.page,
    per_page: query.per_page,
    total: ranked.length,
  };
}

/** Fails where two answers differ. Node compares first: `toEqual` takes longer than the engine and the reference together. */
export function expectSame(answer: SearchAnswer, expected: SearchAnswer, query: SearchQuery): void {
  // How the counts are held is the engine's own; what they come to is among the facets.
  const seen = (it: SearchAnswer) => ({ ...it, counts: null });
  if (!isDeepStrictEqual(seen(answer), seen(expected))) expect(answer, JSON.stringify(query)).toEqual(expected);
}
