import { beforeAll, expect, test } from 'vitest';
import { group, harvested, type Taken } from './front-door.ts';

/** A search finds what is in the name, however it is spelt there, and does not say that it looked for something else. */

const SEARCHES: readonly (readonly [typed: string, name: string])[] = [
  ['pop-in', 'Pop-in club Elmbury'],
  ['OCD/BDD', 'OCD/BDD circle Elmbury'],
  ['walk-in clinic', 'Walk-in clinic Elmbury'],
  ['hard of seeing', 'Hard of seeing club Elmbury'],
  ['CA', 'C.A. meeting Elmbury'],
  ['C.O.P.D.', 'COPD singers Elmbury'],
  ['saint peters', 'St. Peter’s lunch Elmbury'],
  ['st oswalds', 'Saint Oswald’s supper Elmbury'],
  ['womens aid', 'Women’s aid talk Elmbury'],
  ['mums & babies', 'Mums and babies Elmbury'],
  ['over 50s', 'Over-50s dance Elmbury'],
];

let feed: Taken;
beforeAll(async () => {
  feed = await harvested(SEARCHES.map(([, name]) => group(name, { description: 'Every week.' })));
});

test.each(SEARCHES)('%s finds %s', async (typed, name) => {
  const answer = await feed.signpost.api.request(`/api/v1/search?q=${encodeURIComponent(typed)}`);
  const { results, searched_for, missing } = (await answer.json()) as {
    results: { service: { name: string } }[];
    searched_for: string | null;
    missing: string[];
  };
  expect(results.slice(0, 3).map(({ service }) => service.name)).toContain(name);
  expect([searched_for, missing]).toEqual([null, []]);
});
