import { expect, test } from 'vitest';
import { addBulkEdit, findBulkEdit } from '../../../api/store/bulk.ts';
import { addSubmission, findSubmission } from '../../../api/store/submissions.ts';
import { erase } from '../../../api/upkeep/erase.ts';
import { createPlace, listing, uuid } from './place.ts';

test('an address that is erased everywhere stands in no form and in no change of many either', () => {
  const place = createPlace('2026-11-21');
  const [hers, his] = [listing(1, { email: 'Ann@example.org' }), listing(2, { email: 'bob@example.org' })] as const;
  place.add([hers, his]);
  const parts = [hers, his].map((it) => ({ id: it.id, before: it, after: { ...it, join: ['book' as const] } }));
  const at = place.now().toISOString();
  const edit = addBulkEdit(place.db, { at, person: 1, words: 'Changed', services: parts });
  const form = {
    id: 'one',
    kind: 'edit',
    service_id: uuid(1),
    answers: { name: 'A class', public_email: ' ann@example.org' },
    base: { name: 'A class', public_email: 'Ann@example.org' },
    person: null,
  } as const;
  addSubmission(place.db, form, place.now());
  addSubmission(
    place.db,
    { ...form, id: 'two', answers: { public_email: 'bob@example.org' }, base: null },
    place.now(),
  );

  erase(place.db, 'ann@example.org', true, place.now());
  const { email: _, ...without } = hers;
  expect(findBulkEdit(place.db, edit)?.services).toEqual([
    { id: hers.id, before: without, after: { ...without, join: ['book'] } },
    parts[1],
  ]);
  expect(findSubmission(place.db, 'one')).toMatchObject({ answers: { name: 'A class' }, base: { name: 'A class' } });
  expect(findSubmission(place.db, 'two')?.answers).toEqual({ public_email: 'bob@example.org' });
  const kept = ['service', 'history', 'submission', 'bulk_edit', 'person', 'mail'].flatMap((table) =>
    place.db.prepare(`SELECT * FROM ${table}`).all(),
  );
  expect(JSON.stringify(kept)).not.toMatch(/ann@example/i);
  expect(JSON.stringify(kept)).toContain('bob@example.org');
});
