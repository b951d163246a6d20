import type { Directory } from '../directory/directory.ts';
import { type Listing, PUBLIC_STATES } from '../domain/service.ts';
import { letOthersWrite } from '../store/checkpoints.ts';
import { joinOf } from '../store/joined.ts';
import { findInAnyState } from '../store/listings.ts';
import { importedAs } from '../store/match-keys.ts';
import { decisionOn, dropPair, isWaiting, savePair } from '../store/match-pairs.ts';
import { readKeysInSteps, worthComparing } from './alike.ts';
import { type Comparison, compare } from './compare.ts';
import { joinListings } from './join.ts';
import { type Profile, profileOf } from './profile.ts';

/** After an import: compares what came in with the directory and with itself. */

export interface Joining {
  /** Pairs that were joined, each the listing that remains and the one that went. */
  joined: { into: string; from: string }[];
  /** How many pairs were put on the moderators' list. */
  uncertain: number;
}

/** So many listings are kept ready for comparing; beyond these they are read again. */
const KEPT = 20_000;

/** So many listings are compared before others get their turn, which takes some hundredths of a second. */
const STEP = 25;

interface Known {
  listing: Listing;
  /** The feed that it came from; null where it came in another way. */
  feed: string | null;
  profile: Profile;
}

/** Reads listings as they are asked for, and keeps what it has read. */
class Reader {
  readonly #kept = new Map<string, Known>();
  readonly #db;

  constructor(db: Directory['db']) {
    this.#db = db;
  }

  all(ids: readonly string[]): Known[] {
    if (this.#kept.size > KEPT) this.#kept.clear();
    const missing = ids.filter((id) => !this.#kept.has(id));
    const imported = importedAs(this.#db, missing);
    for (const listing of findInAnyState(this.#db, missing)) {
      const { feed = null, record_id = null } = imported.get(listing.service.id) ?? {};
      this.#kept.set(listing.service.id, { listing, feed, profile: profileOf(listing, record_id) });
    }
    return ids.flatMap((id) => this.#kept.get(id) ?? []);
  }
}

const RANK = { organization: 2, moderator: 1, source: 0, nobody: -1 } as const;

/** Which of two remains: the one that is vouched for by somebody nearer to it, then the one that was there first. */
function remaining(a: Listing, b: Listing, fresh: ReadonlySet<string>): [into: Listing, from: Listing] {
  const better =
    RANK[b.service.assured_by] - RANK[a.service.assured_by] ||
    Number(fresh.has(a.service.id)) - Number(fresh.has(b.service.id)) ||
    b.service.assured_date.localeCompare(a.service.assured_date) ||
    -Number(a.service.id < b.service.id);
  return better > 0 ? [b, a] : [a, b];
}

const isSeen = ({ state }: Listing): boolean => PUBLIC_STATES.includes(state);

interface Pair {
  a: Listing;
  b: Listing;
  /** Whether one source lists both. */
  oneSource: boolean;
  found: Comparison;
}

const isOneSource = (a: Known, b: Known): boolean =>
  a.feed === null && b.feed === null
    ? a.listing.service.source.name === b.listing.service.source.name
    : a.feed === b.feed;

/**
 * Compares listings with all that may be the same, each pair once, the most certain first. Nothing is written, so that
 * nobody who writes waits for it.
 */
function pairsOf({ db }: Directory, reader: Reader, ids: readonly string[], done: Set<string>): Pair[] {
  const pairs: Pair[] = [];
  for (const id of ids) {
    const [it] = reader.all([id]);
    if (!it || !isSeen(it.listing)) continue;
    for (const other of reader.all(worthComparing(db, it.profile))) {
      if (done.has(other.profile.id) || !isSeen(other.listing)) continue;
      const found = compare(it.profile, other.profile);
      if (found.verdict === 'different' && !isWaiting(db, id, other.profile.id)) continue;
      pairs.push({ a: it.listing, b: other.listing, oneSource: isOneSource(it, other), found });
    }
    done.add(id);
  }
  return pairs.sort((x, y) => y.found.score - x.found.score);
}

/** Whether both are still to be seen: others write to the file while listings are compared. */
const areStillSeen = (db: Directory['db'], ids: readonly [string, string]): boolean =>
  findInAnyState(db, ids).filter(isSeen).length === ids.length;

/** Joins a pair, or puts it on the list, or leaves it as somebody has decided. */
function settlePair(
  directory: Directory,
  { a, b, oneSource, found }: Pair,
  fresh: ReadonlySet<string>,
  joining: Joining,
): void {
  const { db } = directory;
  const pair = [a.service.id, b.service.id] as const;
  if (found.verdict === 'different') {
    dropPair(db, ...pair);
    return;
  }
  if (!areStillSeen(db, pair)) return;
  if (decisionOn(db, ...pair) !== null || joinOf(db, pair[0]) || joinOf(db, pair[1])) return;
  // What keeps a place private is joined by somebody who looks: the other may have the same place in the open.
  const isPrivate = [a, b].some(({ locations }) => locations.some(({ confidential }) => confidential));
  if (found.verdict !== 'same' || oneSource || isPrivate) {
    savePair(db, pair, found, directory.now().toISOString());
    joining.uncertain++;
    return;
  }
  const [into, from] = remaining(a, b, fresh);
  const reasons = found.reasons.filter(({ weight }) => weight > 0).map(({ words }) => words);
  joinListings(directory, into.service.id, from.service.id, { role: 'programme', reason: `${reasons.join('. ')}.` });
  joining.joined.push({ into: into.service.id, from: from.service.id });
}

/**
 * Compares listings that came in with the directory and with each other. Pairs that are certainly one, and come from
 * different sources, are joined. Whatever else looks alike goes to the moderators' list, and so does what one source
 * lists twice, since its ids say that they are two. What somebody has decided is never asked again. It works in small
 * steps, between which others write and a running server answers. If it is stopped half-way, it can be begun again.
 * @param ids of services that were added or changed
 * @param show told the share that is done, 0 to 1
 */
export async function joinAfterImport(
  directory: Directory,
  ids: readonly string[],
  show: (share: number) => void = () => {},
): Promise<Joining> {
  const { db } = directory;
  await readKeysInSteps(db);
  const fresh = new Set(ids);
  const done = new Set<string>();
  const reader = new Reader(db);
  const joining: Joining = { joined: [], uncertain: 0 };
  for (let at = 0; at < ids.length; at += STEP) {
    const pairs = pairsOf(directory, reader, ids.slice(at, at + STEP), done);
    const started = performance.now();
    if (pairs.length > 0)
      directory.change(() => {
        for (const pair of pairs) settlePair(directory, pair, fresh, joining);
      });
    show(Math.min(1, (at + STEP) / ids.length));
    await letOthersWrite(db, performance.now() - started);
  }
  return joining;
}
