import { beforeEach, describe, expect, test } from 'vitest';
import { joinListings, takeApart } from '../../../api/matching/join.ts';
import { historyOf } from '../../../api/store/changes.ts';
import { keepersOf } from '../../../api/store/keepers.ts';
import { emailOf } from '../../../api/store/people.ts';
import { issueToken, readToken, tokenState } from '../../../api/store/tokens.ts';
import { sayStillRight } from '../../../api/upkeep/confirm.ts';
import { askToTakeOver, takeOver } from '../../../api/upkeep/hand-over.ts';
import { linkTargetOf } from '../../../api/upkeep/link-target.ts';
import { askForFreshLinks, askForLinks, toEdit } from '../../../api/upkeep/links.ts';
import { createReminded, keyIn, type Place, uuid } from './place.ts';

const A = uuid(1);
let place: Place;
let ann: number;
/** The key in Ann's first reminder. */
let key: string;

const pathKey = (path: string | null) => keyIn(path ?? 'null');

beforeEach(async () => {
  ({ place, ann, key } = await createReminded());
});

describe('somebody else', () => {
  test('is asked by mail, and looks after it once they say yes; whoever asked hears so', async () => {
    expect(askToTakeOver(place.directory, key, ' Cleo@Example.org')).toBe('asked');
    expect(keepersOf(place.db, A).map(({ email }) => email)).toEqual(['ann@example.org']);
    const [asked] = await place.post();
    expect(asked).toMatchObject({ to: 'cleo@example.org', template: 'hand-over-confirm' });
    expect(asked?.text).not.toContain('ann@');
    // They have confirmed nothing: what keepers write may be changed without anybody looking.
    expect(`${asked?.subject}\n${asked?.text}`).not.toMatch(/Listing 1|Homerton Moves/);
    expect(asked?.text).toContain(`/services/${A}`);
    const invited = keyIn(asked?.text ?? '');
    expect(linkTargetOf(place.directory, invited)).toMatchObject({ kind: 'hand_over' });

    const next = takeOver(place.directory, invited);
    expect(keepersOf(place.db, A).map(({ email }) => email)).toEqual(['cleo@example.org']);
    expect((await place.post())[0]).toMatchObject({ to: 'ann@example.org', template: 'hand-over' });
    expect(takeOver(place.directory, invited)).toBeNull();
    expect(linkTargetOf(place.directory, pathKey(next))).toMatchObject({ kind: 'keep' });
    expect(sayStillRight(place.directory, pathKey(next))).not.toBeNull();
  });

  test('their own address is refused, and the link still works', () => {
    expect(askToTakeOver(place.directory, key, 'ANN@example.org')).toBe('own');
    expect(linkTargetOf(place.directory, key)).toMatchObject({ kind: 'keep' });
  });

  test('a link that was handed on does not open what its owner no longer looks after', async () => {
    askToTakeOver(place.directory, key, 'cleo@example.org');
    const [asked] = await place.post();
    const wish = { subject: A, person: ann, minutes: 5, once: true } as const;
    const [later = '', edit = ''] = (['keep', 'edit'] as const).map((purpose) =>
      issueToken(place.db, { purpose, ...wish }, place.now()),
    );
    takeOver(place.directory, keyIn(asked?.text ?? ''));
    for (const old of [later, edit]) expect(tokenState(place.db, old, place.now())?.standing).toBe('expired');
    expect(linkTargetOf(place.directory, later)).toMatchObject({ kind: 'ended', why: 'expired' });
    expect(sayStillRight(place.directory, later)).toBeNull();
  });
});

describe('a listing that was joined into another', () => {
  test('is looked after as that one by the same people, and by itself again once they are taken apart', async () => {
    joinListings(place.directory, uuid(2), A, { role: 'moderator', person: null, reason: 'The same' });
    expect(keepersOf(place.db, uuid(2)).map(({ email }) => email)).toEqual(['ann@example.org']);
    askForLinks(place.directory, { email: 'ann@example.org', client: '192.0.2.77' });
    expect((await place.post())[0]?.text).toContain('Listing 2\nIt is still right');
    expect(linkTargetOf(place.directory, key)).toMatchObject({ kind: 'keep', listing: { service: { id: uuid(2) } } });
    place.goTo('2026-11-25');
    expect(sayStillRight(place.directory, key)).not.toBeNull();
    expect(place.get(uuid(2)).service.assured_date).toBe('2026-11-25');

    takeApart(place.directory, A, { role: 'moderator', person: null, reason: 'Not the same' });
    expect(keepersOf(place.db, uuid(2))).toEqual([]);
    expect(keepersOf(place.db, A)).toHaveLength(1);
  });

  test('who hands it over looks after neither any more', async () => {
    place.keep(uuid(2), 'bob@example.org');
    joinListings(place.directory, uuid(2), A, { role: 'moderator', person: null, reason: 'The same' });
    askToTakeOver(place.directory, key, 'cleo@example.org');
    const [asked] = await place.post();
    expect(takeOver(place.directory, keyIn(asked?.text ?? ''))).not.toBeNull();
    expect(keepersOf(place.db, uuid(2)).map(({ email }) => email)).toEqual(['bob@example.org', 'cleo@example.org']);
  });
});

describe('fresh links', () => {
  test('go to who looks after something, and to nobody else, and neither can tell', async () => {
    const asks = ['ann@example.org', 'stranger@example.org', 'no address'].map((email, index) =>
      askForLinks(place.directory, { email, client: `192.0.2.${index}` }),
    );
    expect(asks).toEqual([undefined, undefined, undefined]);
    expect(place.db.prepare("SELECT count(*) FROM person WHERE email LIKE '%stranger%'").pluck().get()).toBe(0);
    const mails = await place.post();
    expect(mails.map(({ to, template }) => `${to} ${template}`)).toEqual(['ann@example.org links']);
    expect(sayStillRight(place.directory, keyIn(mails[0]?.text ?? ''))).not.toBeNull();
    expect(readToken(place.db, keyIn(mails[0]?.text ?? '', 'edit'), 'edit', place.now())).toMatchObject({ subject: A });
  });

  test('an old link sends them to whom it was sent', async () => {
    sayStillRight(place.directory, key);
    askForFreshLinks(place.directory, { token: key, client: '192.0.2.9' });
    expect((await place.post()).map(({ to }) => to)).toEqual(['ann@example.org']);
    askForFreshLinks(place.directory, { token: 'unknown', client: '192.0.2.9' });
    expect(await place.post()).toEqual([]);
  });

  test('nobody can have a mailbox filled', async () => {
    let sent = 0;
    for (let minute = 0; minute < 24 * 60; minute += 2) {
      askForLinks(place.directory, { email: 'ann@example.org', client: `198.51.100.${minute % 250}` });
      sent += (await place.post()).length;
      place.later(2);
    }
    expect(sent).toBe(6);
  });

  test('to the form that changes it, without using the link up', () => {
    const path = toEdit(place.directory, key);
    expect(path).toMatch(/^\/edit\/[\w-]{27}$/);
    expect(linkTargetOf(place.directory, key)).toMatchObject({ kind: 'keep' });
  });
});

describe('people', () => {
  test('no address gets into the history, whoever typed it', () => {
    const { service, state } = place.get(A);
    place.directory.change((save) =>
      save(
        { services: [{ service: { ...service, name: 'New' }, state }] },
        { action: 'edited', role: 'moderator', reason: 'Asked jo.bloggs@example.org, who agrees' },
      ),
    );
    expect(historyOf(place.db, [A])[0]?.reason).toBe('Asked (an e-mail address), who agrees');
    expect(JSON.stringify(historyOf(place.db, [A]))).not.toContain('ann@');
    expect(emailOf(place.db, ann)).toBe('ann@example.org');
  });
});
