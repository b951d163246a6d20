import { writeFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { createApi } from '../../../api/app.ts';
import type { PlaceKey } from '../../../api/domain/place.ts';
import { sealSearch } from '../../../api/domain/sealed-search.ts';
import { openUrgentHelp } from '../../../api/urgent/urgent.ts';
import { createWorld, E8_1 } from '../../fixtures/world.ts';
import { temporaryFolder } from '../../helpers/folder.ts';

/** Help for now in the answers of the search, and what an operator adds to it. */

const world = createWorld();
interface Contact {
  name: string;
  phone: string | null;
}
interface Urgent {
  subject: string;
  level: string;
  private: boolean;
  first: string;
  in_language: { language: string; text: string } | null;
  contacts: Contact[];
}
const ask = async (query: Record<string, string>) => {
  const response = await world.api.request(`/api/v1/search?${new URLSearchParams(query)}`);
  return { status: response.status, body: (await response.json()) as { urgent?: Urgent[]; results?: unknown[] } };
};
const numbers = ({ body }: { body: { urgent?: Urgent[] } }): (string | null)[] =>
  body.urgent?.[0]?.contacts.map(({ phone }) => phone) ?? [];

describe('the search', () => {
  test('gives help above what it finds, and where it finds nothing', async () => {
    const found = await ask({ q: 'my husband hits me, seated exercise', postcode: 'E8 1EA' });
    expect(found.body.results).not.toEqual([]);
    expect(found.body.urgent).toMatchObject([{ subject: 'domestic-abuse', level: 'now', private: true }]);
    const nothing = await ask({ q: 'overdose' });
    expect(nothing.body.results).toEqual([]);
    expect(nothing.body.urgent).toMatchObject([{ subject: 'overdose', level: 'now', private: false }]);
  });

  test('gives none where there is no danger', async () => {
    expect((await ask({ q: 'stroke your cat' })).body.urgent).toEqual([]);
    expect((await ask({})).body.urgent).toEqual([]);
  });

  test('speaks gently of the subjects of a category', async () => {
    const { body } = await ask({ category: 'abuse-crime' });
    expect(body.urgent).toMatchObject([{ level: 'gently' }, { level: 'gently' }]);
    expect(body.urgent?.map(({ subject }) => subject)).toContain('domestic-abuse');
  });

  test.each([
    ['no postcode at all', 'asdf'],
    ['one that is not in use', 'E8 1ZZ'],
    ['one of a place not covered', 'JE2 4WD'],
    ['more than one place', 'SW1'],
    ['no fixed abode', 'ZZ99 3VZ'],
  ])('gives help with a problem too: %s', async (_which, postcode) => {
    const { status, body } = await ask({ postcode, q: 'want to die' });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(body.urgent).toMatchObject([{ subject: 'suicide', level: 'now' }]);
  });

  test('a problem without danger says nothing of it', async () => {
    expect((await ask({ postcode: 'asdf', q: 'yoga' })).body).not.toHaveProperty('urgent');
  });

  test('names who answers where the place is', async () => {
    const here = await ask({ q: 'want to die', postcode: 'E8 1EA' });
    expect(numbers(here)).toEqual(expect.arrayContaining(['111', '116 123']));
    expect(numbers(here)).not.toContain('0808 808 8000');
  });

  test('says first, in the language that was written in, how to be understood', async () => {
    const { body } = await ask({ q: 'kocam beni dövüyor' });
    expect(body.urgent?.[0]?.in_language).toMatchObject({ language: 'tr', text: expect.stringContaining('999') });
    expect((await ask({ q: 'husband hits me' })).body.urgent?.[0]?.in_language).toBeNull();
  });
});

describe('by nation', () => {
  const help = openUrgentHelp(null);
  const phones = (text: string, nation: 'England' | 'Wales' | 'Scotland' | 'Northern Ireland') =>
    help.for(text, [], [nation])[0]?.contacts.map(({ phone }) => phone);

  test.each([
    ['husband hits me', 'England', '0808 2000 247'],
    ['husband hits me', 'Wales', '0808 80 10 800'],
    ['husband hits me', 'Scotland', '0800 027 1234'],
    ['husband hits me', 'Northern Ireland', '0808 802 1414'],
    ['want to die', 'England', '111'],
    ['want to die', 'Wales', '111'],
    ['want to die', 'Scotland', '0800 83 85 87'],
    ['want to die', 'Northern Ireland', '0808 808 8000'],
    ['raped', 'Wales', '0808 500 2222'],
    ['raped', 'Scotland', '08088 01 03 02'],
    ['nowhere to sleep tonight', 'Wales', '08000 495 495'],
  ] as const)('%s, in %s: %s', (text, nation, phone) => expect(phones(text, nation)).toContain(phone));

  test.each([
    ['CF10 1EP', 'W06000015', '0808 80 10 800', '0800 132 737'],
    ['EH1 1YZ', 'S12000036', '0800 027 1234', '0800 83 85 87'],
    ['BT1 5GS', 'N09000003', '0808 802 1414', '0808 808 8000'],
    ['E8 1EA', 'E09000012', '0808 2000 247', '0808 800 4444'],
  ])('a search from %s, however it is typed, names who answers there', async (postcode, code, abuse, other) => {
    const place = { ...E8_1, districts: [{ code, name: 'A council' }] };
    const { latitude, longitude, sector } = place;
    const key: PlaceKey = { kind: 'point', latitude, longitude, sector, district: code, ward: null };
    const api = createApi({
      ...world.parts,
      geocoder: { ...world.parts.geocoder, locate: async () => ({ outcome: 'found', place, key }) },
    });
    const called = async (q: string) => {
      const response = await api.request(`/api/v1/search?${new URLSearchParams({ q, postcode })}`);
      return numbers({ body: (await response.json()) as { urgent?: Urgent[] } });
    };
    expect(await called('husband beat me')).toContain(abuse);
    const said = code.startsWith('E') ? 'no were to sleep tonite' : 'want to end my lif';
    expect(await called(said)).toContain(other);
    const all = ['0808 80 10 800', '0800 027 1234', '0808 802 1414', '0808 2000 247'];
    expect((await called('husband beat me')).filter((number) => all.includes(number ?? ''))).toEqual([abuse]);
  });

  test('nobody in Northern Ireland is sent to 111, which it does not have', () => {
    for (const text of ['want to die', 'cant cope', 'overdose', 'chest pain', 'self harm'])
      expect(phones(text, 'Northern Ireland'), text).not.toContain('111');
  });

  test('every subject has somebody who answers in every nation', () => {
    for (const text of ['choking', 'chest pain', 'stroke', 'overdose', 'being attacked', 'raped', 'husband hits me'])
      for (const nation of ['England', 'Wales', 'Scotland', 'Northern Ireland'] as const)
        expect(phones(text, nation), `${text}, ${nation}`).toContain('999');
  });
});

describe('words and subjects that come sealed', () => {
  test('find what they find in the open', async () => {
    const sealed = sealSearch({ q: 'seated exercise', categories: [] }, world.parts.secret);
    const [open, shut] = [await ask({ q: 'seated exercise' }), await ask({ sealed })];
    expect(shut.body).toEqual(open.body);
    expect(shut.body.results).not.toEqual([]);
    const csv = await world.api.request(`/api/v1/search.csv?sealed=${sealed}`);
    expect(await csv.text()).toContain('Seated exercise');
  });

  test('carry categories', async () => {
    const sealed = sealSearch({ q: '', categories: ['abuse-crime'] }, world.parts.secret);
    expect((await ask({ sealed })).body).toEqual((await ask({ category: 'abuse-crime' })).body);
  });

  test('a seal of somebody else is told of', async () => {
    const foreign = sealSearch({ q: 'x', categories: [] }, new Uint8Array(32).fill(8));
    for (const sealed of [foreign, 'x'.repeat(100), 'short'])
      expect(await ask({ sealed })).toMatchObject({ status: 400, body: { parameter: 'sealed' } });
  });

  test('show nothing of the words, nor of their number', () => {
    const tokens = ['rape', 'my husband hits me', 'a'].map((q) =>
      sealSearch({ q, categories: [] }, world.parts.secret),
    );
    expect(new Set(tokens.map((token) => token.length)).size).toBe(1);
    for (const token of tokens) {
      expect(token).toMatch(/^[\w-]+$/);
      expect(Buffer.from(token, 'base64url').toString('latin1')).not.toMatch(/rape|husband/);
    }
    expect(sealSearch({ q: 'rape', categories: [] }, world.parts.secret)).not.toBe(tokens[0]);
  });
});

describe('what an operator adds', () => {
  const folder = temporaryFolder();
  afterAll(() => folder.remove());
  const open = (lines: string[]) => {
    const file = folder.file('local.txt');
    writeFileSync(file, lines.join('\n'));
    return openUrgentHelp(file);
  };

  test('stands right after who is to be asked first', () => {
    const help = open([
      '# The night line of our trust.',
      '[contact our-night-line]',
      'name: Exampleshire Night Line',
      'phone: 01632 960 123',
      'open: From 6pm to 8am.',
      'subjects: suicide, crisis',
      '',
      '[phrases suicide]',
      '<bridge> = the old viaduct | viaduct',
      'going to <bridge>',
    ]);
    expect(help.for('want to die', [], ['England'])[0]?.contacts[1]).toMatchObject({
      name: 'Exampleshire Night Line',
      phone: '01632 960 123',
    });
    expect(help.for('going to the old viaduct', [], ['England'])).toMatchObject([{ subject: 'suicide', level: 'now' }]);
  });

  test('may say of words that they mean something else', () => {
    const help = open(['[phrases stroke]', '- stroke (city | city rovers)']);
    expect(help.for('stroke city rovers', [], ['England'])).toEqual([]);
  });

  test('names words that sound alike', () => {
    const help = open(['[alike]', 'kettle kill']);
    expect(help.for('going to kettle myself', [], ['England'])).toMatchObject([{ subject: 'suicide' }]);
    expect(help.for('kettle', [], ['England'])).toEqual([]);
  });

  test.each([
    [['[alike]', 'hear'], 2, 'two words or more'],
    [['phone: 116 123'], 1, 'must stand above'],
    [['[contact x]', 'name: X'], 1, 'how it is reached'],
    [['[contact x]', 'phone: 116 123'], 1, 'name'],
    [['[contact x]', 'name: X', 'phone: ring us'], 3, 'digits'],
    [['[contact x]', 'name: X', 'phon: 116 123'], 3, 'there is no ‘phon’'],
    [['[contact x]', 'name: X', 'name: Y', 'phone: 1 2'], 3, 'twice'],
    [['[contact x]', 'name: X', 'phone: 123', 'subjects: sadness'], 4, 'there is no subject ‘sadness’'],
    [['[contact x]', 'name: X', 'phone: 123', 'nations: Cornwall'], 4, 'there is no nation ‘Cornwall’'],
    [['[contact x]', 'name: X', 'web: example.org'], 3, 'https://'],
    [['', '[phrases sadness]', 'so sad'], 2, 'there is no subject ‘sadness’'],
    [['[phrases suicide]', '(a | b'], 2, 'close it'],
    [['[phrases suicide]', '<nobody> leaves'], 2, 'there is no set <nobody>'],
    [['[phrases suicide]', '[perhaps]  [not]'], 2, 'found in everything'],
    [['[phrases suicide]', 'go (|now)'], 2, 'a word is missing'],
    [['[numbers x]', 'a: b'], 1, 'there is no head [numbers'],
    [['[Contact X]', 'name: X'], 1, 'lower case'],
  ])('a line that cannot be read is named: %j', (lines, line, mend) => {
    const read = () => open(lines);
    expect(read).toThrow(`line ${line}: `);
    expect(read).toThrow(mend);
  });

  test('a file that is not there is named', () => {
    expect(() => openUrgentHelp('/nowhere/urgent.txt')).toThrow('URGENT_FILE is /nowhere/urgent.txt');
  });
});
