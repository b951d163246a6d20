import { beforeEach, describe, expect, test } from 'vitest';
import { Organization } from '../../../api/domain/service.ts';
import { publishSubmission } from '../../../api/moderate/decide.ts';
import {
  joinOrganizationPair,
  organizationsMark,
  undoOrganizationJoining,
} from '../../../api/moderate/organizations.ts';
import { readQueue } from '../../../api/moderate/queue.ts';
import { thingsDone } from '../../../api/store/deeds.ts';
import { addKeeper, keepersOf } from '../../../api/store/keepers.ts';
import { organizationsOfOneNumber, searchOrganizations } from '../../../api/store/organizations.ts';
import { findOrganizationRecord } from '../../../api/store/records.ts';
import { renewId } from '../../../api/store/renewed-ids.ts';
import { BATCH, IDS } from '../../fixtures/listings.ts';
import { changed, createDesk, type Desk } from './desk.ts';

let desk: Desk;
beforeEach(() => {
  desk = createDesk();
});
const [MOVES, SHELTER, QUIET] = [IDS.moves, IDS.shelter, IDS.quiet];
const ofListing = (id: string) => desk.listing(id).organization;
const mark = (one: string, other: string) => organizationsMark(desk.directory, one, other);
const join = (keep: string, other: string, seen = mark(keep, other)) =>
  joinOrganizationPair(desk.directory, { keep, other, mark: mark(keep, other), seen, person: desk.mo });
const undo = (from: string) => undoOrganizationJoining(desk.directory, from, desk.ed);
const ask = async (path: string) => {
  const response = await desk.api.request(path);
  const text = await response.text();
  return {
    status: response.status,
    to: response.headers.get('location'),
    // biome-ignore lint/suspicious/noExplicitAny: an answer is checked by the test that asked.
    body: (text ? JSON.parse(text) : null) as any,
  };
};

describe('forms', () => {
  /** Publishes a form, and says whose listing came of it. */
  const publish = (answers: Record<string, string>) => {
    const sent = desk.sendNew(IDS.class, answers);
    const wish = { id: sent.id, version: sent.version, person: desk.mo, words: '' };
    expect(publishSubmission(desk.directory, wish)).toBe('done');
    return ofListing(sent.service_id);
  };
  const nothing = { charity_number: '', company_number: '', url: '', public_email: '', website: '' };

  test('three of one charity, sent before any was looked at, are of one organization', () => {
    const numbered = { ...nothing, charity_number: '7654321' };
    const names = ['Anytown Carers', 'Anytown carers.', 'The Anytown Carers Ltd'];
    const sent = names.map((organization_name) => desk.sendNew(IDS.class, { ...numbered, organization_name }));
    for (const { id, version } of sent)
      expect(publishSubmission(desk.directory, { id, version, person: desk.mo, words: '' })).toBe('done');
    const organizations = sent.map(({ service_id }) => ofListing(service_id));
    expect(new Set(organizations.map(({ id }) => id)).size).toBe(1);
    expect(organizations[0]?.name).toBe('Anytown Carers');
    expect(sent.map(({ service_id }) => keepersOf(desk.db, service_id).length)).toEqual([1, 1, 1]);
  });

  test('a form that waits shows whose listing it will be', () => {
    publish({ ...nothing, charity_number: '7654321', organization_name: 'Anytown Carers' });
    desk.sendNew(IDS.class, { ...nothing, charity_number: '7654321', organization_name: 'Anytown Carers CIC' });
    const [item] = readQueue(desk.directory).items;
    expect(item?.kind === 'submission' && item.sent.after.organization.name).toBe('Anytown Carers');
  });

  const [NAME, OTHER] = ['Friends of the Library', 'Friends of the Museum'];
  const CASES: [what: string, one: Record<string, string>, other: Record<string, string>, same: boolean][] = [
    ['one name and nothing else', {}, {}, false],
    ['one name, one page', { url: 'https://fol.example.org' }, { url: 'https://www.fol.example.org/choir' }, true],
    ['one name, pages of two', { url: 'https://fol-a.example.org' }, { url: 'https://fol-b.example.org' }, false],
    ['one name, mail at one house', { public_email: 'a@fol.example.org' }, { public_email: 'b@fol.example.org' }, true],
    [
      'one name, page and mail at one house',
      { url: 'https://fol.example.org' },
      { public_email: 'b@fol.example.org' },
      true,
    ],
    [
      'one name, mail at everybody’s',
      { public_email: 'fol@gmail.com' },
      { public_email: 'library.friends@gmail.com' },
      false,
    ],
    [
      'one name, one address at everybody’s',
      { public_email: 'fol@gmail.com' },
      { public_email: 'FOL@gmail.com' },
      true,
    ],
    [
      'one name, one page at everybody’s',
      { url: 'https://facebook.com/fol' },
      { url: 'https://www.facebook.com/fol/' },
      true,
    ],
    [
      'one name, two pages at everybody’s',
      { url: 'https://facebook.com/fol' },
      { url: 'https://facebook.com/friends' },
      false,
    ],
    [
      'one name, one page of the council',
      { url: 'https://anytown.gov.uk/libraries' },
      { url: 'https://anytown.gov.uk/libraries' },
      false,
    ],
    [
      'one name with another number',
      { charity_number: '1000001', url: 'https://fol.example.org' },
      { charity_number: '1000002', url: 'https://fol.example.org' },
      false,
    ],
    [
      'another name, one page',
      { url: 'https://fol.example.org' },
      { url: 'https://fol.example.org', organization_name: OTHER },
      false,
    ],
    [
      'another name, one number',
      { charity_number: '1000001' },
      { charity_number: '1000001', organization_name: OTHER },
      false,
    ],
    [
      'one number of a company',
      { company_number: '01234567' },
      { company_number: '01234567', organization_name: 'The Friends of the Library' },
      true,
    ],
    [
      'a number, and then none',
      { charity_number: '1000001', url: 'https://fol.example.org' },
      { url: 'https://fol.example.org' },
      true,
    ],
  ];
  test.each(CASES)('%s', (_, one, other, same) => {
    const first = publish({ ...nothing, organization_name: NAME, ...one });
    const second = publish({ ...nothing, organization_name: NAME, ...other });
    expect(second.id === first.id).toBe(same);
    // What was typed is not lost where the other did not say it.
    if (other['charity_number']) expect(second.charity_number).toBe(other['charity_number']);
  });

  test('what the later form adds is kept, what the first said stays', () => {
    const first = publish({ ...nothing, organization_name: NAME, url: 'https://fol.example.org' });
    const later = { organization_name: NAME, url: 'https://fol.example.org/choir', charity_number: '1000001' };
    expect(publish({ ...nothing, ...later })).toEqual({ ...first, charity_number: '1000001' });
  });
});

describe('joining', () => {
  test('its listings become the other’s, in every state, and what was not said is taken over', () => {
    desk.directory.change((save) =>
      save(
        { organizations: [{ ...ofListing(IDS.draft), phone: '020 7946 0999', description: 'Another text.' }] },
        { action: 'edited', role: 'moderator' },
      ),
    );
    addKeeper(desk.db, IDS.draft, desk.ann, desk.directory.now());
    expect(join(MOVES, QUIET)).toBe('done');
    expect(ofListing(IDS.draft)).toMatchObject({
      id: MOVES,
      name: 'Homerton Moves',
      alternate_name: 'Quiet Beginnings',
      phone: '020 7946 0999',
      description: 'Homerton Moves is made up for a test.',
    });
    expect(desk.listing(IDS.draft).state).toBe('awaiting_review');
    expect(keepersOf(desk.db, IDS.draft).map(({ email }) => email)).toEqual(['ann@example.org']);
    expect(keepersOf(desk.db, IDS.class)).toEqual([]);
  });

  test('who did it stands in the activity, and it can be undone as if it had not been', () => {
    const before = [MOVES, SHELTER].map((id) => findOrganizationRecord(desk.db, id));
    const [listing] = [desk.listing(IDS.refugeService)];
    expect(join(MOVES, SHELTER)).toBe('done');
    expect(undo(SHELTER)).toBe('done');
    expect([MOVES, SHELTER].map((id) => findOrganizationRecord(desk.db, id))).toEqual(before);
    expect(desk.listing(IDS.refugeService).service).toEqual(listing?.service);
    expect(ofListing(IDS.class).id).toBe(MOVES);
    expect(thingsDone(desk.db, { q: 'safe roof', before: null }, 9)).toMatchObject([
      { what: 'organizations_apart', email: 'ed@example.org' },
      { what: 'organizations_joined', email: 'mo@example.org', words: '‘Safe Roof’ into ‘Homerton Moves’' },
    ]);
  });

  test('what is changed afterwards is not taken back', () => {
    join(MOVES, SHELTER);
    const into = ofListing(IDS.class);
    desk.directory.change((save) =>
      save({ organizations: [{ ...into, alternate_name: 'Moves' }] }, { action: 'edited', role: 'moderator' }),
    );
    undo(SHELTER);
    expect(ofListing(IDS.class).alternate_name).toBe('Moves');
  });

  test('what its source says of it from then on leads to the other, and comes back with it', () => {
    join(MOVES, SHELTER);
    const again = BATCH.services!.find(({ service }) => service.id === IDS.refugeService)!;
    const fresh = { ...again.service, id: '00000000-0000-4000-8000-000000000077', name: 'Refuge of men' };
    desk.directory.change((save) =>
      save({ services: [again, { ...again, service: fresh }] }, { action: 'imported', role: 'source' }),
    );
    expect([again.service, fresh].map(({ id }) => ofListing(id).id)).toEqual([MOVES, MOVES]);
    undo(SHELTER);
    expect([again.service, fresh].map(({ id }) => ofListing(id).id)).toEqual([SHELTER, SHELTER]);
  });

  test('a chain of two is one, and either link can be taken out first', () => {
    const orgs = () => [IDS.class, IDS.refugeService, IDS.draft].map((id) => ofListing(id).id);
    const chain = () => {
      expect(join(SHELTER, QUIET)).toBe('done');
      expect(join(MOVES, SHELTER)).toBe('done');
      expect(orgs()).toEqual([MOVES, MOVES, MOVES]);
    };
    chain();
    undo(SHELTER);
    expect(orgs()).toEqual([MOVES, SHELTER, SHELTER]);
    undo(QUIET);
    expect(orgs()).toEqual([MOVES, SHELTER, QUIET]);
    chain();
    undo(QUIET);
    expect(orgs()).toEqual([MOVES, MOVES, QUIET]);
    undo(SHELTER);
    expect(orgs()).toEqual([MOVES, SHELTER, QUIET]);
  });

  test('a listing that got another organization meanwhile keeps it, under whatever id', () => {
    join(MOVES, SHELTER);
    const moved = changed(desk.listing(IDS.refugeService), { organization_id: QUIET });
    desk.directory.change((save) => {
      save({ services: [{ service: moved, state: 'published' }] }, { action: 'edited', role: 'moderator' });
      renewId(desk.db, IDS.class, desk.directory.now().toISOString());
    });
    undo(SHELTER);
    expect(ofListing(IDS.refugeService).id).toBe(QUIET);
  });

  test('what cannot be done is told in a sentence, and nothing has changed', () => {
    expect(join(MOVES, MOVES)).toEqual({ trouble: expect.stringContaining('with itself') });
    expect(join(MOVES, '00000000-0000-4000-8000-000000000098')).toEqual({
      trouble: expect.stringContaining('no longer there'),
    });
    expect(undo(MOVES)).toEqual({ trouble: expect.stringContaining('not joined') });
    const seen = mark(MOVES, SHELTER);
    expect(join(MOVES, SHELTER, seen)).toBe('done');
    expect(join(MOVES, SHELTER, seen)).toBe('changed');
    expect(join(SHELTER, MOVES)).toEqual({
      trouble: expect.stringContaining('joined into another organisation already'),
    });
    const example = Organization.parse({ id: '00000000-0000-4000-8000-000000000055', name: 'Made up', example: true });
    desk.directory.change((save) => save({ organizations: [example] }, { action: 'added', role: 'programme' }));
    expect(join(MOVES, example.id)).toEqual({ trouble: expect.stringContaining('example') });
    expect(thingsDone(desk.db, { q: '', before: null }, 9)).toHaveLength(1);
  });
});

describe('its address', () => {
  test('leads to the other, in each API as it tells of what was joined', async () => {
    join(MOVES, SHELTER);
    expect(await ask(`/api/v1/organizations/${SHELTER}`)).toMatchObject({
      status: 308,
      to: `/api/v1/organizations/${MOVES}`,
    });
    expect(await ask(`/api/openreferral/v3/organizations/${SHELTER}`)).toMatchObject({
      status: 410,
      body: { replaced_by: MOVES },
    });
    const { status, body } = await ask(`/fhir/R4/Organization/${SHELTER}`);
    expect([status, body.issue[0].diagnostics]).toEqual([410, expect.stringContaining(`Organization/${MOVES}`)]);
    const { body: list } = await ask('/api/openreferral/v3/organizations');
    expect(list.contents.map(({ id }: { id: string }) => id)).toEqual([MOVES]);
    const { body: whole } = await ask(`/api/v1/organizations/${MOVES}`);
    expect(whole.services.map(({ id }: { id: string }) => id)).toContain(IDS.refugeService);

    undo(SHELTER);
    for (const path of ['/api/v1/organizations/', '/api/openreferral/v3/organizations/', '/fhir/R4/Organization/'])
      expect((await ask(path + SHELTER)).status, path).toBe(200);
  });

  test('of one that is not public either way, nothing is told', async () => {
    join(QUIET, SHELTER);
    desk.directory.change((save) =>
      save(
        { services: [{ service: desk.listing(IDS.refugeService).service, state: 'awaiting_review' }] },
        { action: 'edited', role: 'moderator' },
      ),
    );
    expect((await ask(`/api/v1/organizations/${SHELTER}`)).status).toBe(404);
  });
});

describe('looking them up', () => {
  test('by words of the name, a registered number or an id; a joined one is not found', () => {
    const found = (q: string) => searchOrganizations(desk.db, q, 20).map(({ organization }) => organization.id);
    expect(found('moves homer')).toEqual([MOVES]);
    expect(found('1234567')).toEqual([MOVES, QUIET, SHELTER]);
    expect(found(SHELTER)).toEqual([SHELTER]);
    expect(found('100%')).toEqual([]);
    expect(found(' ')).toEqual([]);
    join(MOVES, SHELTER);
    expect(found('1234567')).toEqual([MOVES, QUIET]);
  });

  test('those that share a number are shown by themselves, until they are joined', () => {
    const shared = () => organizationsOfOneNumber(desk.db, 9).map(({ organizations }) => organizations.length);
    expect(shared()).toEqual([3]);
    join(MOVES, SHELTER);
    join(MOVES, QUIET);
    expect(shared()).toEqual([]);
  });
});
