import { beforeEach, describe, expect, test } from 'vitest';
import { type DeedQuery, deeds } from '../../../api/store/activity.ts';
import { IDS } from '../../fixtures/listings.ts';
import { changed, createDesk, type Desk, MINUTE } from './desk.ts';

/** The list of who did what. */

let desk: Desk;
beforeEach(() => {
  desk = createDesk();
  const summary = (words: string, by: object) => {
    desk.wait(MINUTE);
    desk.directory.change((save) =>
      save(
        { services: [{ service: changed(desk.listing(IDS.class), { summary: words }), state: 'published' }] },
        { action: 'edited', role: 'organization', ...by },
      ),
    );
  };
  summary('By Ann.', { person: desk.ann, reason: 'A new room' });
  summary('By the upkeep.', { role: 'programme', action: 'due' });
  summary('By Mo.', { role: 'moderator', person: desk.mo });
});

const found = (query: Partial<DeedQuery> = {}, most = 10) =>
  deeds(desk.directory.db, { q: '', role: null, before: null, ...query }, most);

describe('who did what', () => {
  test('is told the newest first, without what the program did by itself', () => {
    expect(found().slice(0, 2)).toMatchObject([
      { action: 'edited', role: 'moderator', email: 'mo@example.org', record_id: IDS.class },
      { action: 'edited', role: 'organization', email: 'ann@example.org', reason: 'A new room' },
    ]);
    expect(found().map(({ role }) => role)).not.toContain('programme');
  });

  test('is found by who, what and why, in any letters, and by part of it', () => {
    const { name } = desk.listing(IDS.class).service;
    expect(found({ q: 'MO@exam' })).toHaveLength(1);
    expect(found({ q: 'new ROOM' })).toHaveLength(1);
    expect(found({ q: name.slice(1, -1).toUpperCase() }).length).toBeGreaterThanOrEqual(2);
    expect(found({ q: '%' })).toEqual([]);
    expect(found({ role: 'moderator' }).map(({ email }) => email)).toEqual(['mo@example.org']);
  });

  test('goes on where the last page ended', () => {
    const [first, second] = found();
    expect(found({}, 1)).toEqual([first]);
    expect(found({ before: first?.seq ?? 0 }, 1)).toEqual([second]);
  });
});
