import { beforeAll, describe, expect, test } from 'vitest';
import { describeCost } from '../../../api/domain/words.ts';
import { costsInCell } from '../../../api/import/csv/costs.ts';
import { RIGHT } from '../import/csv-file.ts';
import { group, harvested, sentTable, type Taken } from './front-door.ts';

/** What things cost, as real directories say it: an amount is a price only where the words leave nothing open. */

interface Price {
  option: string;
  amount?: number;
  amount_description?: string;
  concession?: boolean;
}
const paid = (amount: number, amount_description?: string): Price => ({
  option: 'paid',
  amount,
  ...(amount_description && { amount_description }),
});
const charged = (amount_description: string): Price => ({ option: 'paid', amount_description });
const forSome = (price: Price): Price => ({ ...price, concession: true });

/** What a feed says in words, what it comes to, and how a card says it. */
const FEES: [fees: string, wanted: Price[], words: string][] = [
  ['£2,400 for the year', [paid(2400, 'for the year')], '£2,400 for the year'],
  ['£4.5 a class', [paid(4.5, 'a class')], '£4.50 a class'],
  ['75p a cup', [paid(0.75, 'a cup')], '£0.75 a cup'],
  ['£6/session', [paid(6, 'per session')], '£6 per session'],
  ['£8pp', [paid(8, 'per person')], '£8 per person'],
  ['£45 for 9 weeks (£5 a week)', [paid(45, 'for 9 weeks (£5 a week)')], '£45 for 9 weeks (£5 a week)'],
  ['£2-£6', [charged('£2 to £6')], '£2 to £6'],
  ['£2 – 6 a week', [charged('£2 to £6 a week')], '£2 to £6 a week'],
  ['From £7', [charged('From £7')], 'From £7'],
  ['around £3 for materials', [charged('around £3 for materials')], 'Around £3 for materials'],
  ['was £4, now £6', [charged('was £4, now £6')], 'Was £4, now £6'],
  ['£4 until 31 August, then £6', [charged('£4 until 31 August, then £6')], '£4 until 31 August, then £6'],
  ['£6/£4 concs', [paid(6), forSome(paid(4))], '£6, or £4 concession'],
  ['£6 (£4 concessions)', [paid(6), forSome(paid(4))], '£6, or £4 concession'],
  [
    'Adults £7, students £4',
    [paid(7, 'Adults'), forSome(paid(4, 'students'))],
    '£7 (Adults), or £4 concession (students)',
  ],
  ['£7 / £4', [paid(7), paid(4)], '£7, or £4'],
  ['£30 (£10 deposit)', [paid(30, '£10 deposit')], '£30 (£10 deposit)'],
  ['£9, members get £2 off', [paid(9, 'members get £2 off')], '£9 (members get £2 off)'],
  ['£5, first class free', [paid(5, 'first class free')], '£5 (first class free)'],
  ['Not free', [{ option: 'paid' }], 'There is a charge'],
  ['A small charge for materials', [charged('A small charge for materials')], 'A small charge for materials'],
  ['Suggested donation of £4', [{ option: 'donation', amount: 4 }], 'Suggested donation of £4'],
  ['Suggested donation £2-£4', [{ option: 'donation', amount_description: '£2 to £4' }], 'Donation (£2 to £4)'],
  ['Free (donation)', [{ option: 'free' }, { option: 'donation' }], 'Free, or donation'],
  [
    'Free, donations welcome',
    [{ option: 'free', amount_description: 'donations welcome' }],
    'Free (donations welcome)',
  ],
  ['Free of charge', [{ option: 'free' }], 'Free'],
  ['No fee', [{ option: 'free' }], 'Free'],
  ['Free for carers', [forSome({ option: 'free', amount_description: 'for carers' })], 'Free for carers'],
  ['£0', [{ option: 'free' }], 'Free'],
  // What is free there is not the thing itself.
  [
    'Free lunch provided, £4 per session',
    [paid(4, 'Free lunch provided, per session')],
    '£4 (Free lunch provided, per session)',
  ],
  // Free for a while, or for some: not free for whoever comes.
  ['Free - £6', [charged('Free - £6')], 'Free - £6'],
  [
    'Free for the first month then £4',
    [charged('Free for the first month then £4')],
    'Free for the first month then £4',
  ],
  ['£6 approx', [charged('£6 approx')], '£6 approx'],
  ['c. £6', [charged('about £6')], 'About £6'],
  ['£6.50p', [paid(6.5)], '£6.50'],
  ['£6ph', [paid(6, 'per hour')], '£6 per hour'],
  ['There is a charge of £4 per visit', [paid(4, 'per visit')], '£4 per visit'],
  ['By donation', [{ option: 'donation' }], 'Donation'],
  ['Voluntary contribution of £2', [{ option: 'donation', amount: 2 }], 'Suggested donation of £2'],
  ['Am ddim', [{ option: 'free' }], 'Free'],
  [
    'Pay as you feel (£3 suggested)',
    [{ option: 'donation', amount: 3, amount_description: 'Pay as you feel' }],
    'Suggested donation of £3 (Pay as you feel)',
  ],
  // What it cost, or will, is said and is no price.
  ['Price in 2024: £4', [charged('Price in 2024: £4')], 'Price in 2024: £4'],
  ['2025 prices £6', [charged('2025 prices £6')], '2025 prices £6'],
  ['£5 in 2025', [charged('£5 in 2025')], '£5 in 2025'],
];

/** Texts that hold an amount, or the word, and say no price. */
const NO_PRICE = [
  'Members get £3 off',
  '20% discount for students',
  '£15 deposit, returned at the end',
  'First session free',
  'Free parking',
  'Free tea and biscuits',
  '€6',
  '£1.250',
  'Grants of up to £300',
  'Parking £3',
  'Free tasters',
  // One may buy it there; whether the thing itself costs anything nobody said.
  'Refreshments £1',
  '£1 for tea and coffee',
  'Hot drinks 50p',
  // Two pounds fifty, or two to fifty.
  '£2-50',
  'Free / paid',
  'Free and paid sessions',
];

const OPTIONS: [name: string, cost_options: object[], words: string][] = [
  [
    'A price that is over',
    [
      { option: 'Class', amount: 3, valid_to: '2025-08-31' },
      { option: 'Class', amount: 8, valid_from: '2025-09-01' },
    ],
    '£8 (Class)',
  ],
  [
    'A price to come',
    [
      { option: 'Class', amount: 3 },
      { option: 'Class', amount: 8, valid_from: '2027-09-01' },
    ],
    '£3 (Class)',
  ],
  ['A suggested donation', [{ option: 'Suggested donation', amount: 4 }], 'Suggested donation of £4'],
  [
    'A deposit',
    [
      { option: 'Session', amount: 4 },
      { option: 'Deposit', amount: 20 },
    ],
    '£4 (Session)',
  ],
  ['An open amount', [{ option: 'From', amount: 4 }], 'From £4'],
  ['Text for an amount', [{ option: 'Year', amount: '£1,200' }], '£1,200 (Year)'],
  [
    'Nothing for some',
    [
      { option: 'Visitors', amount: 5 },
      { option: 'Members', amount: 0 },
    ],
    '£5 (Visitors), or free (Members)',
  ],
  ['Nothing but an old price', [{ option: 'Class', amount: 4, valid_to: '2020-01-01' }], 'Cost not known'],
  ['Another currency', [{ option: 'Ticket', amount: 5, currency: 'EUR' }], 'Cost not known'],
];

let feed: Taken;
beforeAll(async () => {
  feed = await harvested([
    ...FEES.map(([fees]) => group(`Fees: ${fees}`, { fees })),
    ...NO_PRICE.map((fees) => group(`No price: ${fees}`, { fees })),
    ...OPTIONS.map(([name, cost_options]) => group(name, { cost_options })),
  ]);
});

const costOf = async (name: string) => (await feed.answer(name)).service.cost_options;

describe('the fees of a feed', () => {
  test.each(FEES)('%s', async (fees, wanted, words) => {
    const costs = await costOf(`Fees: ${fees}`);
    expect(costs).toEqual(wanted.map((price) => ({ concession: false, ...price })));
    expect(describeCost(costs)).toBe(words);
  });

  test.each(NO_PRICE)('%s is no price, and is kept in words', async (fees) => {
    const { service } = await feed.answer(`No price: ${fees}`);
    expect(service.cost_options).toEqual([]);
    expect(service.description).toContain(`Cost: ${fees}`);
  });

  test.each(OPTIONS)('%s', async (name, _, words) => expect(describeCost(await costOf(name))).toBe(words));

  test('a price that is over, or to come, is said to be left out', () => {
    expect(feed.notes('A price that is over').join()).toMatch(/‘Class £3’ was the price until 2025-08-31/);
    expect(feed.notes('A price to come').join()).toMatch(/‘Class £8’ is the price from 2027-09-01 on/);
  });

  test.each([
    ['of version 3', { fees_description: '£3 a session' }, '£3 a session'],
    ['of both', { fees: '£3 a session', fees_description: '£3 a session' }, '£3 a session'],
  ])('the words %s are read', async (name, more, words) => {
    const taken = await harvested([group(`Fees ${name}`, more)]);
    expect(describeCost((await taken.answer(`Fees ${name}`)).service.cost_options)).toBe(words);
  });

  test('what is free for some alone is not found as free', async () => {
    const named = async (cost: string) => {
      const { results } = await (await feed.signpost.api.request(`/api/v1/search?cost=${cost}&per_page=100`)).json();
      return results.map((it: { service: { name: string } }) => it.service.name);
    };
    expect(await named('free')).not.toContain('Fees: Free for carers');
    expect(await named('free')).toContain('Fees: Free of charge');
    expect(await named('concession')).toContain('Fees: Free for carers');
  });
});

describe('the costs of a table', () => {
  test.each([
    ['£1,800 a year', '£1,800 a year'],
    ['Not free', 'There is a charge'],
    ['£4-£6', '£4 to £6'],
    ['£5 / £3', '£5, or £3'],
    ['60p', '£0.60'],
    ['4.5', '£4.50'],
    ['Free for over 60s; £2 for everyone else', 'Free for over 60s, or £2 for everyone else'],
    ['Prices vary: ask', 'Prices vary: ask'],
  ])('%s', async (cost, words) => {
    const { service } = await (await sentTable([{ ...RIGHT, cost }])).answer(RIGHT['name']!);
    expect(describeCost(service.cost_options)).toBe(words);
    // What is written out comes to the same again.
    expect(costsInCell(describeCost(service.cost_options))).toEqual(service.cost_options);
  });

  test.each(['Members get £3 off', 'First session free', '€6', 'see poster', '2 for 1', 'Parking £3'])(
    '%s is asked about',
    async (cost) => {
      const table = await sentTable([{ ...RIGHT, cost }]);
      expect(table.notes(RIGHT['name']!).join()).toMatch(/cost: .* does not say what it costs/);
    },
  );
});
