import { isServing, REACH_KINDS } from '../../domain/reach.ts';
import { areaLabel } from '../../domain/service-area.ts';
import { NOT_SERVED, SERVED } from '../geo/area-sets.ts';
import { chordOfMetres, metresOfChord } from '../geo/distance.ts';
import type { SearchCircle } from '../geo/search-circle.ts';
import { AREAS } from '../packed/row.ts';
import { AUTOMATIC_RADII_MILES, type Hit, METRES_PER_MILE, type SearchQuery } from '../types.ts';
import { NO_REACH, NOT_SERVING, type PreparedQuery, UNCLEAR, VENUE } from './prepared-query.ts';
import { compareRanked, firstListings, levelOfFit, levelOfMatch, type RankedListing, venueMatch } from './ranking.ts';
import type { SegmentQuery } from './segment-query.ts';

/** What of an answer is shown, in which order. */

/** So many of the best matches come before the sections. */
const BEST = 3;
/** A match farther off must fit so many doublings better than all that is listed to be named. */
const MUCH_BETTER = 2;
const WIDEST_CHORD = chordOfMetres(AUTOMATIC_RADII_MILES.at(-1)! * METRES_PER_MILE);

/** What a query has found and counted. */
export interface Counted {
  prepared: PreparedQuery;
  queries: readonly SegmentQuery[];
  circle: SearchCircle | null;
  /** By the number of the reach: how many there are, and how many of them match the words. */
  byReach: Int32Array;
  matched: Int32Array;
  /** The numbers of the kinds of reach that are asked for, in their order. */
  listed: readonly number[];
}

/** Some listings of a section, from one place in its order up to another. */
interface Stretch {
  reach: number;
  from: number;
  to: number;
}

interface InSection {
  reach: number;
  ranked: RankedListing;
}

/** The sections of an answer, each read as far as it is needed. */
export class Sections {
  readonly counted: Counted;
  readonly #heads: RankedListing[][] = REACH_KINDS.map(() => []);

  constructor(counted: Counted) {
    this.counted = counted;
  }

  get areByRelevance(): boolean {
    return this.counted.prepared.order === 'relevance';
  }

  /** The first listings of a section, `upTo` where it has so many. */
  head(reach: number, upTo: number): readonly RankedListing[] {
    const { prepared, queries, circle, byReach } = this.counted;
    const total = byReach[reach]!;
    const wanted = Math.min(total, upTo);
    if (this.#heads[reach]!.length < wanted) {
      const heads = queries.map((each) => firstListings(each, reach, circle, wanted, total));
      this.#heads[reach] = (heads.length === 1 ? heads[0]! : heads.flat().sort(compareRanked(prepared, reach))).slice(
        0,
        wanted,
      );
    }
    return this.#heads[reach]!;
  }

  /**
   * The best matches of all sections, the first in the order of each; none where they would come first anyway, or where
   * there are no others.
   */
  best(): InSection[] {
    const { matched, listed } = this.counted;
    const reaches = listed.filter((reach) => isServing(REACH_KINDS[reach]!) && matched[reach]! > 0);
    const all = reaches.reduce((sum, reach) => sum + matched[reach]!, 0);
    if (!this.areByRelevance || reaches.length < 2 || all <= BEST) return [];
    const best = reaches
      .flatMap((reach) =>
        this.head(reach, Math.min(BEST, matched[reach]!))
          .slice(0, Math.min(BEST, matched[reach]!))
          .map((ranked): InSection => ({ reach, ranked })),
      )
      .sort((a, b) => levelOfMatch(b.ranked) - levelOfMatch(a.ranked))
      .slice(0, BEST);
    return best.every(({ reach }) => reach === reaches[0]) ? [] : best;
  }
}

/**
 * The hits of a page: the best matches, wherever they are; what else matches, section by section; and what only shares a
 * word with what was typed. In another order than by relevance it is the sections alone.
 */
export function pageOf(query: SearchQuery, sections: Sections): { hits: Hit[]; best: number } {
  const { byReach, matched, listed } = sections.counted;
  const best = sections.best();
  const among = (reach: number) => best.filter((one) => one.reach === reach).length;
  const stretches: Stretch[] = sections.areByRelevance
    ? [
        ...listed.map((reach) => ({ reach, from: among(reach), to: matched[reach]! })),
        ...listed.map((reach) => ({ reach, from: matched[reach]!, to: byReach[reach]! })),
      ]
    : listed.map((reach) => ({ reach, from: 0, to: byReach[reach]! }));
  const found: InSection[] = [];
  const take = ({ reach, from, to }: Stretch) => {
    for (const ranked of sections.head(reach, to).slice(from, to)) found.push({ reach, ranked });
  };
  if (query.each !== undefined) {
    const { each } = query;
    const taken = new Int32Array(REACH_KINDS.length);
    for (const one of best) if (taken[one.reach]!++ < each) found.push(one);
    const shown = found.length;
    for (const { reach, from, to } of stretches) take({ reach, from, to: Math.min(to, each) });
    return { hits: found.map((one) => hitForWords(sections.counted, one)), best: shown };
  }
  let skipped = (query.page - 1) * query.per_page;
  let wanted = query.per_page;
  found.push(...best.slice(skipped, skipped + wanted));
  const shown = found.length;
  wanted -= shown;
  skipped = Math.max(0, skipped - best.length);
  for (const { reach, from, to } of stretches) {
    if (wanted <= 0) break;
    const first = Math.min(to, from + skipped);
    const last = Math.min(to, first + wanted);
    skipped -= first - from;
    wanted -= last - first;
    if (last > first) take({ reach, from: first, to: last });
  }
  return { hits: found.map((one) => hitForWords(sections.counted, one)), best: shown };
}

/**
 * The venue outside the circle that matches the words much better than all that is listed, the nearest of the best; null
 * where there is none.
 */
export function closerMatch(sections: Sections): Hit | null {
  const { prepared, queries, circle, matched, listed } = sections.counted;
  if (circle === null || circle.chord >= WIDEST_CHORD || !sections.areByRelevance || !listed.includes(VENUE))
    return null;
  const heads = listed.flatMap((reach) =>
    reach !== UNCLEAR && matched[reach]! > 0 ? sections.head(reach, 1).slice(0, 1) : [],
  );
  const least = MUCH_BETTER + Math.max(0, ...heads.map(levelOfMatch));
  let best: RankedListing | null = null;
  for (const query of queries) {
    const { lineRank, list } = query.matches!;
    const { listings, ranks, fits, byRank } = list;
    for (let k = 0; k < byRank.length; k++) {
      const place = byRank[k]!;
      const listing = listings[place]!;
      const fit = fits[ranks[place]!]!;
      if (ranks[place]! >= lineRank || levelOfFit(fit) < (best === null ? least : levelOfMatch(best))) break;
      if (!query.fits(listing) || query.reachOf(listing, circle.chord) !== NO_REACH) continue;
      if (!query.serves(listing, WIDEST_CHORD)) continue;
      const ranked = venueMatch(query, listing, fit);
      if (levelOfMatch(ranked) < least || ranked.second > WIDEST_CHORD) continue;
      if (best === null || compareRanked(prepared, VENUE)(ranked, best) < 0) best = ranked;
    }
  }
  return best && hitForWords(sections.counted, { reach: VENUE, ranked: best });
}

/** A hit for the words: a match, or what only shares a word. */
function hitForWords(counted: Counted, { reach, ranked: { query, listing } }: InSection): Hit {
  const isMatch = query.matches === null || query.matches.isMatch(listing);
  return hitOf(counted, reach, query, listing, isMatch ? 'words' : 'word_only');
}

/** What an answer says of a listing that was found. */
export function hitOf(
  { prepared, circle }: Counted,
  reach: number,
  query: SegmentQuery,
  listing: number,
  match: Hit['match'],
): Hit {
  const { segment } = query;
  const set = segment.rows[listing * segment.width + AREAS]!;
  const answer = prepared.serving.answers[set] ?? NOT_SERVED;
  const area = answer === NOT_SERVED ? null : prepared.serving.areaOf(set);
  const measured =
    prepared.origin !== null &&
    (reach === VENUE || reach === NOT_SERVING || (reach === UNCLEAR && query.isVisitedWithin(listing, circle)));
  const point = measured ? query.nearestPoint(listing) : query.mainPoint(listing);
  return {
    id: segment.ids.at(listing),
    reach: REACH_KINDS[reach]!,
    match,
    certain: answer === SERVED || reach === NOT_SERVING,
    on_border: answer !== NOT_SERVED && prepared.serving.isOnBorder(set),
    area: area && areaLabel(area),
    distance_m: measured && point >= 0 ? Math.round(metresOfChord(query.chordTo(point))) : null,
    location_id: (measured || prepared.origin === null) && point >= 0 ? segment.locationIds.at(point) : null,
  };
}
