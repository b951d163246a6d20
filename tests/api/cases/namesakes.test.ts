import { beforeAll, describe, expect, test } from 'vitest';
import { createSignpost, type Signpost } from '../import/world.ts';

/** Where several places bear the name that was typed, the answer says which was taken, and names the others to go on to. */

interface View {
  label: string;
  near: string;
  namesakes?: { label: string; near: string }[];
}

let signpost: Signpost;
beforeAll(() => {
  signpost = createSignpost();
});

const placeOf = async (path: string): Promise<View> =>
  ((await (await signpost.api.request(path)).json()) as { place: View }).place;
const named = (name: string) => placeOf(`/api/v1/postcodes/${encodeURIComponent(name)}`);
const labels = ({ namesakes = [] }: View) => namesakes.map(({ label }) => label);

test.each([
  ['Newport', 'Newport', 'Newport, Isle of Wight'],
  ['Richmond', 'Richmond', 'Richmond, North Yorkshire'],
  ['Gillingham', 'Gillingham, Medway', 'Gillingham, Dorset'],
  ['Whitchurch', 'Whitchurch, Shropshire', 'Whitchurch, Herefordshire'],
  ['Ashford', 'Ashford', 'Ashford, Spelthorne'],
  ['St Ives', 'St Ives, Cornwall', 'St Ives, Huntingdonshire'],
  ['Handsworth', 'Handsworth, Birmingham', 'Handsworth, Sheffield'],
])('%s: %s is taken, and %s is named', async (typed, taken, other) => {
  const place = await named(typed);
  expect(place.label).toBe(taken);
  expect(labels(place)).toContain(other);
  expect(labels(place)).not.toContain(taken);
});

describe('a search', () => {
  test('names them too, and each leads to its own results, which name the first', async () => {
    const from = (near: string) => placeOf(`/api/v1/search?near=${encodeURIComponent(near)}`);
    const [other] = (await from((await named('Gillingham')).near)).namesakes ?? [];
    expect(other?.label).toBe('Gillingham, Dorset');
    const there = await from(other?.near ?? '');
    expect(there.label).toBe('Gillingham, Dorset');
    expect(labels(there)).toEqual(['Gillingham, Medway']);
  });
});

test.each(['Truro', 'Kent', 'Bournemouth', 'E8', 'E8 1'])('%s has none', async (typed) =>
  expect(await named(typed)).not.toHaveProperty('namesakes'),
);

test.each([
  ['Southend', 'Southend-on-Sea'],
  ['Berwick', 'Berwick-Upon-Tweed, Northumberland'],
  ['Portobello', 'Portobello, City of Edinburgh'],
  ['Stratford', 'Stratford, Newham'],
])('%s is %s', async (typed, label) => expect((await named(typed)).label).toBe(label));

test('a short name that several have is asked about, and is no place in Northern Ireland', async () => {
  const answer = await signpost.api.request('/api/v1/postcodes/Newcastle');
  const { choices } = (await answer.json()) as { choices: { label: string }[] };
  expect(choices.map(({ label }) => label)).toEqual(['Newcastle upon Tyne', 'Newcastle-under-Lyme']);
});
