import type { HomeArea } from '../../domain/service-area.ts';
import { findFeed } from '../../store/feeds.ts';
import type { Db } from '../../store/open.ts';
import { tableNamed } from '../../store/table-layouts.ts';
import type { Told } from './asker.ts';

/** Whose words are asked about: a feed, or the tables with the same headings. */
export interface AskedSource {
  /** Of the feed; of tables the hash of their headings (table/layout.ts). */
  id: string;
  kind: 'feed' | 'table';
  /** For people. */
  name: string;
  /** Where it is at home, where that is known: what it means by 'borough-wide'. */
  home: HomeArea | null;
}

/** An answer, as the records are read anew with it. */
export interface Answering {
  source: AskedSource;
  /** What was said of its words before, and what is said now. */
  before: Told;
  now: Told;
  /** The number of the moderator. */
  person: number;
  /** For the history. */
  reason: string;
}

/** The source of that id; null where there is none. */
export function findAskedSource(db: Db, id: string): AskedSource | null {
  const feed = findFeed(db, id);
  if (feed) return { id, kind: 'feed', name: feed.name, home: feed.home };
  const name = tableNamed(db, id);
  return name === null ? null : { id, kind: 'table', name, home: null };
}
