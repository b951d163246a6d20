import { beforeAll, describe, expect, it } from 'vitest';
import { createApi } from '../../api/app.ts';
import { openIndex } from '../../api/directory/open-index.ts';
import { createGeocoder } from '../../api/geocode/geocoder.ts';
import { readSettings } from '../../api/runtime/settings.ts';
import { readVocabularyFolder } from '../../api/search/text/vocabulary-folder.ts';
import { openStore } from '../../api/store/open.ts';
import { seedExamples } from '../../api/store/seed.ts';
import { openUrgentHelp } from '../../api/urgent/urgent.ts';
import { NOW } from '../helpers/clock.ts';

/**
 * What a link worker types in a day, as short as people write who have somebody beside them. Each has something that helps
 * among the first three cards of the page, or no card says that it matches: then the page says that there is none. From E8 1EA,
 * over the sample directory with the vocabulary of the installation.
 */
const SEARCHES: readonly [typed: string, ...helps: string[]][] = [
  ['housing debt and low mood', 'Fenbridge Debt Clinic', 'Fenbridge Advice Morning', 'Roof and Rent Advice'],
  ['new mum isolated', "Green Lamp Parents' Morning", 'Sparrow Stay and Play', 'Sparrow Home Visitors'],
  ['carer needs a break at home', 'Two Hours Off'],
  ['hearing voices', 'Amber House Hearing Voices Circle'],
  ['hoarding', 'Clear a Path'],
  ['somewhere warm today', 'Marshlight Warm Room', 'Threadgate Open Door', 'Wash and Warm'],
  ['walking group on Tuesday mornings', 'Walking With Poles'],
  ['befriending for a housebound woman of 86', 'Doorstep Friends'],
  ['awake all night and nobody to talk to', 'Porch Lamp Night Voices'],
  ['help with PIP form', 'Help with Disability Benefit Forms'],
  ['man of 70 lost his wife, likes making things', "Tinker's Shed", 'The Empty Chair Café'],
  ['Turkish speaking woman with chronic pain', 'Ağrıyla Yaşamak: Türkçe Destek Grubu'],
  ['no food until Friday', 'Open Kettle Food Shelf', 'Lime Tree Food Club'],
  ['82, keeps falling, wants to get stronger', 'Steady Legs', 'Sit Strong at Willow Yard', 'Homestead Movers'],
  ['drinking too much and wants to stop', 'Reedbed Open Door', 'Dry Friday'],
  ['husband has dementia, something to do together', 'Songs We Know', 'The Marmalade Café'],
  ['asylum seeker wants to learn English', 'English Over Soup', 'New Hearth Monday'],
  ['veteran with nightmares', 'Lantern Mess Night Desk', 'Boots Off Breakfast', 'Kit Bag: Advice for Veterans'],
  ['neighbours complain about the noise she makes'],
  [
    'lost her job and is skint',
    'Open Kettle Food Shelf',
    'Fenbridge Debt Clinic',
    'Brickfield Job Club',
    'Payday Talk',
  ],
  ['wobbly on his feet since a fall', 'Steady Legs', 'Sit Strong at Willow Yard', 'Homestead Movers'],
  ['mum with dementia and I am at breaking point', "Carers' Tuesday", 'Two Hours Off', 'The Marmalade Café'],
  ['panic atacks in shops', 'Marshside Talking Support', 'Little Room Listening', 'Long Shore Phone Support'],
  ['been asked to leave by the landlord', 'Roof and Rent Advice', 'Fenbridge Advice Morning'],
  ['autism, adult, social'],
  ['cancer support group'],
];

interface Found {
  results: { match: string; service: { name: string; alternate_name?: string } }[];
}

describe('what a link worker types', () => {
  let ask: (typed: string) => Promise<Found>;
  beforeAll(() => {
    const db = openStore(':memory:');
    seedExamples(db, new Date(NOW));
    const { index } = openIndex(db, readVocabularyFolder('data'));
    const api = createApi({
      db,
      index,
      geocoder: createGeocoder({ db, postcodesIoUrl: null, towns: () => index.towns() }),
      secret: new Uint8Array(32).fill(7),
      settings: readSettings({}),
      now: () => new Date(NOW),
      urgent: openUrgentHelp(null),
    });
    ask = async (typed) => {
      const answer = await api.request(`/api/v1/search?${new URLSearchParams({ postcode: 'E8 1EA', q: typed })}`);
      expect(answer.status).toBe(200);
      return (await answer.json()) as Found;
    };
  });

  it.each(SEARCHES)('%s', async (typed, ...helps) => {
    const { results } = await ask(typed);
    if (helps.length === 0) expect(results.filter(({ match }) => match === 'words')).toEqual([]);
    else
      expect(results.slice(0, 3).map(({ service }) => service.alternate_name ?? service.name)).toSatisfy(
        (names: string[]) => names.some((name) => helps.includes(name)),
      );
  });
});
