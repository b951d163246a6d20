import type { Location, Organization } from '../domain/service.ts';
import { readRecord } from '../store/documents.ts';
import type { KnownRecord } from '../store/imported.ts';
import type { Db } from '../store/open.ts';
import { importedId, shortHash } from './hash.ts';
import type { Note } from './incoming.ts';

/**
 * Organizations and locations that several records share. The first record of a feed that brings one defines it. A
 * later record changes it only where that record's own part has changed since it last came. What was edited here stays.
 * What another source or this directory brought is never changed. Where one id stands for two things, which their names
 * tell, the later gets an id of its own.
 */

type Shared = Organization | Location;
type Kind = 'organization' | 'location';

export interface SharedRecords {
  agreeOn<T extends Shared>(kind: Kind, it: T, before: KnownRecord | null): { it: T; hash: string; notes: Note[] };
}

const TABLE = { organization: 'organization', location: 'location' } as const;
const LABEL: Record<Kind, string> = { organization: 'organization', location: 'service_at_locations.location' };

/**
 * Makes one for a plan: each record sees what the records before it brought.
 * @param brought whether this feed has brought what has that id
 */
export function sharedRecords(db: Db, feed: string | null, brought: (id: string) => boolean): SharedRecords {
  const planned = new Map<string, Shared>();
  const find = {
    organization: db.prepare(`SELECT document FROM ${TABLE.organization} WHERE id = ?`).pluck(),
    location: db.prepare(`SELECT document FROM ${TABLE.location} WHERE id = ?`).pluck(),
  };
  const storedOf = (kind: Kind, id: string): Shared | null => {
    const document = find[kind].get(id) as string | undefined;
    return planned.get(id) ?? (document === undefined ? null : readRecord(kind, document));
  };

  function settle<T extends Shared>(
    kind: Kind,
    it: T,
    before: KnownRecord | null,
  ): { it: T; hash: string; notes: Note[] } {
    const hash = shortHash(it);
    const plan = (settled: T, ...notes: Note[]) => {
      planned.set(settled.id, settled);
      return { it: settled, hash, notes };
    };
    const stored = storedOf(kind, it.id) as T | null;
    if (stored === null || JSON.stringify(stored) === JSON.stringify(it) || feed === null) return plan(it);

    const had = before?.shared[it.id];
    const was = partsOf(before).find(({ id }) => id === it.id) as T | undefined;
    if (had === undefined && !alike(stored, it)) {
      const own = { ...it, id: importedId(feed, kind, it.id, nameKey(it.name)) };
      const settled = settle(kind, own, before);
      const words = `Its id belongs to another ${kind}, '${stored.name}'; it got an id of its own.`;
      return { ...settled, notes: [{ field: `${LABEL[kind]}.id`, words }, ...settled.notes] };
    }
    if (had === hash) return plan(stored);
    if (had === undefined || was === undefined) {
      const words =
        planned.has(it.id) || brought(it.id)
          ? `Another record describes the same ${kind} otherwise; that came first, and stays.`
          : `The ${kind} is known here already; what is here stays.`;
      return plan(stored, { field: LABEL[kind], words });
    }
    const { merged, kept } = mergeEdited(stored, was, it);
    return plan(
      merged,
      ...kept.map((field) => ({
        field: `${LABEL[kind]}.${field}`,
        words: 'It was changed here or by another record since it last came; what is here stays.',
      })),
    );
  }
  return { agreeOn: settle };
}

const partsOf = (before: KnownRecord | null): Shared[] =>
  before ? [before.imported.organization, ...before.imported.locations] : [];

/**
 * The source's fields, except those that somebody has changed since they were taken in.
 * @param was as it was taken in the last time
 */
function mergeEdited<T extends Shared>(stored: T, was: T, it: T): { merged: T; kept: string[] } {
  const merged: Record<string, unknown> = {};
  const kept: string[] = [];
  const field = (record: object, name: string) => (record as Record<string, unknown>)[name];
  for (const name of new Set([...Object.keys(it), ...Object.keys(stored)])) {
    const [ours, then, theirs] = [stored, was, it].map((record) => JSON.stringify(field(record, name)));
    const edited = ours !== then && ours !== theirs;
    const value = field(edited ? stored : it, name);
    if (value !== undefined) merged[name] = value;
    if (edited) kept.push(name);
  }
  return { merged: merged as T, kept };
}

const nameKey = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Whether two may be one thing by their names: at least half of the words of the shorter name stand in the other. */
function alike(one: Shared, other: Shared): boolean {
  const [first, second] = [one, other].map(({ name }) => nameKey(name).split(' '));
  const [short, long] = (first?.length ?? 0) <= (second?.length ?? 0) ? [first, second] : [second, first];
  const common = (short ?? []).filter((word) => long?.includes(word)).length;
  return common * 2 >= (short?.length ?? 0);
}
