import type { List } from '../segment/segment.ts';
import { farKey } from '../text/merged.ts';
import type { Tally } from './count.ts';
import { NOT_SERVING, VENUE } from './prepared-query.ts';
import { Survey } from './segment-query.ts';
import type { Worded } from './text-matches.ts';

/** Counting what is the same wherever one searches from: lists by set of areas, and everything where no place is named. */

/** A list that is worth remembering what filters make of it. */
const WORTH_REMEMBERING = 48;

/**
 * Counts the listings that serve the place from anywhere.
 * @param summed whether there are no filters, so that sums known beforehand will do
 */
export function addLists(tally: Tally, survey: Survey, summed: boolean): void {
  const { lists } = survey.segment;
  for (const set of survey.ask.serving.sets) {
    const area = lists.area.get(set);
    if (area !== undefined) addList(tally, survey, area, 1, summed);
    const remote = lists.remote.get(set);
    if (remote !== undefined) addList(tally, survey, remote, 2, summed);
  }
}

function addList(tally: Tally, survey: Survey, list: List, way: number, summed: boolean): void {
  const { listings, deaths, sums } = list;
  if (!summed) {
    addFiltered(tally, survey, list, way);
  } else if (sums === null) {
    addEach(tally, survey, listings, way);
  } else {
    tally.totals[way]! += listings.length - deaths;
    if (survey.ask.asked[way]) tally.counter.addBits(sums);
  }
}

function addEach(tally: Tally, survey: Survey, listings: Uint32Array, way: number): void {
  const { dead } = survey.segment;
  for (let k = 0; k < listings.length; k++) if (dead[listings[k]!] === 0) tally.count(survey, listings[k]!, way, 1);
}

/**
 * What is open to everybody is the same wherever one searches from, and there may be tens of thousands of it. So what the
 * filters make of a long list is remembered.
 */
function addFiltered(tally: Tally, survey: Survey, { number, listings }: List, way: number): void {
  if (listings.length < WORTH_REMEMBERING) addEach(tally, survey, listings, way);
  else addRemembered(tally, survey, way, `list ${number}`, (apart, all) => addEach(apart, all, listings, way));
}

/** Counts what has any of the words and serves the place from anywhere. */
export function addFar(tally: Tally, survey: Survey, worded: Worded): void {
  const { dead } = survey.segment;
  for (const set of survey.ask.serving.sets)
    for (let way = 1; way <= 2; way++) {
      const far = worded.list.far.get(farKey(set, way));
      const well = far === undefined ? 0 : worded.wellOf(far);
      const add = (to: Tally, asking: Survey): void => {
        for (let k = 0; k < well; k++) if (dead[far!.listings[k]!] === 0) to.count(asking, far!.listings[k]!, way, 1);
      };
      if (well < WORTH_REMEMBERING) add(tally, survey);
      else addRemembered(tally, survey, way, `${far!.number} up to ${well}`, add);
    }
}

/** Without a place all is counted, and the same for everybody. */
export function addEverywhere(tally: Tally, survey: Survey): void {
  const { size, dead } = survey.segment;
  for (let way = VENUE; way <= NOT_SERVING; way++)
    addRemembered(tally, survey, way, `all of way ${way}`, (apart, all) => {
      for (let listing = 0; listing < size; listing++)
        if (dead[listing] === 0 && all.way(listing, 0) === way) apart.count(all, listing, way, 1);
    });
}

/** @param what is counted: the same for the same listings of a segment */
function addRemembered(
  tally: Tally,
  survey: Survey,
  way: number,
  what: string,
  count: (apart: Tally, all: Survey) => void,
): void {
  const { segment, ask } = survey;
  const { filter, asked } = ask;
  const known = segment.remembered.get(`${filter.number} ${what}`, () => {
    const apart = tally.another();
    apart.counter.begin(segment.rows, segment.width, filter);
    count(apart, new Survey(segment, { ...ask, asked: asked.map(() => true) }));
    return { total: apart.totals[way]!, bits: apart.counter.allBits() };
  });
  tally.totals[way]! += known.total;
  if (asked[way]) tally.counter.addBits(known.bits);
}
