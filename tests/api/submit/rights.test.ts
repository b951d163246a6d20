import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDirectory, type Directory } from '../../../api/directory/directory.ts';
import { Location, Organization, Service } from '../../../api/domain/service.ts';
import { askSender } from '../../../api/moderate/decide.ts';
import { beginEdit } from '../../../api/moderate/edit.ts';
import { handOverPage, invitedPage, keepPage, undoPage, watchConfirmPage } from '../../../api/notify/page-links.ts';
import { createSearchIndex } from '../../../api/search/index.ts';
import { readVocabulary } from '../../../api/search/text/vocabulary.ts';
import { newestLine } from '../../../api/store/changes.ts';
import { addKeeper, removeKeeper } from '../../../api/store/keepers.ts';
import { findListing } from '../../../api/store/listings.ts';
import { closeStore, openStore } from '../../../api/store/open.ts';
import { personOf } from '../../../api/store/people.ts';
import { currentId } from '../../../api/store/renewed-ids.ts';
import { changeSubmission, findSubmission } from '../../../api/store/submissions.ts';
import { issueToken, type Purpose } from '../../../api/store/tokens.ts';
import { addWatch } from '../../../api/store/watches.ts';
import { beginDraft, draftKey, openDraft, openEditing } from '../../../api/submit/drafts.ts';
import { STEPS } from '../../../api/submit/fields.ts';
import { callOurs } from '../../../api/submit/likeness.ts';
import { send } from '../../../api/submit/send.ts';
import { confirmWatching } from '../../../api/watch/answer.ts';
import { NOW } from '../../helpers/clock.ts';
import { temporaryFolder } from '../../helpers/folder.ts';
import { type Site, startSite } from '../../helpers/site.ts';
import { moderator, sessionCookie, visitor } from '../../helpers/visitor.ts';

/**
 * What a key shows is decided when it is used: each key that there can be, made while its owner had every right to it, is
 * tried on every page and button of the running site after the listing has moved to a place that is kept private.
 */

const MO = 'mo@example.org';
const now = () => new Date(NOW);
const folder = temporaryFolder();
const file = folder.file('signpost.sqlite');

/** What nobody may be shown: the new address, in any part, its point and its postcode's. */
const SECRET = /Undisclosed|Safe House|E5\s*0LH|51\.5533|-0\.0449/i;
const PRIVATE = {
  name: 'Safe House Nine',
  address: { address_1: '77 Undisclosed Terrace', city: 'London', postal_code: 'E5 0LH', country: 'GB' as const },
  latitude: 51.55329,
  longitude: -0.04499,
};

let site: Site;
let directory: Directory;
beforeAll(async () => {
  site = await startSite({ DATABASE: file, MODERATORS: MO });
  const db = openStore(file);
  directory = createDirectory({ db, index: createSearchIndex([], readVocabulary('')), now });
});
afterAll(async () => {
  closeStore(directory.db);
  await site.stop();
  folder.remove();
});

/** A listing at an open place, with a keeper. */
function listed(): { id: string; kim: number } {
  const organization = Organization.parse({ id: randomUUID(), name: 'Homerton Moves', charity_number: '1234567' });
  const hall = Location.parse({
    id: randomUUID(),
    name: 'Open Hall',
    address: { address_1: '1 Made-up Street', city: 'London', postal_code: 'E8 1EA' },
    latitude: 51.545,
    longitude: -0.056,
  });
  const service = Service.parse({
    id: randomUUID(),
    organization_id: organization.id,
    name: 'Chair yoga for sore backs',
    summary: 'A gentle hour.',
    description: 'We sit and move.',
    kind: 'activity',
    taxonomy_terms: ['movement'],
    attending_types: ['in_person'],
    location_ids: [hall.id],
    schedules: [{ freq: 'WEEKLY', byday: 'TU', opens_at: '10:30', closes_at: '12:00' }],
    source: { name: 'A test' },
    assured_date: '2026-11-01',
  });
  directory.change((save) =>
    save(
      { organizations: [organization], locations: [hall], services: [{ service, state: 'published' }] },
      { action: 'added', role: 'moderator' },
    ),
  );
  const kim = personOf(directory.db, `kim-${service.id}@example.org`, now());
  addKeeper(directory.db, service.id, kim, now());
  return { id: service.id, kim };
}

/** A moderator moves the listing to a place that is kept private. */
function hide(id: string): void {
  const { locations } = findListing(directory.db, id)!;
  directory.change((save) =>
    save(
      { locations: [{ ...locations[0]!, ...PRIVATE, confidential: true }] },
      { action: 'edited', role: 'moderator' },
    ),
  );
}

type Made = { id: string; kim: number };
const db = () => directory.db;
const keyOf = (page: string): string => page.split('/').at(-1) ?? '';

/** A form in which somebody says that the listing is theirs; the address in it belongs to whom it may. */
function claim({ id }: Made, email: string | null): { submission: string; key: string } {
  const key = beginDraft(directory);
  const form = openDraft(directory, key)!;
  const person = email === null ? null : personOf(db(), email, now());
  changeSubmission(db(), form.submission.id, 1, { answers: { name: 'Ours', email: email ?? '' }, person }, now());
  expect(callOurs(directory, openDraft(directory, key)!, id)).toBe(true);
  return { submission: form.submission.id, key };
}

/** Keys of each purpose, as each can come about. A purpose that is new has to be put in here, or the types do not fit. */
const KEYS: Record<Purpose, Record<string, (made: Made) => string>> = {
  draft: {
    'a claim whose address nobody confirmed': (made) => claim(made, 'eve@example.org').key,
    'a claim without an address': (made) => claim(made, null).key,
    'a claim from the mail of who made it': (made) => {
      const { submission } = claim(made, 'eve@example.org');
      return draftKey(db(), submission, personOf(db(), 'eve@example.org', now()), now());
    },
    'a keeper who was asked about their change': ({ id, kim }) => {
      const edit = keyOf(
        `/${issueToken(db(), { purpose: 'edit', subject: id, person: kim, minutes: 60, once: false }, now())}`,
      );
      const form = openEditing(directory, edit)!;
      const typed = { ...form.submission, answers: { ...form.submission.answers, phone: '020 7946 0123' } };
      expect(send(directory, { ...form, submission: typed }).outcome).toBe('waiting');
      const { version } = findSubmission(db(), typed.id)!;
      askSender(directory, { id: typed.id, version, person: personOf(db(), MO, now()), words: 'Is it?' });
      return draftKey(db(), typed.id, kim, now());
    },
    'a moderator, as an earlier version of the program mailed it': ({ id }) => {
      const mo = personOf(db(), MO, now());
      const form = beginEdit(directory, id, mo)!;
      return draftKey(db(), form, mo, now());
    },
    'a moderator, from before forms were marked as theirs': ({ id }) => {
      const mo = personOf(db(), MO, now());
      const form = beginEdit(directory, id, mo)!;
      db().prepare("UPDATE submission SET answers = json_remove(answers, '$.moderating') WHERE id = ?").run(form);
      return draftKey(db(), form, mo, now());
    },
  },
  confirm_email: {
    'a claim': (made) => {
      const { submission } = claim(made, 'eve@example.org');
      db().prepare("UPDATE submission SET state = 'unconfirmed' WHERE id = ?").run(submission);
      const person = personOf(db(), 'eve@example.org', now());
      return issueToken(
        db(),
        { purpose: 'confirm_email', subject: submission, person, minutes: 60, once: true },
        now(),
      );
    },
  },
  sign_in: {
    'a moderator': () => {
      const person = personOf(db(), MO, now());
      return issueToken(db(), { purpose: 'sign_in', subject: '', person, minutes: 15, once: true }, now());
    },
  },
  edit: {
    'a keeper': ({ id, kim }) =>
      issueToken(db(), { purpose: 'edit', subject: id, person: kim, minutes: 60, once: false }, now()),
  },
  keep: { 'a keeper': ({ id, kim }) => keyOf(keepPage(db(), id, kim, now())) },
  undo: {
    'a keeper': ({ id, kim }) => {
      const { service } = findListing(db(), id)!;
      directory.change((save) =>
        save(
          { services: [{ service: { ...service, summary: 'Another hour.' }, state: 'published' }] },
          { action: 'edited', role: 'organization', person: kim },
        ),
      );
      return keyOf(undoPage(db(), newestLine(db(), id), kim, now()));
    },
    'a keeper, of a change of the venue alone': ({ id, kim }) => {
      const [hall] = findListing(db(), id)!.locations;
      directory.change((save) =>
        save(
          { locations: [{ ...hall!, transportation: 'By bus.' }] },
          { action: 'edited', role: 'organization', person: kim },
        ),
      );
      return keyOf(undoPage(db(), newestLine(db(), hall!.id), kim, now()));
    },
  },
  hand_over: {
    'somebody whom a keeper asked': ({ id, kim }) =>
      keyOf(handOverPage(db(), id, kim, personOf(db(), 'eve@example.org', now()), now())),
  },
  watch_confirm: {
    'somebody who asked to be told of changes': ({ id }) => {
      const watch = addWatch(db(), 'eve@example.org', [id], now());
      return keyOf(watchConfirmPage(db(), watch, now()));
    },
  },
  watch: {
    'somebody who is told of changes': ({ id }) => {
      const watch = addWatch(db(), 'eve@example.org', [id], now());
      const page = confirmWatching({ directory, isPrivate: () => false }, keyOf(watchConfirmPage(db(), watch, now())));
      return keyOf(page ?? '');
    },
  },
  invite: {
    'somebody whom a moderator asked': ({ id }) =>
      keyOf(invitedPage(db(), [id], personOf(db(), 'eve@example.org', now()), now())),
  },
};
const ALL = Object.entries(KEYS).flatMap(([purpose, ways]) =>
  Object.entries(ways).map(([who, make]) => [`${purpose}: ${who}`, make] as const),
);
/** Of whom there is nothing to remove, since they look after nothing. */
const KEEPERS = ALL.filter(([name]) => name.includes('a keeper'));

/** Every page that a key can stand in, and every button of theirs. */
async function everythingBehind(key: string, cookie?: ReturnType<typeof visitor>): Promise<string> {
  const who = cookie ?? visitor(site.origin);
  const pages = ['', ...STEPS.map(({ key: step }) => step), 'dates', 'map', 'check'];
  const paths = [
    ...['add', 'edit'].flatMap((way) => pages.map((page) => `/${way}/${key}/${page}`)),
    ...['', 'stopped', 'hand-over'].map((page) => `/keep/${key}/${page}`),
    `/keep/invited/${key}`,
    `/watch/${key}`,
    `/add/confirm/${key}`,
    `/moderate/sign-in/${key}`,
  ];
  const seen: string[] = [];
  const look = async () => {
    for (const path of paths) {
      const { text, to } = await who.get(path);
      seen.push(`${path} ${to}\n${text}`);
    }
  };
  await look();
  // As the attack went: another address typed, so that the last page says what was there before.
  for (const way of ['add', 'edit']) {
    const where = {
      attending: 'in_person',
      venue_name: 'X',
      address_1: '1 X Street',
      city: 'London',
      postcode: 'E8 1EA',
    };
    const mark = /name="mark" value="([^"]+)"/.exec((await who.get(`/${way}/${key}/where`)).text)?.[1] ?? '';
    for (const [path, fields] of [
      [`/${way}/${key}/where`, { ...where, mark }],
      [`/${way}/${key}`, { do: 'change' }],
      [`/${way}/${key}`, { do: 'again' }],
    ] as const) {
      const { text, to } = await who.post(path, fields);
      seen.push(`POST ${path} ${to}\n${text}`);
    }
  }
  await look();
  seen.push((await who.post(`/keep/invited/${key}`, {})).text);
  for (const button of ['edit', 'right', 'stopped', 'undo', 'take-over', 'fresh']) {
    const { text, to } = await who.post(`/keep/${key}`, { do: button });
    seen.push(`POST /keep ${button} ${to}\n${text}`);
    if (to.startsWith('/edit/') || to.startsWith('/keep/'))
      seen.push((await who.get(to)).text, (await who.get(`${to}/where`)).text);
  }
  for (const button of ['yes', 'stop']) seen.push((await who.post(`/watch/${key}`, { do: button })).text);
  await look();
  return seen.join('\n');
}

describe('once the place is kept private', () => {
  const RIGHTFUL = /^(edit|keep): a keeper$/;
  test.each(ALL)('%s', async (name, make) => {
    const made = listed();
    const key = make(made);
    hide(made.id);
    const seen = await everythingBehind(key);
    if (RIGHTFUL.test(name)) expect(seen).toMatch(SECRET);
    else expect(SECRET.exec(seen)?.[0]).toBeUndefined();
  });

  test('who was asked to look after it reads that the address is kept private, and not what it is', async () => {
    const { id, kim } = listed();
    hide(id);
    const page = keyOf(handOverPage(db(), currentId(db(), id), kim, personOf(db(), 'eve@example.org', now()), now()));
    const { text } = await visitor(site.origin).get(`/keep/${page}`);
    expect(text).toContain('The address is kept private');
    expect(text).not.toMatch(SECRET);
  });

  test('a claim that was begun while it was public ends, its owner is not told where it went, and nothing is changed', async () => {
    const made = listed();
    const { key, submission } = claim(made, 'eve@example.org');
    hide(made.id);
    const { status, text } = await visitor(site.origin).get(`/add/${key}/check`);
    expect(status).toBe(404);
    expect(text).not.toContain(currentId(db(), made.id));
    expect(findSubmission(db(), submission)?.state).toBe('draft');
  });
});

describe('once a keeper was removed, and the place is kept private', () => {
  test.each([...KEEPERS, ...ALL.filter(([name]) => name.startsWith('hand_over'))])('%s', async (_name, make) => {
    const made = listed();
    const key = make(made);
    directory.change(() => removeKeeper(db(), made.id, made.kim));
    hide(made.id);
    expect(SECRET.exec(await everythingBehind(key))?.[0]).toBeUndefined();
    // Nothing was done in their name either.
    const { state, service } = findListing(db(), currentId(db(), made.id))!;
    expect([state, service.status, service.assured_date]).toEqual(['published', 'active', '2026-11-01']);
  });

  test.each(KEEPERS)('the row alone was taken out, as a restored copy would have it: %s', async (_name, make) => {
    const made = listed();
    const key = make(made);
    // The keys stay in force: it is the right to look that is gone.
    db().prepare('DELETE FROM keeper WHERE service_id = ?').run(made.id);
    const { locations } = findListing(db(), made.id)!;
    // Hidden without a new id, as an earlier version of the program left it.
    const hidden = JSON.stringify({ ...locations[0], ...PRIVATE, confidential: true });
    db().prepare('UPDATE location SET document = ?, confidential = 1 WHERE id = ?').run(hidden, locations[0]!.id);
    expect(SECRET.exec(await everythingBehind(key))?.[0]).toBeUndefined();
  });
});

describe('a moderator', () => {
  test('changes a listing behind their session, from the first page to what the public sees', async () => {
    const made = listed();
    hide(made.id);
    const mo = moderator(site, MO);
    const path = `/moderate/listings/${currentId(db(), made.id)}`;
    const { to } = await mo.post(path, { action: 'edit' });
    expect(to).toMatch(/^\/moderate\/forms\/[\w-]{36}$/);
    const where = await mo.get(`${to}/where`);
    expect(where.text).toMatch(SECRET);
    expect(where.headers.get('x-robots-tag')).toContain('noindex');
    const what = await mo.get(`${to}/what`);
    const mark = /name="mark" value="([^"]+)"/.exec(what.text)?.[1] ?? '';
    const typed = {
      name: 'Chair yoga',
      summary: 'A gentle hour.',
      description: 'We sit.',
      kind: 'activity',
      category_1: 'movement',
    };
    expect(await mo.post(`${to}/what`, { ...typed, mark })).toMatchObject({ status: 303, to: `${to}/check` });
    const check = await mo.get(`${to}/check`);
    expect(check.text).toContain('It shows at once, and stands in the history as yours.');
    // The same without the session's token changes nothing, and without the session leads to the sign-in.
    const strange = await visitor(site.origin).post(`${to}/what`, { ...typed, name: 'Strange', mark });
    expect(strange.to).toMatch(/^\/moderate\?next=/);
    for (const page of ['', '/where', '/check', '/map', '/dates'])
      expect((await visitor(site.origin).get(`${to}${page}`)).to).toMatch(/^\/moderate\?next=/);
    const sent = await mo.post(`${to}/check`, {});
    expect(sent.to).toBe(`${path}?done=own.${currentId(db(), made.id)}`);
    expect((await mo.get(sent.to)).text).toContain('Changed by a moderator');
    expect(findListing(db(), currentId(db(), made.id))?.service.summary).toBe('A gentle hour.');
  });

  test('who was let go finds nothing in the addresses of their browser', async () => {
    const made = listed();
    const cookie = sessionCookie(site, MO);
    const keys = [KEYS.draft, KEYS.sign_in].flatMap((ways) =>
      Object.entries(ways).flatMap(([who, make]) => (who.startsWith('a moderator') ? [make(made)] : [])),
    );
    hide(made.id);
    const mo = visitor(site.origin, cookie);
    const { to } = await mo.post(`/moderate/listings/${currentId(db(), made.id)}`, { action: 'edit' });
    expect((await mo.get(`${to}/where`)).text).toMatch(SECRET);
    await site.stop();
    site = await startSite({ DATABASE: file, MODERATORS: 'ed@example.org' });
    for (const page of ['', '/where', '/check']) {
      const { text, status } = await visitor(site.origin, cookie).get(`${to}${page}`);
      expect(status).toBe(303);
      expect(text).not.toMatch(SECRET);
    }
    for (const key of keys) expect(SECRET.exec(await everythingBehind(key))?.[0]).toBeUndefined();
    // Nor does another moderator's session open a form that is not theirs.
    expect((await moderator(site, 'ed@example.org').get(`${to}/where`)).status).toBe(404);
  });
});

describe('who began a form with somebody else’s address', () => {
  const type = { organization_name: 'Hidden Oak', sponsor_name: 'A GP', sponsor_contact: 'gp@example.org' };
  test('holds no key once its owner saves anything, and reads nothing that they type', async () => {
    const eve = visitor(site.origin);
    const { to } = await eve.post('/add', {});
    await eve.post(`${to}/who`, { email: 'victim@example.org', ...type, mark: '' });
    const page = await eve.get(`${to}/who`);
    const mark = /name="mark" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    await eve.post(`${to}/who`, { email: 'victim@example.org', ...type, mark });
    const given = db()
      .prepare("SELECT given FROM mail WHERE recipient = 'victim@example.org' ORDER BY id DESC")
      .pluck()
      .get();
    const { link } = JSON.parse(given as string) as { link: string };
    const victim = visitor(site.origin);
    // To look changes nothing: a scanner of mail may have been first, while its owner is filling it in elsewhere.
    expect((await victim.get(link)).text).toContain('steps are done');
    expect((await eve.get(`${to}/what`)).status).toBe(200);
    const where = await victim.get(`${link}/where`);
    const now_ = /name="mark" value="([^"]+)"/.exec(where.text)?.[1] ?? '';
    const typed = {
      attending: 'in_person',
      venue_name: 'Safe House Nine',
      address_1: '77 Undisclosed Terrace',
      city: 'London',
      postcode: 'E8 1EA',
      confidential: 'yes',
      mark: now_,
    };
    expect((await victim.post(`${link}/where`, typed)).status).toBe(303);
    expect((await victim.get(`${link}/where`)).text).toMatch(SECRET);
    for (const button of ['change', 'withdraw', 'again']) await eve.post(to, { do: button });
    for (const path of [to, `${to}/where`, `${to}/check`]) {
      const { status, text } = await eve.get(path);
      expect(status).toBe(404);
      expect(text).not.toMatch(SECRET);
    }
    expect((await victim.get(`${link}/where`)).text).toMatch(SECRET);
  });

  test('cannot pull back what its owner has confirmed', async () => {
    const key = beginDraft(directory);
    const form = openDraft(directory, key)!;
    const person = personOf(db(), 'owner@example.org', now());
    const { id } = form.submission;
    changeSubmission(db(), id, 1, { answers: { name: 'A class' }, person, state: 'unconfirmed' }, now());
    const wish = { purpose: 'confirm_email', subject: id, person, minutes: 60, once: true } as const;
    const confirm = `/add/confirm/${issueToken(db(), wish, now())}`;
    expect((await visitor(site.origin).get(confirm)).status).toBe(200);
    expect((await visitor(site.origin).get(`/add/${key}`)).status).toBe(200);
    expect((await visitor(site.origin).post(confirm, {})).status).toBe(303);
    await visitor(site.origin).post(`/add/${key}`, { do: 'change' });
    expect(findSubmission(db(), id)?.state).toBe('waiting');
    expect((await visitor(site.origin).get(`/add/${key}`)).status).toBe(404);
    // From the mail it can be.
    const own = `/add/${draftKey(db(), id, person, now())}`;
    expect((await visitor(site.origin).post(own, { do: 'change' })).to).toBe(own);
    expect(findSubmission(db(), id)?.state).toBe('draft');
  });
});
