import { beforeAll, describe, expect, test } from 'vitest';
import { group, harvested, type Taken } from './cases/front-door.ts';

/**
 * Listings of which nobody knows where people must live, and listings that are for people elsewhere: each is found, says
 * so, and counts as no answer.
 */

const area = (...names: string[]) => ({ service_areas: names.map((name) => ({ name })) });
/** A phone line: no venue, so that it is found by its area alone. */
const line = { service_at_locations: [], attending_type: 'phone' };

const CLEAR = 'Tinnitus café';
const UNSAID = 'Tinnitus club';
const UNREAD = 'Tinnitus hour';
const UNSAID_LINE = 'Zither helpline';
const ELSEWHERE = 'Quilting by telephone';
const HACKNEY_LINE = 'Whittling by telephone';

interface Result {
  service: { name: string; id: string };
  reach: { kind: string; certain: boolean; why: string };
  match: string;
  distance_m: number | null;
}
interface Answer {
  totals: Record<string, number>;
  matches: Record<string, number>;
  radius: { miles: number; automatic: boolean };
  results: Result[];
  elsewhere: Result[];
  ways_out: unknown[];
  page: { total: number };
  facets: Record<string, { value: string; count: number }[]>;
}

let taken: Taken;
beforeAll(async () => {
  taken = await harvested([
    group(CLEAR, area('Hackney')),
    group(UNSAID, {}),
    group(UNREAD, area('Our patch')),
    group(UNSAID_LINE, line),
    group(ELSEWHERE, { ...line, ...area('Bristol', 'City of London') }),
    group(HACKNEY_LINE, { ...line, ...area('Hackney') }),
  ]);
});

const ask = async (query: string): Promise<Answer> => {
  const answer = await taken.signpost.api.request(`/api/v1/search?${query}`);
  expect(answer.status).toBe(200);
  return answer.json() as Promise<Answer>;
};
const named = ({ results }: Answer, name: string) => results.find(({ service }) => service.name === name);
const kinds = ({ results }: Answer) => results.map(({ reach }) => reach.kind);

describe('where nobody knows where people must live', () => {
  test('it is shown after what serves, says whom to ask, and counts as nothing', async () => {
    const answer = await ask('postcode=E8%201');
    expect(named(answer, CLEAR)?.reach.kind).toBe('venue');
    expect(named(answer, UNSAID)?.reach).toEqual({
      kind: 'unclear',
      certain: false,
      why: 'Listed by Elsewhere; ask whether it takes people from E8',
    });
    expect(named(answer, UNREAD)?.reach).toEqual({
      kind: 'unclear',
      certain: false,
      why: 'For ‘Our patch’, says Elsewhere; ask whether it takes people from E8',
    });
    expect(named(answer, UNSAID)?.distance_m).toBeTypeOf('number');
    expect(answer.totals).toEqual({ venue: 1, area: 0, remote: 1, unclear: 3, not_serving: 0 });
    expect(kinds(answer)).toEqual(['venue', 'remote', 'unclear', 'unclear', 'unclear']);
    // What is near comes first, then what is had from anywhere.
    expect(answer.results.at(-1)?.service.name).toBe(UNSAID_LINE);
  });

  test('no facet counts it beside what serves; alone it is counted and listed', async () => {
    const counted = async (query: string) =>
      (await ask(query)).facets['mode']?.find(({ value }) => value === 'in_person')?.count;
    expect(await counted('postcode=E8%201')).toBe(1);
    expect(await counted('postcode=E8%201&reach=venue,unclear')).toBe(1);
    expect(await counted('postcode=E8%201&reach=unclear')).toBe(2);
    const alone = await ask('postcode=E8%201&reach=unclear');
    expect(kinds(alone)).toEqual(['unclear', 'unclear', 'unclear']);
    expect(alone.page.total).toBe(3);
  });

  test('it never makes a circle of its own', async () => {
    // With two venues near at hand and three to ask, no circle holds ten that serve.
    expect((await ask('postcode=E8%201')).radius).toEqual({ miles: 20, metres: expect.any(Number), automatic: true });
  });

  test.each([UNSAID, UNREAD, UNSAID_LINE])(
    '%s is found by its name, also where it is all that has it',
    async (name) => {
      const answer = await ask(`postcode=E8%201&q=${encodeURIComponent(name)}`);
      expect(named(answer, name)).toMatchObject({ match: 'words', reach: { kind: 'unclear' } });
    },
  );

  test('what has the words and is unclear does not stand for an answer', async () => {
    const answer = await ask('postcode=E8%201&q=zither');
    const { venue, area, remote, unclear } = answer.matches;
    expect({ venue, area, remote, unclear }).toEqual({ venue: 0, area: 0, remote: 0, unclear: 1 });
    // There are ways out, as where nothing is found.
    expect(answer.ways_out.length).toBeGreaterThan(0);
  });

  test('without a place nothing is unclear: nobody has asked for whom', async () => {
    const answer = await ask('q=tinnitus');
    expect(answer.totals['unclear']).toBe(0);
    expect(named(answer, UNSAID)?.reach).toMatchObject({
      kind: 'venue',
      why: 'Listed by Elsewhere; ask whether it takes people from where you live',
    });
  });

  test('downloads say how each stands', async () => {
    const csv = await taken.signpost.api.request('/api/v1/search.csv?postcode=E8%201');
    const text = await csv.text();
    expect(text).toMatch(/distance in miles,reach,why/);
    expect(text).toMatch(/unclear,Listed by Elsewhere; ask whether it takes people from E8/);
    const points = await taken.signpost.api.request('/api/v1/search.geojson?postcode=E8%201&reach=unclear');
    const { features } = (await points.json()) as { features: { properties: { reach: string; why: string } }[] };
    expect(features.map(({ properties }) => properties.reach)).toEqual(['unclear', 'unclear']);
  });

  test('Open Referral UK leaves it out of what serves a place, and says so', async () => {
    const { api } = taken.signpost;
    const answer = await api.request('/api/openreferral/v3/services?postcode=E8%201&per_page=100');
    const { contents } = (await answer.json()) as { contents: { name: string }[] };
    const names = contents.map(({ name }) => name);
    expect(names).toContain(CLEAR);
    for (const name of [UNSAID, UNREAD, UNSAID_LINE]) expect(names).not.toContain(name);
    const described = await (await api.request('/api/openreferral/v3/openapi.json')).text();
    expect(described).toContain('what does not say where people must live is left out');
  });

  test('the description of the API names it, and help for now', async () => {
    const text = await (await taken.signpost.api.request('/api/v1/openapi.json')).text();
    expect(text).toMatch(/`unclear` for those that may serve the place or not/);
    expect(text).toContain('"enum":["venue","area","remote","unclear","not_serving"]');
    expect(text).toMatch(/"urgent":\{[^}]*"type":"array"/);
  });

  test('a place beside it has the same answer', async () => {
    const { service } = await taken.answer(UNSAID_LINE);
    const answer = await taken.signpost.api.request(`/api/v1/services/${service.id}/reach?postcode=TR1`);
    expect(((await answer.json()) as Result).reach).toEqual({
      kind: 'unclear',
      certain: false,
      why: 'Listed by Elsewhere; ask whether it takes people from TR1',
    });
  });
});

describe('what is for people elsewhere by its area alone', () => {
  test('is found by its name and said to be for there, and is no answer', async () => {
    const answer = await ask(`postcode=E8%201&q=${encodeURIComponent(ELSEWHERE)}`);
    expect(answer.elsewhere.map(({ service, reach }) => [service.name, reach])).toEqual([
      [ELSEWHERE, { kind: 'not_serving', certain: true, why: 'Listed, but for Bristol and City of London' }],
    ]);
    expect(named(answer, ELSEWHERE)).toBeUndefined();
    expect(answer.totals['not_serving']).toBe(0);
  });

  test.each(['quilting', 'telephone quilting'])('‘%s’ finds it too', async (words) => {
    const { elsewhere } = await ask(`postcode=E8%201&q=${encodeURIComponent(words)}`);
    expect(elsewhere.map(({ service }) => service.name)).toEqual([ELSEWHERE]);
  });

  test('where something that serves matches, only what is called so is named', async () => {
    const about = await ask('postcode=E8%201&q=telephone');
    expect(named(about, HACKNEY_LINE)?.reach.kind).toBe('remote');
    expect(about.elsewhere).toEqual([]);
    const from = await ask(`postcode=TR1&q=${encodeURIComponent(HACKNEY_LINE)}`);
    expect(from.elsewhere.map(({ reach }) => reach.why)).toEqual(['Listed, but for Hackney']);
  });

  test('no words, no place, or asked for with those that do not serve: nothing is named', async () => {
    for (const query of ['postcode=E8%201', 'q=quilting', 'postcode=E8%201&q=quilting&reach=not_serving'])
      expect((await ask(query)).elsewhere).toEqual([]);
  });
});
