import { beforeEach, describe, expect, test } from 'vitest';
import { invitationsFor, sendInvitations } from '../../../api/moderate/invite.ts';
import { addKeeper, keepersOf, removeKeeper } from '../../../api/store/keepers.ts';
import { personOf } from '../../../api/store/people.ts';
import { acceptInvitation, invitedTo } from '../../../api/upkeep/invited.ts';
import { IDS } from '../../fixtures/listings.ts';
import { changed, createDesk, type Desk } from './desk.ts';

/** Listings that nobody looks after get somebody who does. */

let desk: Desk;
const OURS = [IDS.class, IDS.befriending, IDS.course, IDS.elsewhere, IDS.draft];
beforeEach(() => {
  desk = createDesk();
  const give = (id: string, email: string) => ({
    service: changed(desk.listing(id), { email }),
    state: desk.listing(id).state,
  });
  desk.directory.change((save) =>
    save(
      {
        services: [
          give(IDS.class, 'hello@moves.example'),
          give(IDS.befriending, 'Hello@Moves.example'),
          give(IDS.course, 'course@example.org'),
          give(IDS.draft, 'draft@example.org'),
        ],
      },
      { action: 'imported', role: 'moderator' },
    ),
  );
  addKeeper(desk.db, IDS.course, desk.ann, desk.directory.now());
});
const invited = () => desk.mails().filter(({ template }) => template === 'invited');
const key = (index = 0) => invited()[index]?.given['link']?.split('/').at(-1) ?? '';
const keepers = (id: string) => keepersOf(desk.db, id).map(({ email }) => email);

test('an address gets one mail for all its listings, with none of their words; why others are left is said', () => {
  const { invitations, left } = invitationsFor(desk.directory, OURS);
  expect(invitations).toEqual([
    {
      email: 'hello@moves.example',
      listings: [
        { id: IDS.class, name: 'Seated exercise' },
        { id: IDS.befriending, name: 'A friend at the door' },
      ],
    },
  ]);
  expect(left.map(({ id, why }) => [id, why])).toEqual([
    [IDS.course, 'Somebody looks after it.'],
    [IDS.elsewhere, 'It gives no e-mail address.'],
    [IDS.draft, 'It is not public.'],
  ]);
  expect(invited()).toEqual([]);
  expect(sendInvitations(desk.directory, OURS)).toBe(1);
  expect(invited()).toMatchObject([{ to: 'hello@moves.example', given: { count: '2 listings' } }]);
  expect(JSON.stringify(invited())).not.toMatch(/Seated|friend/);
  // Chosen again, also by somebody else, nobody is asked twice.
  expect(sendInvitations(desk.directory, OURS)).toBe(0);
  expect(invitationsFor(desk.directory, [IDS.class]).left[0]?.why).toMatch(/30 days/);
});

test('nobody is in charge until they say yes; then of all of them, once', () => {
  sendInvitations(desk.directory, OURS);
  for (let times = 0; times < 3; times += 1)
    expect(invitedTo(desk.directory, key())?.map(({ service }) => service.id)).toEqual([IDS.class, IDS.befriending]);
  expect(keepers(IDS.class)).toEqual([]);
  const kept = acceptInvitation(desk.directory, key());
  expect(kept).toMatchObject([{ name: 'Seated exercise', page: expect.stringMatching(/^\/keep\/[\w-]{27}$/) }, {}]);
  expect([keepers(IDS.class), keepers(IDS.befriending)]).toEqual([['hello@moves.example'], ['hello@moves.example']]);
  expect(acceptInvitation(desk.directory, key())).toBeNull();
  expect(invitedTo(desk.directory, key())).toBeNull();
  expect(invitedTo(desk.directory, 'nonsense')).toBeNull();
});

test('what was taken out meanwhile is not shown, and nobody comes to look after it', () => {
  sendInvitations(desk.directory, OURS);
  const { service } = desk.listing(IDS.class);
  desk.directory.change((save) =>
    save({ services: [{ service, state: 'suspended' }] }, { action: 'suspended', role: 'moderator' }),
  );
  expect(invitedTo(desk.directory, key())?.map((it) => it.service.id)).toEqual([IDS.befriending]);
  acceptInvitation(desk.directory, key());
  expect(keepers(IDS.class)).toEqual([]);
});

test('all of a council’s own table of 800 is asked in one go, as a form carries it', () => {
  const like = desk.listing(IDS.befriending).service;
  const services = Array.from({ length: 800 }, (_, number) => ({
    state: 'published' as const,
    service: {
      ...like,
      id: `00000000-0000-4000-8000-${String(5000 + number).padStart(12, '0')}`,
      email: `group${number}@example.org`,
    },
  }));
  desk.directory.change((save) => save({ services }, { action: 'imported', role: 'source' }));
  const form = new FormData();
  for (const { service } of services) form.append('id', service.id);
  expect(new URLSearchParams(form as never).toString().length).toBeLessThan(64 * 1024);
  const { invitations, left } = invitationsFor(desk.directory, form.getAll('id').map(String));
  expect([invitations.length, left]).toEqual([800, []]);
});

describe('an invitation is good for what is still to be asked', () => {
  const shown = () => invitedTo(desk.directory, key())?.map(({ service }) => service.id);
  const says = (id: string, email: string) =>
    desk.directory.change((save) =>
      save(
        { services: [{ service: changed(desk.listing(id), { email }), state: 'published' }] },
        {
          action: 'imported',
          role: 'source',
        },
      ),
    );
  beforeEach(() => {
    sendInvitations(desk.directory, OURS);
    expect(shown()).toEqual([IDS.class, IDS.befriending]);
  });

  test('not for what gives another address by now', () => {
    says(IDS.class, 'new@moves.example');
    expect(shown()).toEqual([IDS.befriending]);
    acceptInvitation(desk.directory, key());
    expect([keepers(IDS.class), keepers(IDS.befriending)]).toEqual([[], ['hello@moves.example']]);
  });

  test('not for what somebody else looks after by now', () => {
    addKeeper(desk.db, IDS.class, desk.ann, desk.directory.now());
    expect(shown()).toEqual([IDS.befriending]);
  });

  test('not for what they were taken off, by another link from before', () => {
    const person = personOf(desk.db, 'hello@moves.example', desk.directory.now());
    addKeeper(desk.db, IDS.class, person, desk.directory.now());
    removeKeeper(desk.db, IDS.class, person);
    expect(shown()).toEqual([IDS.befriending]);
    removeKeeper(desk.db, IDS.befriending, person);
    expect(shown()).toBeUndefined();
  });
});
