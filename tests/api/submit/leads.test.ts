import { beforeEach, describe, expect, test } from 'vitest';
import { addKeeper } from '../../../api/store/keepers.ts';
import { findListing } from '../../../api/store/listings.ts';
import { personOf } from '../../../api/store/people.ts';
import { issueToken } from '../../../api/store/tokens.ts';
import { openEditing } from '../../../api/submit/drafts.ts';
import { leadsElsewhere, leadsIn } from '../../../api/submit/leads.ts';
import { send } from '../../../api/submit/send.ts';
import { IDS } from '../../fixtures/listings.ts';
import { type Counter, openCounter } from './counter.ts';

/** A keeper's change that leads people somewhere new waits for a moderator, however it is spelled; any other shows at once. */

let counter: Counter;
let key: string;
beforeEach(() => {
  counter = openCounter();
  const now = counter.directory.now();
  const person = personOf(counter.db, 'kim@example.org', now);
  const listing = findListing(counter.db, IDS.class)!;
  const service = { ...listing.service, phones: [{ number: '020 7946 0018' }], email: 'sit@example.org' };
  counter.directory.change((save) =>
    save(
      { services: [{ service: { ...service, url: 'https://www.example.org/sit' }, state: 'published' }] },
      { action: 'edited', role: 'moderator' },
    ),
  );
  addKeeper(counter.db, IDS.class, person, now);
  key = issueToken(counter.db, { purpose: 'edit', subject: IDS.class, person, minutes: 60, once: false }, now);
});

/** Sends a description; what came of it. */
async function describeAs(description: string): Promise<string> {
  const form = openEditing(counter.directory, key)!;
  await counter.leave(form, 'what', { ...form.submission.answers, description });
  return send(counter.directory, openEditing(counter.directory, key)!).outcome;
}

describe('waits, since it leads somewhere new', () => {
  test.each([
    'Pay the fee at nhs-refund.online/pay or ring 0900.123.4567',
    'See evil.app',
    'See evil.site for more',
    'See evil.de',
    'See evil.scot',
    'See EVIL.NGO',
    'See evil[.]com',
    'See evil (.) com',
    'See evil{dot}com',
    'See evil (dot) com',
    'See evil dot com',
    'See evil-dot-com',
    'See evil DOT co DOT uk',
    'See evil . com',
    'See evil. com',
    'See evil. COM/pay',
    'Pay at evil. co. uk',
    'See evil. online now',
    'See evil．com',
    'See evil。com',
    'See evil․com',
    'See evil·com',
    'See ｅｖｉｌ．ｃｏｍ',
    'See 𝐞𝐯𝐢𝐥.𝐜𝐨𝐦',
    'See ev\u200bil.\u200bco\u00adm',
    'See evil\u2060.\ufe0fcom',
    'See еvil.соm',
    'See пример.рф',
    'See xn--e1afmkfd.xn--p1ai',
    'See hxxp://evil',
    'See evil%2Ecom',
    'See evil&#46;com',
    'See 🅴🆅🅸🅻.com',
    'Ring o seven nine double four six double o nine nine nine',
    'See http://3232235777/pay',
    'See 192.0.2.1 and pay',
    'See www.evil.example',
    '(evil.example)',
    'evil.example.',
    'Write to pay@evil.example',
    'Write to pay@evil',
    'Write to pay＠evil.example',
    'Write to pay (at) evil (dot) example',
    'Write to pay [at] evil',
    'Write to pay at evil dot example',
    'Follow @evil_refunds',
    'Ring 0900 123 4567',
    'Ring 0900.123.4567',
    'Ring 0900/123/4567',
    'Ring 0900–123—4567',
    'Ring 0900‑123‑4567',
    'Ring (0900) 123_4567',
    'Ring ０９００１２３４５６７',
    'Ring ⓪⑨⓪⓪ ①②③ ④⑤⑥⑦',
    'Ring 0️⃣9️⃣0️⃣0️⃣1️⃣2️⃣3️⃣',
    'Ring 0\u200b900\u200b123\u200b4567',
    'Ring 0-9-0-0-1-2-3',
    'Ring 0 9 0 0\n1 2 3\n4 5 6',
    'Ring O9OO l23 4567',
    'Ring zero nine double zero one two three four',
    'Ring oh nine double oh double one double two',
    'Ring oh-nine hundred, treble-seven, twelve',
    'Ring 0900 then 123 then 4567',
    'Ring 0900 dash 123 dash 4567',
    'Ffoniwch dim naw dim dim un dau tri pedwar',
    'Ffoniwch sero, saith, dwbl chwech, tair, pump, wyth',
    'See evil full stop com',
    'See evil point co point uk',
    'See evil,com',
    'Gweler evil dot cymru',
    'Gweler evil. cymru',
    'Ring +44 900 123 4567',
    'Ring ٠٩٠٠١٢٣٤٥٦٧',
    'Ring 0900, then 123, 4567'.replace(', then', ','),
    'Ring 10:30 99:99 12:34',
    'Ring 020 7946 0018 9001 234',
    'Ring 020 7946 0018 or 0900 123 456',
  ])('%j', async (description) => {
    expect(await describeAs(description)).toBe('waiting');
    expect(findListing(counter.db, IDS.class)?.service.description).toBe('What happens there.');
  });
});

describe('shows at once', () => {
  test.each([
    'We meet every Tuesday from 10:30 to 12:00, in room 2. Bring water and wear trainers.',
    'Tuesdays 10:30-12:00, 13:30-15:00',
    'Tuesdays 10.30 – 12.00 and 13.30 – 15.00',
    'Open 9.00-17.00; closed 24/12/2026 – 02/01/2027.',
    'From 2026-09-07 to 2026-12-18.',
    'Running since 2019, 2020 and 2021/22, in 2026-27 too.',
    'It costs £3.50, £2.50 or £1.00; a term is £1,200.',
    'For ages 16 to 25, e.g. students, i.e. people who study. Doors at 10 a.m. sharp!',
    'Tea … and cake...and more. 24/7, 365 days. 1-2-1 sessions, 50+ welcome. One to one, or two to three.',
    'Look at page 3/4, rooms 12, 13, 14. Up to 20 people; 5 km.',
    'We meet at St. Mary’s at 7pm @ the hall. Wheelchair • buggy • dog friendly.',
    '我们每个星期二见面。请带水。我们有茶。',
    'Cwrdd bob dydd Mawrth. Dewch â dŵr.',
    'Dim ond un o dri grŵp, pedwar diwrnod, saith o’r gloch, naw tan un ar ddeg. Dwy sesiwn, pump i chwech.',
    'Between one hundred and two hundred people; twelve weeks, then ten more. The meeting point online is new.',
    'Two hundred, three hundred or more. A dash of fun, in our own space, one then another.',
    // What the listing says already, in whatever spelling and field.
    'Ring 02079460018 or +44 (0)20 7946 0018, write to SIT@example.org or sit (at) example (dot) org.',
    'Ring 020-7946-0018, 10:30. More at example.org/sit and http://example.org/sit/.',
  ])('%j', async (description) => {
    expect(await describeAs(description)).toBe('published');
    expect(findListing(counter.db, IDS.class)?.service.description).toBe(description);
  });
});

test('a link in any other text waits too', async () => {
  for (const [step, field, words] of [
    ['joining', 'application_process', 'Look at evil．online'],
    ['joining', 'first_visit', 'Ffoniwch dim naw dim dim un dau tri pedwar'],
    ['joining', 'transportation', 'Ring o9oo l23 4567 from the bus'],
    ['joining', 'accessibility_notes', 'Write to pay [at] evil'],
    ['for', 'for_whom', 'Look at evil．online'],
    ['for', 'amount_note', 'Pay at evil dot example'],
    ['when', 'arrangement_note', 'Ring 0900 then 1234 then 567'],
    ['what', 'summary', 'Look at evil．online'],
    ['what', 'name', 'Look at evil．online'],
  ] as const) {
    const form = openEditing(counter.directory, key)!;
    await counter.leave(form, step, { ...form.submission.answers, [field]: words });
    const sent = send(counter.directory, openEditing(counter.directory, key)!);
    expect([field, sent.outcome]).toEqual([field, 'waiting']);
  }
});

test('long rows of one kind of character are read in one go', () => {
  const nothing = leadsIn('');
  const rows = [
    '@',
    'a@',
    'a@b.',
    '1 (',
    'a-',
    'www',
    'x',
    '.',
    ' .',
    ' ',
    '\n',
    '1',
    '1 ',
    '(',
    '[ ',
    'dot ',
    ' at ',
    '+',
    '·',
    'o',
    '£1',
    'é́',
    '0️⃣',
    'one ',
  ];
  for (const row of rows)
    expect(leadsElsewhere(nothing, `${row.repeat(60_000 / row.length)} b@evil.example`)).toBe(true);
});
