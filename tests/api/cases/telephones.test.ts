import { beforeAll, describe, expect, test } from 'vitest';
import { paperListing } from '../../../api/handout/paper.ts';
import { publicListings } from '../../../api/store/listings.ts';
import { RIGHT } from '../import/csv-file.ts';
import { group, harvested, sentTable, type Taken } from './front-door.ts';

/** Telephone numbers as real directories have them: what is shown, what is dialled, and what is said to whoever sent it. */

const phone = (number: unknown, more: Record<string, unknown> = {}) => ({ number, ...more });

/** What a feed has, and what comes of it: how it is called, as it is shown, what tapping it does. */
const FEED: [
  name: string,
  phones: unknown[],
  wanted: [label: string, words: string, link: string | null, note?: string][],
][] = [
  [
    'A fax before the telephone',
    [phone('020 7946 0301', { type: 'fax' }), phone('020 7946 0302', { type: 'voice' })],
    [
      ['Phone', '020 7946 0302', 'tel:+442079460302'],
      ['Fax', '020 7946 0301', null],
    ],
  ],
  ['A fax alone', [phone('Fax: 01632 960 301')], [['Fax', '01632 960 301', null]]],
  [
    'Telephone and fax in one text',
    [phone('T: 01632 960302 F: 01632 960303')],
    [
      ['Phone', '01632 960302', 'tel:+441632960302'],
      ['Fax', '01632 960303', null],
    ],
  ],
  [
    'Telephone that is a fax too',
    [phone('Tel/Fax 01632 960304')],
    [['Phone', '01632 960304', 'tel:+441632960304', 'Tel/Fax']],
  ],
  ['Texts by kind', [phone('07700 900301', { type: 'sms' })], [['Text', '07700 900301', 'sms:+447700900301']]],
  ['Texts by words', [phone('07700 900302 (texts only)')], [['Text', '07700 900302', 'sms:+447700900302']]],
  [
    'Texts as well',
    [phone('07700 900303', { description: 'Texts are fine' })],
    [['Phone', '07700 900303', 'tel:+447700900303', 'Texts are fine']],
  ],
  ['A mobile', [phone('07700 900304', { type: 'cell' })], [['Phone', '07700 900304', 'tel:+447700900304']]],
  ['Minicom', [phone('020 7946 0303', { type: 'textphone' })], [['Textphone', '020 7946 0303', 'tel:+442079460303']]],
  [
    'Extension apart',
    [phone('020 7946 0304', { extension: 412 })],
    [['Phone', '020 7946 0304 ext. 412', 'tel:+442079460304;ext=412']],
  ],
  [
    'Extension in the text',
    [phone('020 7946 0305 extn 09')],
    [['Phone', '020 7946 0305 ext. 09', 'tel:+442079460305;ext=09']],
  ],
  [
    'Extension by a letter',
    [phone('(020) 7946 0306 x77')],
    [['Phone', '(020) 7946 0306 ext. 77', 'tel:+442079460306;ext=77']],
  ],
  [
    'An option in its field',
    [phone('01632 960321', { extension: 'option 3' })],
    [['Phone', '01632 960321', 'tel:+441632960321', 'option 3']],
  ],
  [
    'Either of two extensions',
    [phone('01632 960322 ext 201 or 202')],
    [['Phone', '01632 960322 ext. 201', 'tel:+441632960322;ext=201', 'or 202']],
  ],
  [
    'Another number of the same town',
    [phone('01632 960323 or 960324')],
    [
      ['Phone', '01632 960323', 'tel:+441632960323'],
      ['Phone', '01632 960324', 'tel:+441632960324'],
    ],
  ],
  [
    'Two more of the same town',
    [phone('01632 960325, 960326 & 960327')],
    [
      ['Phone', '01632 960325', 'tel:+441632960325'],
      ['Phone', '01632 960326', 'tel:+441632960326'],
      ['Phone', '01632 960327', 'tel:+441632960327'],
    ],
  ],
  ['Which option', [phone('0300 123 4501, option 2')], [['Phone', '0300 123 4501', 'tel:+443001234501', 'option 2']]],
  ['Nought in brackets', [phone('+44 (0)20 7946 0307')], [['Phone', '+44 20 7946 0307', 'tel:+442079460307']]],
  ['Nought in brackets, close', [phone('+44(0)2079460308')], [['Phone', '+44 2079460308', 'tel:+442079460308']]],
  ['Double nought', [phone('0044 20 7946 0309')], [['Phone', '0044 20 7946 0309', 'tel:+442079460309']]],
  ['Hours behind it', [phone('0300 123 4502 (9-5)')], [['Phone', '0300 123 4502', 'tel:+443001234502', '9-5']]],
  ['Hours without brackets', [phone('0800 111 111 10-4')], [['Phone', '0800 111 111', 'tel:+44800111111', '10-4']]],
  ['Day and night', [phone('0300 123 4503 24/7')], [['Phone', '0300 123 4503', 'tel:+443001234503', '24/7']]],
  [
    'Whom to ask for',
    [phone('Ask for Mo: 07700 900305')],
    [['Phone', '07700 900305', 'tel:+447700900305', 'Ask for Mo']],
  ],
  ['A word to a short code', [phone('Text HELP to 60777')], [['Text', '60777', 'sms:60777', 'Text HELP']]],
  ['A known short code', [phone('85258')], [['Text', '85258', 'sms:85258']]],
  ['Three digits', [phone('111')], [['Phone', '111', 'tel:111']]],
  ['Six digits', [phone('Samaritans 116 123 (free)')], [['Phone', '116 123', 'tel:116123', 'Samaritans; free']]],
  ['Eight digits', [phone('0800 1111')], [['Phone', '0800 1111', 'tel:+448001111']]],
  [
    'Another ending',
    [phone('020 7946 0310/0311')],
    [
      ['Phone', '020 7946 0310', 'tel:+442079460310'],
      ['Phone', '020 7946 0311', 'tel:+442079460311'],
    ],
  ],
  [
    'Another last digit',
    [phone('01632 960 305/6')],
    [
      ['Phone', '01632 960 305', 'tel:+441632960305'],
      ['Phone', '01632 960 306', 'tel:+441632960306'],
    ],
  ],
  [
    'Two with a word between',
    [phone('020 7946 0312 (office) or 07700 900306 (evenings)')],
    [
      ['Phone', '020 7946 0312', 'tel:+442079460312', 'office'],
      ['Phone', '07700 900306', 'tel:+447700900306', 'evenings'],
    ],
  ],
  ['A figure', [phone(3069990301)], [['Phone', '03069990301', 'tel:+443069990301']]],
  ['A figure of a mobile', [phone(7700900307)], [['Phone', '07700900307', 'tel:+447700900307']]],
  ['A figure with its country', [phone(447700900308)], [['Phone', '+447700900308', 'tel:+447700900308']]],
  ['Relay', [phone('18001 020 7946 0313')], [['Textphone', '18001 020 7946 0313', 'tel:1800102079460313']]],
  [
    'Relay, as it is told',
    [phone('Relay UK: 18001 then 0300 123 4505')],
    [['Textphone', '18001 0300 123 4505', 'tel:1800103001234505']],
  ],
  [
    'A link that shows its number',
    [phone('<a href="tel:02079460322">020 7946 0322</a>')],
    [['Phone', '020 7946 0322', 'tel:+442079460322']],
  ],
  [
    'A link that shows words',
    [phone('<a href="tel:02079460323">Call us</a>')],
    [['Phone', '02079460323', 'tel:+442079460323']],
  ],
  [
    'Copied from an address book',
    [phone('\u202a+44 7700 900313\u202c')],
    [['Phone', '+44 7700 900313', 'tel:+447700900313']],
  ],
  ['Square brackets', [phone('[01632] 960308')], [['Phone', '(01632) 960308', 'tel:+441632960308']]],
  ['A star behind it', [phone('01632 960309*')], [['Phone', '01632 960309', 'tel:+441632960309']]],
  [
    'The word number',
    [phone('020 7946 0324 extension number 31')],
    [['Phone', '020 7946 0324 ext. 31', 'tel:+442079460324;ext=31']],
  ],
  [
    'Emergencies by textphone',
    [phone('999 or 18000 textphone')],
    [
      ['Phone', '999', 'tel:999'],
      ['Textphone', '18000', 'tel:18000'],
    ],
  ],
  ['Abroad', [phone('+353 1 874 1234')], [['Phone', '+353 1 874 1234', 'tel:+35318741234']]],
  [
    'Twice the same',
    [phone('020 7946 0314'), phone('+44 20 7946 0314')],
    [['Phone', '020 7946 0314', 'tel:+442079460314']],
  ],
];

/** Texts that no number can be dialled of. */
const WORDS = [
  ['A digit short', '020 7946 031'],
  ['Too many digits', '020 79460315987'],
  ['A pager', '07700 900309'],
] as const;

let feed: Taken;
beforeAll(async () => {
  feed = await harvested([
    ...FEED.map(([name, phones]) => group(name, { phones })),
    ...WORDS.map(([name, number]) =>
      group(name, { phones: [phone(number, name === 'A pager' ? { type: 'pager' } : {})] }),
    ),
    group('At the contact', { contacts: [{ name: 'Sam', phones: [phone('020 7946 0316')] }] }),
    group('Of the organization', {
      organization: {
        id: 'org-x',
        name: 'Trust X',
        phones: [phone('020 7946 0317', { type: 'fax' }), phone('020 7946 0318 ext 3')],
      },
    }),
  ]);
});

describe('the numbers of a feed', () => {
  test.each(FEED)('%s', async (name, _, wanted) => {
    const { service } = await feed.answer(name);
    const shown = service.phones.map((it: Record<string, string | null>) => [
      it['label'],
      it['words'],
      it['link'],
      ...(it['description'] ? [it['description']] : []),
    ]);
    expect(shown).toEqual(wanted);
  });

  test.each(WORDS)('%s is kept in words, said, and never dialled', async (name, number) => {
    const { service } = await feed.answer(name);
    expect(service.phones.map(({ number: shown }: { number: string }) => shown)).not.toContain(number);
    expect(service.description).toContain(`Phone: ${number}`);
    expect(feed.notes(name).join()).toMatch(/phones: .*cannot be dialled/);
  });

  test('at a contact are those of the listing', async () => {
    expect((await feed.answer('At the contact')).service.phones[0].link).toBe('tel:+442079460316');
  });

  test('of the organization: the one that is rung', async () => {
    const { organization } = await feed.answer('Of the organization');
    expect(organization.phone).toBe('020 7946 0318 ext. 3');
  });

  test('the lost 0 that was put back is said', () => {
    expect(feed.notes('A figure').filter((note) => note.startsWith('phones'))).toEqual([
      expect.stringMatching(/^phones\[0\]\.number: The 0 /),
    ]);
  });

  test('go out again as the standard has them', async () => {
    const { body } = await openReferral('Extension in the text');
    expect(body.phones).toEqual([expect.objectContaining({ number: '020 7946 0305 extn 09' })]);
  });

  test('a paper names one that can be rung, never a fax', async () => {
    const paper = (name: string) => {
      const listing = [...publicListings(feed.signpost.db)].find(({ service }) => service.name === name)!;
      return paperListing('en', { ...listing, next_sessions: [], schedule_words: [] }, null).phones.map(
        ({ number }) => number,
      );
    };
    expect(paper('A fax before the telephone')).toEqual(['020 7946 0302']);
    expect(paper('A fax alone')).toEqual([]);
    expect(paper('Texts by kind')).toEqual(['Text 07700 900301']);
    expect(paper('Of the organization')).toEqual(['020 7946 0318 ext. 3']);
  });
});

async function openReferral(name: string) {
  const listing = [...publicListings(feed.signpost.db)].find(({ service }) => service.name === name)!;
  const response = await feed.signpost.api.request(`/api/openreferral/v3/services/${listing.service.id}`);
  // biome-ignore lint/suspicious/noExplicitAny: an answer is checked by the test that asked.
  return { body: (await response.json()) as any };
}

/** A cell, and how the export writes it again. */
const CELLS: [cell: string, written: string, note?: RegExp][] = [
  ['8081570301', '08081570301', /The 0 .* was put back/],
  ['7700900310', '07700900310', /The 0 .* was put back/],
  ['1632960307', '01632960307', /The 0 .* was put back/],
  ['7700900311.0', '07700900311', /The 0 .* was put back/],
  ['18001 0306 999 0302', 'Textphone 18001 0306 999 0302'],
  ['020 7946 0319 ext 5', '020 7946 0319 ext. 5'],
  ['020 7946 0320 / 07700 900312', '020 7946 0320; 07700 900312'],
  ['Text 85258; 0800 1111 (Childline)', '0800 1111 (Childline); Text 85258'],
  ['0300 123 4504 (Mon, Wed & Fri 10.30-12)', '0300 123 4504 (Mon, Wed & Fri 10.30-12)'],
  ['tel:+442079460321;ext=6', '+442079460321 ext. 6'],
];

const REFUSED: [cell: string, words: RegExp][] = [
  ['7.70090E+09', /Format the column as text/],
  ['020 7123 456', /a digit may be missing/],
  ['60777', /Write ‘text 60777’/],
  ['ring the hall', /no telephone number/],
];

describe('the numbers of a table', () => {
  test.each(CELLS)('%s', async (cell, written, note) => {
    const table = await sentTable([{ ...RIGHT, phone: cell }]);
    expect(table.notes(RIGHT['name']!).filter((said) => said.startsWith('phone:'))).toEqual(
      note ? [expect.stringMatching(note)] : [],
    );
    const csv = await (await table.signpost.api.request('/api/v1/services.csv')).text();
    expect(csv).toContain(written);
    // What the export writes comes to the same again.
    const again = await sentTable([{ ...RIGHT, phone: written }]);
    const { service } = await again.answer(RIGHT['name']!);
    expect(service.phones).toEqual((await table.answer(RIGHT['name']!)).service.phones);
  });

  test.each(REFUSED)('%s is asked about', async (cell, words) => {
    const table = await sentTable([{ ...RIGHT, phone: cell }]);
    expect(table.notes(RIGHT['name']!).filter((said) => said.startsWith('phone:'))).toEqual([
      expect.stringMatching(words),
    ]);
  });
});
