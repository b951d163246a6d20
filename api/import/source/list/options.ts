import type { FeedClient } from '../../fetch/client.ts';
import type { RpdeEnd, RpdeStart } from '../rpde.ts';

/** What is asked of a reading, and what it finds beside records. */

/** Records of one run. */
export const MOST_RECORDS = 2_000_000;

export interface ApiOptions {
  client: FeedClient;
  /** 'YYYY-MM-DD' in Europe/London. */
  today: string;
  /** Asks another Signpost what it has withdrawn since then: 'YYYY-MM-DD'. */
  withdrawnSince?: string;
  /** Told the share that has been read, where the feed says how much there is. */
  onRead: (share: number) => void;
  /** Only what was changed since: 'YYYY-MM-DD'. */
  modifiedAfter?: string;
  /** The page to begin with, after a stop. */
  fromPage?: number;
  /** Of the last answer that was the whole feed. */
  conditions?: { address: string; etag?: string; last_modified?: string };
  /** Of a feed that is paged by what has changed: where the last harvest ended. */
  rpde?: RpdeStart;
}

/** What a reading of an API came to, beside its records. */
export interface ApiFindings {
  /** Nothing has changed since the last time. */
  unchanged?: boolean;
  /** Of an answer that was the whole feed. */
  conditions?: NonNullable<ApiOptions['conditions']>;
  /** Whether it is another Signpost, which says what it has withdrawn. */
  withdrawals?: boolean;
  /** Whether `modified_after` leaves out what is older; absent where it was not tried. */
  modified_after?: boolean;
  /** Of a feed that is paged by what has changed: where this harvest has ended. */
  rpde?: RpdeEnd;
}
