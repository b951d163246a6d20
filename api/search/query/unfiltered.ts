import { NOT_SERVED } from '../geo/areas.ts';
import type { Around } from '../geo/around.ts';
import { runsOf } from '../geo/grid.ts';
import { areasOf } from '../packed/row.ts';
import type { Group } from '../segment/segment.ts';
import { countBlocks } from '../segment/sums.ts';
import type { Tally } from './count.ts';
import { NOT_SERVING, VENUE } from './prepared-query.ts';
import type { Survey } from './segment-query.ts';

/** Counting what lies in a circle where neither words nor filters were given. */

/** A group in the circle of which all stand in the same way, without filters: by sums. */
export function addSums(tally: Tally, survey: Survey, group: Group, way: number, around: Around): void {
  const { segment, ask } = survey;
  const counted = ask.asked[way] === true;
  const { runs } = group.grid;
  const written = runsOf(group.grid, around.circle);
  for (let run = 0; run < written; run += 4) {
    const innerFrom = runs[run + 1]!;
    const innerTo = runs[run + 2]!;
    addMeasured(tally, survey, runs[run]!, innerFrom, way, around.chord);
    // Where facets are not asked for, the number of listings is all there is to know.
    const [from, to] = counted ? countBlocks(segment.sums, innerFrom, innerTo, tally.counter) : [innerFrom, innerTo];
    addMeasured(tally, survey, innerFrom, from, way, Number.POSITIVE_INFINITY);
    tally.totals[way]! += to - from;
    if (way === VENUE) survey.unseen += to - from;
    if (segment.deaths > 0)
      for (let k = segment.firstDead(from); k < segment.deadListings.length; k++) {
        if (segment.deadListings[k]! >= to) break;
        tally.count(survey, segment.deadListings[k]!, way, -1);
      }
    addMeasured(tally, survey, to, innerTo, way, Number.POSITIVE_INFINITY);
    addMeasured(tally, survey, innerTo, runs[run + 3]!, way, around.chord);
  }
}

/** A group in the circle of which each must be asked, without filters. */
export function addAsked(tally: Tally, survey: Survey, group: Group, around: Around): void {
  const { dead, deaths, standings, width } = survey.segment;
  const { answers } = survey.ask.serving;
  const [venuesAsked, othersAsked] = [survey.ask.asked[VENUE], survey.ask.asked[NOT_SERVING]];
  const { runs } = group.grid;
  const written = runsOf(group.grid, around.circle);
  let venues = 0;
  let others = 0;
  for (let run = 0; run < written; run += 4) {
    const innerFrom = runs[run + 1]!;
    const innerTo = runs[run + 2]!;
    const to = runs[run + 3]!;
    for (let listing = runs[run]!; listing < to; listing++) {
      if ((listing < innerFrom || listing >= innerTo) && survey.chordTo(listing) > around.chord) continue;
      if (deaths > 0 && dead[listing] !== 0) continue;
      if (answers[areasOf(standings[listing]!)] !== NOT_SERVED) {
        venues++;
        survey.noteVenue(listing);
        if (venuesAsked) tally.counter.add(listing * width);
      } else {
        others++;
        if (othersAsked) tally.counter.add(listing * width);
      }
    }
  }
  tally.totals[VENUE]! += venues;
  tally.totals[NOT_SERVING]! += others;
}

/** Listings one by one, without filters. */
function addMeasured(tally: Tally, survey: Survey, from: number, to: number, way: number, chord: number): void {
  const { dead, deaths, width } = survey.segment;
  const { counter } = tally;
  const counted = survey.ask.asked[way] === true;
  let count = 0;
  for (let listing = from; listing < to; listing++) {
    if (chord !== Number.POSITIVE_INFINITY && survey.chordTo(listing) > chord) continue;
    if (deaths > 0 && dead[listing] !== 0) continue;
    count++;
    if (way === VENUE) survey.noteVenue(listing);
    if (counted) counter.add(listing * width);
  }
  tally.totals[way]! += count;
}
