import { beforeAll, describe, expect, it } from 'vitest';
import { Schedule, type Service } from '../../api/domain/service.ts';
import { createSearchIndex } from '../../api/search/index.ts';
import { readWishes } from '../../api/search/query/wishes.ts';
import { readVocabulary } from '../../api/search/text/vocabulary.ts';
import { createWorld, get, type World } from '../fixtures/world.ts';
import { listing, query, venue } from './search/listings.ts';

/** A Saturday. */
const TODAY = '2026-11-28';
const wishes = (typed: string) => readWishes(typed, TODAY).map(({ filter, value }) => `${filter}=${value}`);

describe('filters said in words', () => {
  it.each([
    ['walking group on Tuesday mornings', ['day=TU', 'time=morning']],
    ['thurs evening', ['day=TH', 'time=evening']],
    ['something at the weekend', ['day=SA', 'day=SU']],
    ['somewhere warm today', ['when=today']],
    ['talk to somebody tonight', ['time=evening', 'when=today']],
    ['lunch club this week', ['when=week']],
    ['choir in the next seven days', ['when=week']],
    ['lunch tomorrow', ['day=SU']],
    ['free yoga', ['cost=free']],
    ['yoga at no cost', ['cost=free']],
    ['step-free choir', ['access=step_free']],
    ['choir, wheelchair accessible', ['access=step_free']],
    ['counselling online', ['mode=online']],
    ['counselling over the phone', ['mode=phone']],
    ['befriending for somebody housebound', ['mode=at_home']],
    ['drop-in for debt', ['join=drop_in']],
    ['physio without a referral', ['join=drop_in', 'join=self_refer']],
    ['debt advice in Turkish', ['language=tr']],
    ['Bengali-speaking women', ['language=bn']],
    ['choir for my nan who is 86', ['age=80-120']],
    ['over 80s lunch', ['age=80-120']],
  ])('are read: %s', (typed, said) => {
    expect(wishes(typed).sort()).toEqual(said);
  });

  it.each([
    'gluten free cooking',
    'smoke-free',
    'free school meals',
    'feel free',
    'online banking',
    'learn to use my phone',
    'help in English',
    'in pain',
    'in Hackney',
    'mourning',
    'sunburn',
    'fried food',
    'wedding',
    '',
  ])('are not read where something else is meant: %s', (typed) => {
    expect(wishes(typed)).toEqual([]);
  });
});

describe('an answer', () => {
  let world: World;
  beforeAll(() => {
    world = createWorld();
  });
  const narrowed = async (query: string) => (await get(world.api, `/search?${query}`)).body.narrow_by;

  it('offers those of which something is left, until they are in force', async () => {
    const [offered] = await narrowed('postcode=E8%201EA&q=exercise%20tuesday');
    expect(offered).toEqual({ filter: 'day', value: 'TU', label: 'Tuesday', total: expect.any(Number) });
    const { body } = await get(world.api, '/search?postcode=E8%201EA&q=exercise%20tuesday&day=TU');
    expect(body.narrow_by).toEqual([]);
    expect(body.page.total).toBe(offered.total);
    expect(await narrowed('postcode=E8%201EA&q=exercise%20in%20Quechua')).toEqual([]);
    expect(await narrowed('postcode=E8%201EA')).toEqual([]);
  });

  // The nearer one would come first otherwise.
  it.each([
    ['choir today', { schedules: [Schedule.parse({ freq: 'WEEKLY', byday: 'SA' })] }],
    ['choir in my own home', { attending_types: ['in_person', 'at_home'] }],
    ['choir without an appointment', { join: ['drop_in'] }],
    ['choir, no steps', {}, { accessibility: { step_free: 'yes' } }],
  ] as [string, Partial<Service>, object?][])(
    'puts what is as was said before what fits as well: %s',
    (q, said, place = {}) => {
      const near = listing({ name: 'Choir' }, { locations: [venue(51.5465, -0.0554)] });
      const far = listing({ name: 'Choir', ...said }, { locations: [venue(51.549, -0.0554, place)] });
      const index = createSearchIndex([near, far], readVocabulary(''));
      const order = (typed: string) => index.search(query({ q: typed, today: '2026-11-28' })).hits.map(({ id }) => id);
      expect(order(q)).toEqual([far.service.id, near.service.id]);
      expect(order('choir')).toEqual([near.service.id, far.service.id]);
    },
  );
});
