import { expect, test } from 'vitest';
import { createApi } from '../../api/app.ts';
import { createDirectory } from '../../api/directory/directory.ts';
import { openIndex } from '../../api/directory/open-index.ts';
import { today } from '../../api/domain/london.ts';
import { createGeocoder } from '../../api/geocode/geocoder.ts';
import { readSettings } from '../../api/runtime/settings.ts';
import { readVocabulary } from '../../api/search/text/vocabulary.ts';
import { seedClinical } from '../../api/store/clinical-seed.ts';
import { findListing } from '../../api/store/listings.ts';
import { openStore } from '../../api/store/open.ts';
import { seedExamples } from '../../api/store/seed.ts';
import { openUrgentHelp } from '../../api/urgent/urgent.ts';
import type { SearchResult } from '../../site/lib/api.ts';
import { cardFacts } from '../../site/lib/card-facts.ts';
import type { Gathering } from '../../site/lib/gather-links.ts';
import { keptCardFacts, resultCard } from '../../site/lib/result-card.ts';
import { VOCABULARY } from '../api/search/generated.ts';
import { NOW } from '../helpers/clock.ts';

/** The cards of results: what is kept of them is what would be written now. */

const SEARCHES = [
  'lat=51.5467&lng=-0.0661&radius=5&per_page=100',
  'lat=51.5467&lng=-0.0661&radius=5&per_page=100&day=WE&reach=venue,area,remote,not_serving',
  'lat=50.91&lng=-1.4&radius=20&per_page=100&q=walking',
  'kind=clinical&per_page=100',
];
const MOMENTS = [NOW, '2026-11-21T23:59:59Z', '2026-11-22T00:00:01Z', '2026-11-24T10:45:00Z', '2027-03-01T09:00:00Z'];
const NOTHING: Gathering = {
  ids: [],
  full: false,
  hrefWith: (id) => `/search?list=${id}`,
  hrefWithout: () => '/search',
  handout: '/handout',
};

function setUp() {
  const db = openStore(':memory:');
  let moment = new Date(NOW);
  const now = () => moment;
  seedExamples(db, now());
  seedClinical(db, now());
  const { index, follower } = openIndex(db, readVocabulary(VOCABULARY));
  const geocoder = createGeocoder({ db, postcodesIoUrl: null, towns: () => index.towns() });
  const secret = new Uint8Array(32).fill(7);
  const api = createApi({ db, index, geocoder, secret, settings: readSettings({}), now, urgent: openUrgentHelp(null) });
  return {
    db,
    directory: createDirectory({ db, index, now, follower }),
    goTo: (time: string) => {
      moment = new Date(time);
    },
    results: async (search: string) => {
      const answer = await api.request(`/api/v1/search?${search}`);
      if (!answer.ok) throw new Error(await answer.text());
      return ((await answer.json()) as { results: SearchResult[] }).results;
    },
    day: () => today(now()),
  };
}

const { db, directory, goTo, results, day } = setUp();

const card = (result: SearchResult, day: string, factsOf?: typeof cardFacts, gathering = NOTHING) =>
  resultCard({ result, today: day, carry: 'near=abc', approximate: true }, gathering, factsOf).toString();

test('a card that is kept is the one that would be written, from wherever and whenever it is asked for', async () => {
  const seen = new Set<string>();
  const compare = async () => {
    for (const search of SEARCHES)
      for (const result of await results(search)) {
        const anew = card(result, day(), cardFacts);
        expect(card(result, day())).toBe(anew);
        seen.add(anew);
      }
  };
  for (const moment of MOMENTS) {
    goTo(moment);
    await compare();
    await compare();
  }
  goTo(NOW);
  const [first] = await results(SEARCHES[0] ?? '');
  const listing = findListing(db, first?.service.id ?? '');
  if (!first || !listing) throw new Error('The example directory has nothing in Hackney.');
  const renamed = { ...listing.service, name: 'Tea & <b>talk</b>', summary: 'Another summary' };
  directory.change((save) =>
    save({ services: [{ service: renamed, state: listing.state }] }, { action: 'edited', role: 'moderator' }),
  );
  await compare();
  expect([...seen].some((it) => it.includes('Tea &amp; &lt;b&gt;talk&lt;/b&gt;</a>'))).toBe(true);
  expect(seen.size).toBeGreaterThan(100);
});

test('nothing of who asks is in what is kept', async () => {
  for (const result of await results(SEARCHES[1] ?? '')) {
    const { service, next_session, reach, distance_m } = result;
    const kept = Object.values(keptCardFacts(service, next_session, day())).join('');
    expect(kept).not.toContain('near=');
    if (distance_m !== null) expect(kept).not.toContain(' away</span>');
    if (reach.kind !== 'venue') expect(kept).not.toContain(reach.why);
  }
});

test('what is gathered, full, or not for this address has its own link', async () => {
  const all = await results(SEARCHES[1] ?? '');
  const elsewhere = all.find(({ reach }) => reach.kind === 'not_serving');
  const open = all.find(({ reach }) => reach.kind === 'venue');
  if (!elsewhere || !open) throw new Error('The example directory has none of a kind.');
  const { id, name } = open.service;
  expect(card(open, day())).toContain(`href="/search?list=${id}" rel="nofollow" data-gather>Add to handout<`);
  expect(card(elsewhere, day())).toContain(`</summary> ${elsewhere.reach.why}, so not for this address.`);
  const gathered = card(open, day(), cardFacts, { ...NOTHING, ids: [id] });
  expect(gathered).toContain('href="/search" rel="nofollow" data-gather>Remove<');
  expect(gathered).toContain(name.replaceAll("'", '&#39;').replaceAll('&', '&amp;'));
  const ten = Array.from({ length: 10 }, (_, at) => `another ${at}`);
  expect(card(open, day(), cardFacts, { ...NOTHING, ids: ten, full: true })).toContain(
    'The handout is full: 10 listings',
  );
});
