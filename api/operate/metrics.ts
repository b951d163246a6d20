import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { sizeOf } from '../store/standing.ts';
import { logBytes, readStanding, type StandingParts } from './standing.ts';

/**
 * Figures for Prometheus and its like. Requests are counted by the pattern of their route: no address, no client and no word
 * of who searches can get into them.
 */

export interface Metrics {
  /**
   * Counts a request.
   * @param pattern of its route, '/services/:id'
   */
  observe(method: string, pattern: string, status: number, seconds: number): void;
  /** All figures in the text form of Prometheus. */
  text(): Promise<string>;
  contentType: string;
}

/** Other methods are counted as one, since a client can make up as many as it likes. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'OPTIONS']);
/** Seconds: a search takes milliseconds, a page some tens of them, a list that is sent in longer. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const SEARCHES = new Map([
  ['/search', 'page'],
  ['/api/v1/search', 'api'],
]);

/**
 * @param listings how many the index holds
 * @param processes how many of the server answer
 */
export function createMetrics(
  parts: StandingParts,
  listings: () => number,
  processes: () => number = () => 1,
): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'signpost_requests_total',
    help: 'Requests, by the pattern of their route.',
    labelNames: ['method', 'route', 'status'],
    registers,
  });
  const took = new Histogram({
    name: 'signpost_request_seconds',
    help: 'Seconds until a request was answered.',
    buckets: BUCKETS,
    registers,
  });
  const searches = new Histogram({
    name: 'signpost_search_seconds',
    help: 'Seconds until a search was answered, as a page or by the API.',
    labelNames: ['as'],
    buckets: BUCKETS,
    registers,
  });
  for (const as of SEARCHES.values()) searches.zero({ as });

  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `signpost_${name}`, help, labelNames, registers });
  const index = gauge('index_listings', 'Listings in the index, which the public can find.');
  const answering = gauge('processes', 'Processes of this server that answer; WORKERS says how many there should be.');
  const queue = gauge('queue_length', 'What waits: forms and reports for a moderator, mail for its server.', ['queue']);
  const failed = gauge('mail_failed', 'Mails that were given up.');
  const oldest = gauge('mail_oldest_seconds', 'How long the oldest mail has waited; 0 where none does.');
  const feeds = gauge('feeds', 'Feeds that are harvested, by how the last harvest went.', ['state']);
  const harvest = gauge('harvest_age_seconds', 'Since a harvest last came through. Absent where none has.');
  const upkeep = gauge('upkeep_on', '1 while the upkeep runs, 0 where it has stopped since the clock has jumped.');
  const backup = gauge('backup_age_seconds', 'Since the last backup in BACKUP_FOLDER. Absent where there is none.');
  const database = gauge('database_bytes', 'Bytes of the database, of its free pages and of its log.', ['part']);
  const disk = gauge('disk_free_bytes', 'Bytes that are free where the database lies.');

  function collect(): void {
    const now = parts.now().getTime();
    const { waiting, ...standing } = readStanding(parts);
    const since = (moment: Date | string | null) => (now - new Date(moment ?? now).getTime()) / 1000;
    index.set(listings());
    answering.set(processes());
    queue.set({ queue: 'forms' }, waiting.forms);
    queue.set({ queue: 'reports' }, waiting.reports);
    queue.set({ queue: 'mail' }, waiting.mails);
    failed.set(waiting.mails_failed);
    oldest.set(since(waiting.oldest_mail));
    feeds.set({ state: 'well' }, waiting.feeds - waiting.feeds_failing);
    feeds.set({ state: 'failing' }, waiting.feeds_failing);
    upkeep.set(standing.upkeep === null ? 1 : 0);
    // A figure that is not known is left out: 0 would say that it was a moment ago.
    harvest.remove();
    if (waiting.last_harvest !== null) harvest.set(since(waiting.last_harvest));
    backup.remove();
    if (standing.backup.last !== null) backup.set(since(standing.backup.last));
    const { bytes, free } = sizeOf(parts.db);
    database.set({ part: 'file' }, bytes);
    database.set({ part: 'free' }, free);
    database.set({ part: 'log' }, parts.db.memory ? 0 : logBytes(parts.db));
    disk.remove();
    if (standing.disk.free !== null) disk.set(standing.disk.free);
  }

  return {
    observe(method, route, status, seconds) {
      requests.inc({ method: METHODS.has(method) ? method : 'other', route, status });
      took.observe(seconds);
      const as = SEARCHES.get(route);
      if (as !== undefined) searches.observe({ as }, seconds);
    },
    text() {
      collect();
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}
