import { describe, expect, it } from 'vitest';
import { REACH_KINDS } from '../../../api/domain/reach.ts';
import { runAtOnce } from '../../../api/runtime/slices.ts';
import { createSearchIndex, type KeepableIndex } from '../../../api/search/index.ts';
import { hitOfOne } from '../../../api/search/query/hit-of-one.ts';
import type { RestoredSnapshot, SnapshotPart } from '../../../api/search/segment/snapshot.ts';
import { readNeeds } from '../../../api/search/text/needs.ts';
import { readVocabulary } from '../../../api/search/text/vocabulary.ts';
import { NEEDS, randomListing, randomListings, randomQuery, VECTORS, VOCABULARY } from './generated.ts';
import { plainText } from './plain-text.ts';
import { Random } from './random.ts';
import { expectSame, referenceAnswer } from './reference.ts';

const vocabulary = { ...readVocabulary(VOCABULARY), needs: readNeeds(NEEDS, 'needs.txt'), vectors: VECTORS };
const text = plainText(vocabulary);

/** What a file would give back: the same bytes elsewhere in memory. */
function writtenAndRead(index: KeepableIndex): RestoredSnapshot {
  const copied = (parts: readonly SnapshotPart[]) => parts.map(({ name, bytes }) => ({ name, bytes: bytes.slice() }));
  const snapshot = index.snapshot();
  return {
    shared: copied(runAtOnce(snapshot.shared())),
    segments: snapshot.segments.map((segment) => ({
      parts: copied(segment.parts()),
      deleted: segment.deleted.slice(),
    })),
  };
}

describe('an index that was kept', () => {
  it.each([31, 32])('answers as one made anew, also after what has changed since, seed %i', (seed) => {
    const random = new Random(seed);
    const current = new Map(randomListings(random, 400).map((listing) => [listing.service.id, listing]));
    const first = createSearchIndex(current.values(), vocabulary);
    const change = () => {
      const ids = [...current.keys()];
      return Array.from({ length: 12 }, () => {
        const fresh = randomListing(random);
        const listing = random.chance(0.5) ? fresh : { ...fresh, service: { ...fresh.service, id: random.pick(ids) } };
        current.set(listing.service.id, listing);
        return listing;
      });
    };
    first.put(change());
    const kept = writtenAndRead(first);
    const missed = change();
    const again = createSearchIndex(missed, vocabulary, kept);
    const gone = random.some([...current.keys()], 5);
    again.remove(gone);
    for (const id of gone) current.delete(id);
    const anew = createSearchIndex(current.values(), vocabulary);
    expect(again.size).toBe(anew.size);
    expect(again.towns()).toEqual(anew.towns());
    for (let n = 0; n < 150; n++) {
      const query = randomQuery(random, { words: n % 2 === 0 });
      const answer = again.search(query);
      expectSame(answer, anew.search(query), query);
      expectSame(answer, referenceAnswer([...current.values()], query, text), query);
    }
  });

  it('is refused where its parts do not fit together', () => {
    const kept = writtenAndRead(createSearchIndex(randomListings(new Random(3), 40), vocabulary));
    const [segment] = kept.segments;
    const cut = segment!.parts.map((part) =>
      part.name === 'rows' ? { ...part, bytes: part.bytes.slice(0, 64) } : part,
    );
    expect(() => createSearchIndex([], vocabulary, { ...kept, segments: [{ ...segment!, parts: cut }] })).toThrow();
    expect(() => createSearchIndex([], vocabulary, { ...kept, shared: [] })).toThrow();
  });
});

describe('merging in the background', () => {
  it('changes no answer before, between and after its slices, whatever is written meanwhile', async () => {
    const random = new Random(41);
    const current = new Map(randomListings(random, 700).map((listing) => [listing.service.id, listing]));
    const index = createSearchIndex(current.values(), vocabulary);
    const agrees = () => {
      const query = randomQuery(random, { words: random.chance(0.5) });
      expectSame(index.search(query), referenceAnswer([...current.values()], query, text), query);
    };
    const before = index.version;
    const added = randomListings(random, 300);
    for (const listing of added) current.set(listing.service.id, listing);
    index.put(added);
    agrees();
    let done = false;
    const settled = index.settled().then(() => {
      done = true;
    });
    let between = 0;
    while (!done) {
      const listing = { ...randomListing(random) };
      const id = random.pick([...current.keys()]);
      const changed = { ...listing, service: { ...listing.service, id } };
      current.set(id, changed);
      index.put([changed]);
      if (random.chance(0.3)) {
        const gone = random.pick([...current.keys()]);
        current.delete(gone);
        index.remove([gone]);
      }
      agrees();
      between++;
      await new Promise((resolve) => setImmediate(resolve));
    }
    await settled;
    expect(between).toBeGreaterThan(0);
    for (let n = 0; n < 60; n++) agrees();
    expect(index.version).toBeGreaterThan(before);
  });

  it('tells what was changed since, as long as that is little', () => {
    const random = new Random(5);
    const listings = randomListings(random, 20);
    const index = createSearchIndex(listings, vocabulary);
    const before = index.version;
    expect(index.changedSince(before)).toEqual([]);
    index.put(listings.slice(0, 2));
    index.remove([listings[3]!.service.id]);
    expect(index.changedSince(before)).toEqual([0, 1, 3].map((at) => listings[at]!.service.id));
    index.remove(Array.from({ length: 6000 }, (_, n) => `gone ${n}`));
    expect(index.changedSince(before)).toBeNull();
    expect(index.changedSince(index.version)).toEqual([]);
  });
});

describe('one listing by itself', () => {
  it('stands to any place as a search over it says', () => {
    const random = new Random(77);
    let found = 0;
    for (let n = 0; n < 1500; n++) {
      const listing = randomListing(random);
      const { place } = randomQuery(random, { words: false });
      if (place === null) continue;
      const query = { place, q: '', filters: {}, reach: [...REACH_KINDS], radius_m: 2_000_000, sort: null };
      const index = createSearchIndex([listing], vocabulary);
      const [hit] = index.search({ ...query, page: 1, per_page: 1, today: '2026-11-21' }).hits;
      expect(hitOfOne(listing, place)).toEqual(hit ?? null);
      if (hit) found++;
    }
    expect(found).toBeGreaterThan(500);
  });
});
