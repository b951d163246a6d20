import { randomUUID } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Db } from './open.ts';

/**
 * The search index in the file, read at the start and written when it has changed enough. It knows nothing of what the
 * bytes mean.
 */

/** A stretch of bytes with a name. */
interface SnapshotPart {
  name: string;
  bytes: Uint8Array;
}

/**
 * What is to be kept: the parts that all segments share, and the parts of each segment, which is known by where it is
 * in memory.
 */
interface Snapshot {
  shared(): Generator<void, SnapshotPart[]>;
  segments: { identity: ArrayBufferLike; parts(): SnapshotPart[]; deleted: Uint32Array }[];
}

interface RestoredSnapshot {
  shared: SnapshotPart[];
  segments: { parts: SnapshotPart[]; deleted: Uint32Array }[];
}

/** Bytes that are written at a time, which takes about a millisecond. */
const PIECE = 256 * 1024;

interface Part {
  name: string;
  length: number;
  checksum: number;
}

interface Owned {
  owner: string;
  parts: Part[];
}

interface Contents {
  shared: Owned;
  /** `deleted` as base64 of 32-bit numbers. */
  segments: (Owned & { deleted: string })[];
}

export interface IndexStore {
  /** What was kept for this edition, and the last change that is in it; null where nothing complete is kept. */
  read(): { restored: RestoredSnapshot; revision: number } | null;
  /**
   * Keeps the index, in slices. Segments that were kept before are not written again.
   * @param revision the last change that is in the snapshot
   */
  write(snapshot: Snapshot, revision: number): Generator<void, void>;
}

const buffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** @param edition of the program: what another edition wrote is not read */
export function indexStore(db: Db, edition: string): IndexStore {
  /** What is in the file already, by the buffer of its ids. */
  const written = new WeakMap<ArrayBufferLike, Owned>();

  /**
   * Runs a transaction that need not survive a power failure, without waiting for the disk. Only the log is not waited
   * for, so everything that was acknowledged before stays as safe as it was.
   */
  const lightly = <T>(work: () => T): T => {
    db.pragma('synchronous = NORMAL');
    try {
      return db.transaction(work).immediate();
    } finally {
      db.pragma('synchronous = FULL');
    }
  };

  function readParts({ owner, parts }: Owned): SnapshotPart[] {
    const pieces = db
      .prepare('SELECT bytes FROM search_index_piece WHERE owner = ? AND name = ? ORDER BY piece')
      .pluck();
    return parts.map(({ name, length, checksum }) => {
      const bytes = new Uint8Array(length);
      let at = 0;
      let sum = 0;
      for (const piece of pieces.iterate(owner, name) as IterableIterator<Buffer>) {
        if (at + piece.length > length) throw new Error('A part of the kept index is too long.');
        bytes.set(piece, at);
        sum = crc32(piece, sum);
        at += piece.length;
      }
      if (at !== length || sum !== checksum) throw new Error('A part of the kept index is damaged.');
      return { name, bytes };
    });
  }

  function* writeParts(parts: readonly SnapshotPart[]): Generator<void, Owned> {
    const owner = randomUUID();
    const insert = db.prepare('INSERT INTO search_index_piece (owner, name, piece, bytes) VALUES (?, ?, ?, ?)');
    const owned: Owned = { owner, parts: [] };
    for (const { name, bytes } of parts) {
      let checksum = 0;
      for (let piece = 0; piece * PIECE < bytes.length; piece++) {
        const slice = buffer(bytes.subarray(piece * PIECE, (piece + 1) * PIECE));
        checksum = crc32(slice, checksum);
        lightly(() => insert.run(owner, name, piece, slice));
        yield;
      }
      owned.parts.push({ name, length: bytes.length, checksum });
    }
    return owned;
  }

  /** Deletes what nothing refers to any more. */
  function* sweep({ shared, segments }: Contents): Generator<void, void> {
    const inUse = JSON.stringify([shared, ...segments].map(({ owner }) => owner));
    const some = db.prepare(
      `DELETE FROM search_index_piece WHERE id IN (
         SELECT id FROM search_index_piece WHERE owner NOT IN (SELECT value FROM json_each(?)) LIMIT 4)`,
    );
    while (lightly(() => some.run(inUse)).changes > 0) yield;
  }

  return {
    read() {
      const row = db.prepare('SELECT revision, contents FROM search_index WHERE edition = ?').get(edition) as
        | { revision: number; contents: string }
        | undefined;
      if (!row) return null;
      try {
        const { shared, segments } = JSON.parse(row.contents) as Contents;
        const restored: RestoredSnapshot = {
          shared: readParts(shared),
          segments: segments.map((segment) => {
            const parts = readParts(segment);
            const deleted = Buffer.from(segment.deleted, 'base64');
            const numbers = new Uint32Array(deleted.length / 4);
            buffer(new Uint8Array(numbers.buffer)).set(deleted);
            const ids = parts.find(({ name }) => name === 'ids');
            if (ids) written.set(ids.bytes.buffer, { owner: segment.owner, parts: segment.parts });
            return { parts, deleted: numbers };
          }),
        };
        return { restored, revision: row.revision };
      } catch {
        return null;
      }
    },

    *write(snapshot, revision) {
      const segments: Contents['segments'] = [];
      for (const { identity, parts, deleted } of snapshot.segments) {
        let owned = written.get(identity);
        if (!owned) {
          owned = yield* writeParts(parts());
          written.set(identity, owned);
        }
        segments.push({ ...owned, deleted: buffer(new Uint8Array(deleted.buffer)).toString('base64') });
      }
      const shared = yield* writeParts(yield* snapshot.shared());
      const contents: Contents = { shared, segments };
      lightly(() =>
        db
          .prepare('INSERT OR REPLACE INTO search_index (one, edition, revision, contents) VALUES (1, ?, ?, ?)')
          .run(edition, revision, JSON.stringify(contents)),
      );
      yield* sweep(contents);
    },
  };
}
