import { beforeAll, describe, expect, test } from 'vitest';
import { languageOfText } from '../../../api/domain/languages/written.ts';
import { RIGHT } from '../import/csv-file.ts';
import { group, harvested, sentTable, type Taken } from './front-door.ts';

/** Which languages are spoken, and in which a listing is written. */

const FEED: [name: string, languages: object[], wanted: string[], left?: string][] = [
  ['Three letters', [{ code: 'pol', name: 'Polish' }], ['pl']],
  ['Letters of a library', [{ code: 'wel' }], ['cy']],
  ['A tag with a country', [{ code: 'en-GB' }, { code: 'pt_BR' }], ['en', 'pt']],
  ['Sign language by tag', [{ code: 'sgn-GB' }], ['bfi']],
  ['Sign language by name', [{ name: 'BSL (British Sign Language)' }], ['bfi']],
  ['Several in one', [{ name: 'Somali, Arabic and Tigrinya' }], ['so', 'ar', 'ti']],
  ['With a stroke', [{ name: 'Punjabi / Urdu' }], ['pa', 'ur']],
  ['By its own name', [{ name: 'Cymraeg' }, { name: 'polski' }, { name: 'اردو' }], ['cy', 'pl', 'ur']],
  ['As version 1 has it', [{ language: 'Turkish' }], ['tr']],
  [
    'Narrower than its family',
    [{ name: 'Chinese (Mandarin)' }, { code: 'yue' }, { name: 'Kurdish (Sorani)' }],
    ['cmn', 'yue', 'ckb'],
  ],
  ['Sign language by both codes', [{ code: 'sgn-bfi' }], ['bfi']],
  ['Of a country', [{ name: 'Brazilian Portuguese' }], ['pt']],
  ['With a dialect', [{ name: 'Turkish, Sylheti and BSL' }], ['tr', 'syl', 'bfi']],
  ['Several, without which', [{ code: 'mul' }], [], 'mul'],
  ['By somebody else', [{ name: 'All languages via interpreters' }], [], 'All languages via interpreters'],
  ['Each a word', ['Bengali', 'so', 'pt-BR'] as unknown as object[], ['bn', 'so', 'pt']],
  ['An answer', ['No'] as unknown as object[], [], 'No'],
  ['Misspelt', [{ name: 'Portugese' }], [], 'Portugese'],
  ['None at all', [{ name: 'Elvish' }, { code: 'xx' }], [], 'Elvish'],
];

/** Texts and the language that they are marked as; undetermined where nobody can tell. */
const TEXTS: [name: string, description: string, wanted: string][] = [
  ['Walking together', 'We walk round the park and have tea in the hall. Everyone is welcome.', 'en'],
  ['Coffee morning', 'Every Tuesday morning.', 'en'],
  ['Bore coffi', 'Dewch i gael sgwrs a phaned yn y neuadd bob bore Mawrth. Mae croeso i bawb.', 'cy'],
  ['Clwb cinio', 'Cinio i bobl hŷn.', 'cy'],
  ['Neuadd y Pentref', 'Cerdded gyda’n gilydd bob dydd Iau.', 'cy'],
  ['Canolfan / Centre', 'Paned a sgwrs yn y neuadd bob bore. Tea and a chat in the hall every morning.', 'und'],
  ['خواتین کا گروپ', 'خواتین کے لیے ہر بدھ کو پارک میں چہل قدمی ہے۔', 'ur'],
  ['مجموعة النساء', 'نلتقي كل يوم أربعاء في الحديقة مع الشاي.', 'ar'],
  ['گروه زنان', 'این گروه برای زنان است و هر چهارشنبه در پارک راه می‌روند.', 'fa'],
  ['Клуб', 'Ми зустрічаємося щосереди, чекаємо на всіх українців її громади.', 'uk'],
  ['ਔਰਤਾਂ ਦਾ ਸਮੂਹ', 'ਅਸੀਂ ਹਰ ਬੁੱਧਵਾਰ ਪਾਰਕ ਵਿੱਚ ਮਿਲਦੇ ਹਾਂ।', 'pa'],
  ['Grupa spacerowa', 'Spotykamy się w każdą środę w parku na spacer i herbatę.', 'und'],
  ['Wandelgroep', 'We zijn elke week open in de hall, of op maandag.', 'und'],
  ['Yürüyüş grubu', 'Her çarşamba parkta buluşuyoruz.', 'und'],
  ['Kooxda socodka', 'Waxaan ku kulannaa beerta maalin kasta oo Arbaco ah.', 'und'],
];

let feed: Taken;
beforeAll(async () => {
  feed = await harvested([
    ...FEED.map(([name, languages]) => group(`Spoken: ${name}`, { languages })),
    ...TEXTS.map(([name, description], index) => group(name, { id: `text-${index}`, description })),
  ]);
});

describe('the languages of a feed', () => {
  test.each(FEED)('%s', async (name, _, wanted, left) => {
    const { service } = await feed.answer(`Spoken: ${name}`);
    expect(service.languages).toEqual(wanted);
    if (left === undefined) return;
    expect(service.description).toContain(`Languages: ${left}`);
    expect(feed.notes(`Spoken: ${name}`).join()).toContain(`‘${left}’ is no language that is known`);
  });

  test('a misspelt one is suggested', () => {
    expect(feed.notes('Spoken: Misspelt').join()).toContain('Is it Portuguese?');
  });

  test('by three letters is found by the filter', async () => {
    const { results } = await (await feed.signpost.api.request('/api/v1/search?language=pl')).json();
    expect(results.map((it: { service: { name: string } }) => it.service.name)).toContain('Spoken: Three letters');
  });
});

describe('what a listing is written in', () => {
  test.each(TEXTS)('%s', async (name, _, wanted) => expect((await feed.answer(name)).service.written_in).toBe(wanted));

  test('is not published where nobody can tell', async () => {
    const { services } = await openReferral();
    const written = new Map(
      services.map((it: { name: string; signpost: { written_in?: string } }) => [it.name, it.signpost?.written_in]),
    );
    expect(written.get('Grupa spacerowa')).toBeUndefined();
  });

  test('a name, an address or a figure alone tells nothing', () => {
    expect(['Llanelli', 'https://example.org/the/and/for/you', '10:30', '', '☎'].map(languageOfText)).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
  });
});

async function openReferral() {
  const list = await (await feed.signpost.api.request('/api/openreferral/v3/services?per_page=100&full=true')).json();
  return { services: list.contents };
}

describe('a table', () => {
  test.each([
    ['Cymraeg; English', ['cy', 'en']],
    ['Urdu / Punjabi', ['ur', 'pa']],
    ['BSL', ['bfi']],
    ['Yiddish, Hebrew and Indonesian', ['yi', 'he', 'id']],
    ['tur, fre', ['tr', 'fr']],
  ])('languages: %s', async (languages, wanted) => {
    expect((await (await sentTable([{ ...RIGHT, languages }])).answer(RIGHT['name']!)).service.languages).toEqual(
      wanted,
    );
  });

  test.each([
    ['Gujrati', /Did you mean ‘Gujarati’/],
    ['Ukranian', /Did you mean ‘Ukrainian’/],
    ['Elvish', /We do not know the language ‘Elvish’/],
    ['no', /We do not know the language ‘no’/],
  ])('languages: %s is asked about', async (languages, words) => {
    expect((await sentTable([{ ...RIGHT, languages }])).notes(RIGHT['name']!).join()).toMatch(words);
  });

  test('says what it is written in, or its words do', async () => {
    const welsh = { ...RIGHT, summary: 'Bore coffi a sgwrs gyda ffrindiau yn y neuadd.' };
    const written = async (row: Record<string, string>) =>
      (await (await sentTable([row])).answer(row['name']!)).service.written_in;
    expect(await written({ ...RIGHT, summary: 'We move to music and have tea with the others.' })).toBe('en');
    expect(await written({ ...welsh, name: 'Bore coffi' })).toBe('cy');
    expect(await written({ ...RIGHT, name: 'Gimnastyka', summary: 'Ćwiczenia na krześle.' })).toBe('und');
    expect(
      await written({ ...RIGHT, name: 'Gimnastyka', summary: 'Ćwiczenia na krześle.', 'written in': 'polski' }),
    ).toBe('pl');
  });
});
