import { beforeEach, expect, test } from 'vitest';
import { answerReport, ReportDesk } from '../../../api/moderate/reports.ts';
import { historyOf } from '../../../api/store/changes.ts';
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
  expect(report()).toBe('suspended');
  expect(decide('nothing_wrong', 2)).toBe(true);
  expect(state()).toBe('published');
});
