import { beforeEach, describe, expect, test } from 'vitest';
import { answerReport, ReportDesk } from '../../../api/moderate/reports.ts';
import { restore } from '../../../api/moderate/state.ts';
import { VERDICT_DAYS } from '../../../api/moderate/verdict.ts';
import { historyOf } from '../../../api/store/changes.ts';
import { addKeeper } from '../../../api/store/keepers.ts';
import { personOf } from '../../../api/store/people.ts';
import { findReport, openReports } from '../../../api/store/reports.ts';
import { IDS } from '../../fixtures/listings.ts';
import { changed, createDesk, type Desk, HOUR, MODERATORS } from './desk.ts';

let desk: Desk;
let reports: ReportDesk;
beforeEach(() => {
  desk = createDesk();
  reports = new ReportDesk(desk.directory, MODERATORS);
});
const report = (over: Partial<Parameters<ReportDesk['take']>[0]> = {}) =>
  reports.take({ service: IDS.class, kind: 'unsafe', words: 'The floor.', email: '', client: '192.0.2.1', ...over });
const state = (id: string = IDS.class) => desk.listing(id).state;
const decide = (outcome: 'mended' | 'nothing_wrong' | 'taken_out', id = 1, version = 1, person = desk.mo) =>
  answerReport(desk.directory, person, { id, version, outcome, note: 'We rang them.' });
/** Twenty-five more listings like the class. */
function many(): string[] {
  const ids = Array.from({ length: 25 }, (_, i) => `30000000-0000-4000-8000-${String(i).padStart(12, '0')}`);
  const services = ids.map((id) => ({
    service: changed(desk.listing(IDS.class), { id }),
    state: 'published' as const,
  }));
  desk.directory.change((save) => save({ services }, { action: 'added', role: 'programme' }));
  return ids;
}

test('unsafe hides a listing at once, and every moderator gets one mail about it', () => {
  expect(report()).toBe('suspended');
  expect(state()).toBe('suspended');
  expect(desk.directory.index.size).toBe(5);
  expect(historyOf(desk.db, [IDS.class])[0]).toMatchObject({
    action: 'suspended',
    role: 'public',
    person: null,
    reason: 'Reported as unsafe',
  });
  expect(report({ client: '192.0.2.2' })).toBe('noted');
  expect(desk.mails().map(({ to, template }) => [to, template])).toEqual(MODERATORS.map((to) => [to, 'report-unsafe']));
  expect(desk.mails()[0]?.given).toMatchObject({ name: 'Seated exercise', link: '/moderate/reports/1' });
});

test('who looks after it is told that it is hidden, and by whom they are heard; nothing of what was reported', () => {
  const kim = personOf(desk.db, 'kim@example.org', desk.directory.now());
  addKeeper(desk.db, IDS.class, kim, desk.directory.now());
  expect(report({ kind: 'wrong' })).toBe('noted');
  expect(report({ words: 'Kim pushed me.' })).toBe('suspended');
  expect(report({ client: '192.0.2.2' })).toBe('noted');
  const told = desk.mails().filter(({ to }) => to === 'kim@example.org');
  expect(told).toMatchObject([{ template: 'hidden', given: { name: 'Seated exercise' } }]);
  expect(JSON.stringify(told)).not.toContain('pushed');
});

test('closed and wrong only wait to be looked at', () => {
  expect(report({ kind: 'closed' })).toBe('noted');
  expect(report({ kind: 'wrong' })).toBe('noted');
  expect(state()).toBe('published');
  expect(openReports(desk.db)).toHaveLength(2);
  expect(desk.mails()).toEqual([]);
});

test('what is not listed cannot be reported; what is hidden already can', () => {
  expect(report({ service: IDS.nowhere })).toBe('gone');
  expect(report({ service: IDS.draft })).toBe('gone');
  expect(report()).toBe('suspended');
  expect(report({ kind: 'closed' })).toBe('noted');
});

test('one connection hides three listings in an hour and sends ten reports; the rest reaches the moderators', () => {
  const ids = many();
  const said = ids.slice(0, 12).map((service) => report({ service }));
  expect(said).toEqual([...Array(3).fill('suspended'), ...Array(7).fill('noted'), ...Array(2).fill('too_many')]);
  expect(ids.slice(0, 12).filter((id) => state(id) === 'suspended')).toHaveLength(3);
  expect(openReports(desk.db)).toHaveLength(10);
  expect(desk.mails().at(-1)?.given['standing']).toContain('still shown');
});

test('all connections together hide twenty in an hour, and a restart does not begin it anew', () => {
  const ids = many();
  const said = ids.map((service, i) => {
    if (i === 10) reports = new ReportDesk(desk.directory, MODERATORS);
    return report({ service, client: `192.0.2.${i}` });
  });
  expect(said.filter((it) => it === 'suspended')).toHaveLength(20);
  desk.wait(HOUR + 1);
  expect(report({ service: ids.at(-1) as string, client: '192.0.2.99' })).toBe('suspended');
});

test('nothing wrong: it is what it was before, and who wanted to know is told and let go of', () => {
  const service = desk.listing(IDS.class).service;
  desk.directory.change((save) =>
    save({ services: [{ service, state: 'due' }] }, { action: 'due', role: 'programme' }),
  );
  report({ email: 'Bo@Example.org' });
  expect(decide('nothing_wrong')).toBe(true);
  expect(state()).toBe('due');
  expect(desk.mails().at(-1)).toMatchObject({
    to: 'bo@example.org',
    template: 'report-answered',
    given: { name: 'Seated exercise', note: 'We rang them.' },
  });
  expect(findReport(desk.db, 1)).toMatchObject({ state: 'done', person: null, decided_by: desk.mo });
});

test('it stays hidden until the last who call it unsafe have been answered', () => {
  report();
  report({ client: '192.0.2.2' });
  decide('nothing_wrong', 1);
  expect(state()).toBe('suspended');
  decide('nothing_wrong', 2);
  expect(state()).toBe('published');
});

test('taken out: archived, whatever it was', () => {
  report({ kind: 'closed' });
  decide('taken_out');
  expect(state()).toBe('archived');
});

test('of two moderators the second decides nothing', () => {
  report();
  expect(decide('taken_out', 1, 1, desk.ed)).toBe(true);
  expect(decide('nothing_wrong')).toBe(false);
  expect(state()).toBe('archived');
  expect(findReport(desk.db, 1)).toMatchObject({ outcome: 'taken_out', decided_by: desk.ed });
});

test('what a moderator suspended stays so when a report about it is answered', () => {
  const { service } = desk.listing(IDS.class);
  const save = (next: 'suspended' | 'published', role: 'moderator' | 'public') =>
    desk.directory.change((put) =>
      put({ services: [{ service, state: next }] }, { action: next === 'suspended' ? next : 'restored', role }),
    );
  save('suspended', 'moderator');
  expect(report({ kind: 'closed' })).toBe('noted');
  expect(decide('nothing_wrong')).toBe(true);
  expect(state()).toBe('suspended');
  save('published', 'moderator');
  expect(report({ service: IDS.befriending })).toBe('suspended');
  expect(decide('nothing_wrong', 2)).toBe(true);
  expect(state(IDS.befriending)).toBe('published');
});

describe('what a moderator has found right', () => {
  const told = () => desk.mails().filter(({ template }) => template === 'report-unsafe');
  const edit = (role: 'organization' | 'source' | 'moderator' | 'programme', action: 'edited' | 'imported' | 'due') =>
    desk.directory.change((save) => {
      const service = changed(desk.listing(IDS.class), { description: `Changed by ${role}.` });
      save({ services: [{ service, state: state() }] }, { action, role });
    });
  beforeEach(() => {
    expect(report()).toBe('suspended');
    expect(decide('nothing_wrong')).toBe(true);
    expect(state()).toBe('published');
  });

  test('is not hidden by the same again, from anybody, however often; moderators hear of it, once a day', () => {
    const before = told().length;
    for (let i = 0; i < 8; i++) expect(report({ client: `192.0.2.${i}` })).toBe('noted');
    expect(state()).toBe('published');
    expect(openReports(desk.db)).toHaveLength(8);
    expect(
      told()
        .slice(before)
        .map(({ to }) => to),
    ).toEqual(MODERATORS);
    expect(told().at(-1)?.given['standing']).toContain('one of you found it right on 21 November');
    // A second verdict begins a day of its own.
    desk.wait(HOUR);
    expect(decide('mended', 2)).toBe(true);
    expect(report({ client: '192.0.2.44' })).toBe('noted');
    expect(told()).toHaveLength(before + 2 * MODERATORS.length);
    desk.wait(24 * HOUR);
    expect(report({ client: '192.0.2.45' })).toBe('noted');
    expect(told()).toHaveLength(before + 3 * MODERATORS.length);
  });

  test('can be hidden again once the verdict is old', () => {
    desk.wait(VERDICT_DAYS * 24 * HOUR - HOUR);
    expect(report()).toBe('noted');
    desk.wait(2 * HOUR);
    expect(report({ client: '192.0.2.50' })).toBe('suspended');
  });

  test('stays shown where a feed has written it anew and it says the same, however often', () => {
    for (const day of ['2026-11-22', '2026-11-23']) {
      desk.wait(24 * HOUR);
      desk.directory.change((save) => {
        const service = changed(desk.listing(IDS.class), { assured_date: day, assured_by: 'source' });
        save({ services: [{ service, state: state() }] }, { action: 'imported', role: 'source' });
      });
      expect(report({ client: `198.51.100.${day.slice(-2)}` })).toBe('noted');
    }
    edit('source', 'imported');
    expect(report({ client: '192.0.2.50' })).toBe('suspended');
  });

  test('stays shown where a keeper has changed it and taken that back', () => {
    const { description } = desk.listing(IDS.class).service;
    edit('organization', 'edited');
    desk.directory.change((save) => {
      const service = changed(desk.listing(IDS.class), { description });
      save({ services: [{ service, state: state() }] }, { action: 'undone', role: 'organization' });
    });
    expect(report({ client: '192.0.2.50' })).toBe('noted');
  });

  test.each([
    ['its keeper', 'organization', 'edited'],
    ['a feed', 'source', 'imported'],
  ] as const)('can be hidden once %s has changed it', (_who, role, action) => {
    desk.wait(HOUR);
    edit(role, action);
    expect(report({ client: '192.0.2.50' })).toBe('suspended');
  });

  test.each([
    ['a moderator changes it', 'moderator', 'edited'],
    ['it falls due', 'programme', 'due'],
  ] as const)('stays shown when %s', (_what, role, action) => {
    desk.wait(HOUR);
    edit(role, action);
    expect(report({ client: '192.0.2.50' })).toBe('noted');
  });

  test('a change of its venue is one of it', () => {
    desk.wait(HOUR);
    const [venue] = desk.listing(IDS.class).locations;
    desk.directory.change((save) =>
      save({ locations: [{ ...venue!, name: 'Another hall' }] }, { action: 'edited', role: 'organization' }),
    );
    expect(report({ client: '192.0.2.50' })).toBe('suspended');
  });

  test('says nothing of another listing', () => {
    expect(report({ service: IDS.befriending, client: '192.0.2.50' })).toBe('suspended');
  });
});

test('what a moderator shows again by hand counts as looked at; what they took out does not', () => {
  const { service } = desk.listing(IDS.class);
  expect(report()).toBe('suspended');
  desk.directory.change((save) => restore(desk.directory, save, IDS.class, { person: desk.mo, reason: 'Right' }));
  expect(report({ client: '192.0.2.50' })).toBe('noted');
  expect(decide('taken_out', 2)).toBe(true);
  desk.wait(15 * 24 * HOUR);
  desk.directory.change((save) =>
    save({ services: [{ service, state: 'published' }] }, { action: 'edited', role: 'programme' }),
  );
  expect(report({ client: '192.0.2.51' })).toBe('suspended');
});
