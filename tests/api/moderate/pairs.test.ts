import { beforeEach, expect, test } from 'vitest';
import { joinPair, keepApart, pairMark, undoJoining } from '../../../api/moderate/pairs.ts';
import { joinedInto } from '../../../api/store/joined.ts';
import { decisionOn } from '../../../api/store/match-pairs.ts';
import { IDS } from '../../fixtures/listings.ts';
import { changed, createDesk, type Desk } from './desk.ts';

let desk: Desk;
beforeEach(() => {
  desk = createDesk();
});
const [A, B] = [IDS.class, IDS.full];
const mark = () => pairMark(desk.directory, A, B);
const join = (seen = mark()) => joinPair(desk.directory, { keep: A, other: B, mark: mark(), seen, person: desk.mo });

test('one goes into the other, and comes out again as it was', () => {
  const before = [desk.listing(A).service, desk.listing(B).service];
  expect(join()).toBe('done');
  expect(desk.listing(B).state).toBe('archived');
  expect(joinedInto(desk.db, B)).toBe(A);
  expect(undoJoining(desk.directory, B, desk.ed)).toBe('done');
  expect(joinedInto(desk.db, B)).toBeNull();
  expect([desk.listing(A).service, desk.listing(B).service]).toEqual(before);
  expect(desk.listing(B).state).toBe('due');
});

test('where either has changed since the page was drawn, nothing is joined', () => {
  const seen = mark();
  desk.directory.change((save) =>
    save(
      { services: [{ service: changed(desk.listing(B), { summary: 'Another thing now.' }), state: 'due' }] },
      { action: 'edited', role: 'organization' },
    ),
  );
  expect(join(seen)).toBe('changed');
  expect(joinedInto(desk.db, B)).toBeNull();
});

test('what is joined already, or is not, is told in a sentence', () => {
  expect(join()).toBe('done');
  expect(join()).toEqual({ trouble: expect.stringContaining('joined into another listing already') });
  expect(undoJoining(desk.directory, A, desk.mo)).toEqual({ trouble: expect.stringContaining('not joined') });
});

test('two that are two are remembered as such', () => {
  keepApart(desk.directory, A, B);
  expect(decisionOn(desk.db, B, A)).toBe('different');
});
