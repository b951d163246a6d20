import { beforeAll, describe, expect, it } from 'vitest';
import { readWishes } from '../../api/search/query/wishes.ts';
import { createWorld, get, type World } from '../fixtures/world.ts';

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
});
