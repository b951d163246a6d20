import { beforeAll, describe, expect, test } from 'vitest';
import { group, harvested, type Taken } from '../cases/front-door.ts';

/** Who is to be called first in each danger, by the nation that the place lies in. */

const PLACES = { England: 'E8 1', Wales: 'CF10 1AA', Scotland: 'EH1 1AA', 'Northern Ireland': 'BT1 1AA' } as const;
type Nation = keyof typeof PLACES;

const everywhere = (number: string): Record<Nation, string> => ({
  England: number,
  Wales: number,
  Scotland: number,
  'Northern Ireland': number,
});
/** NHS 111 with its choice for mental health; Northern Ireland has no 111. */
const LISTENERS = { ...everywhere('111'), 'Northern Ireland': '0808 808 8000' };
const HOME = {
  England: '0808 2000 247',
  Wales: '0808 80 10 800',
  Scotland: '0800 027 1234',
  'Northern Ireland': '0808 802 1414',
};
const AFTER_RAPE = {
  England: '0808 500 2222',
  Wales: '0808 500 2222',
  Scotland: '08088 01 03 02',
  'Northern Ireland': '0808 802 1414',
};
const AMBULANCE = everywhere('999');
const GAS = { ...everywhere('0800 111 999'), 'Northern Ireland': '0800 002 001' };
/** The council has no number of its own that is the same everywhere: its page comes first. */
const NO_BED = { ...everywhere('the council'), 'Northern Ireland': '03448 920 900' };

const FIRST: [words: string, numbers: Record<Nation, string>][] = [
  ['i want to die', LISTENERS],
  ['about to kill myself', AMBULANCE],
  ['took pills to kill myself', AMBULANCE],
  ['overdose', AMBULANCE],
  ['chest pain', AMBULANCE],
  ['face drooping on one side', AMBULANCE],
  ['not breathing', AMBULANCE],
  ['baby choking', AMBULANCE],
  ['house fire', AMBULANCE],
  ['smell of gas', GAS],
  ['my partner hits me', HOME],
  ['my partner is hitting me right now', AMBULANCE],
  ['controlled by my husband', HOME],
  ['i was raped', AFTER_RAPE],
  ['child at risk', everywhere('0800 1111')],
  ['nowhere to sleep tonight', NO_BED],
  ['psychosis', LISTENERS],
  ['hearing voices', LISTENERS],
  ['self harm', LISTENERS],
  ['slit my wrists', AMBULANCE],
  ['panic at night', LISTENERS],
  ['someone has a knife', AMBULANCE],
];

let taken: Taken;
beforeAll(async () => {
  taken = await harvested([group('Kettle club', {})]);
});

interface Answer {
  urgent: { contacts: { name: string; phone: string | null }[] }[];
}
const first = async (q: string, postcode: string): Promise<string | undefined> => {
  const answer = await taken.signpost.api.request(`/api/v1/search?${new URLSearchParams({ q, postcode })}`);
  const contact = ((await answer.json()) as Answer).urgent[0]?.contacts[0];
  return contact?.phone ?? contact?.name.replace(/^The homeless team of /, '');
};

describe.each(Object.keys(PLACES) as Nation[])('in %s', (nation) => {
  test('each danger names first who answers for it', async () => {
    const named: Record<string, string | undefined> = {};
    for (const [words] of FIRST) named[words] = await first(words, PLACES[nation]);
    expect(named).toEqual(Object.fromEntries(FIRST.map(([words, numbers]) => [words, numbers[nation]])));
  });
});

test('an act that has begun is said once: what is said of the thought does not follow', async () => {
  const answer = await taken.signpost.api.request('/api/v1/search?q=about+to+kill+myself');
  expect(((await answer.json()) as { urgent: { subject: string }[] }).urgent.map(({ subject }) => subject)).toEqual([
    'suicide-attempt',
  ]);
});
