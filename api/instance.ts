import { join, resolve } from 'node:path';
import { createApi } from './app.ts';
import { createDirectory } from './directory/directory.ts';
import { openIndex } from './directory/open-index.ts';
import { withholdEverywhere } from './directory/withhold.ts';
import { today } from './domain/london.ts';
import type { Service } from './domain/service.ts';
import { createGeocoder } from './geocode/geocoder.ts';
import { geography } from './geocode/geography.ts';
import { placeWords } from './geocode/place-words.ts';
import { importsApart } from './import/apart/apart.ts';
import { feedsToHarvest } from './import/schedule.ts';
import { tileAddress, tileRoutes } from './map/routes.ts';
import { readKeysInSteps } from './matching/alike.ts';
import { outboxBeside } from './notify/carriers.ts';
import { createPostman } from './notify/postman.ts';
import { carrierBy, letterheadBy } from './notify/sending.ts';
import { openAndFill, sealingKey } from './opened-file.ts';
import { createDailyBackup } from './operate/daily-backup.ts';
import { createMetrics } from './operate/metrics.ts';
import { dropOutdatedResults, keepResultsPrepared } from './results/prepare-results.ts';
import { faultLines } from './runtime/faults.ts';
import { createJobRunner } from './runtime/jobs.ts';
import { createRateLimiter } from './runtime/limits.ts';
import { giveWay, inSteps } from './runtime/load.ts';
import { logKeeper, readSettings, siteFrom } from './runtime/settings.ts';
import { type ToReader, type ToWriter, writer } from './runtime/writer-link.ts';
import { readVocabularyFolder } from './search/text/vocabulary-folder.ts';
import { type FoundNothing, UnmetCounter } from './search-log/unmet.ts';
import { dataVersion } from './store/data-version.ts';
import { readIdentity } from './store/identity.ts';
import { closeStore, type Db } from './store/open.ts';
import { createClockGuard } from './upkeep/clock-guard.ts';
import { createDaily } from './upkeep/daily.ts';
import { openUrgentHelp } from './urgent/urgent.ts';

/**
 * The one store, the one index and the one API of this process, opened when this file is first imported. The server and
 * the pages share them.
 */

const ROOT = join(import.meta.dirname, '..');

export const settings = readSettings(process.env);

/** The clock that everything goes by. */
export const now = (): Date => new Date();

/**
 * The development server runs this file again when something changes. The database stays open from the first time; what
 * is made of it is made again.
 */
const process_ = globalThis as typeof globalThis & { signpostStore?: Promise<Db>; signpostStop?: () => Promise<void> };
const file = resolve(ROOT, settings.DATABASE);
/** Whether this is a second server, which searches a copy that is kept up to date, and writes nothing. */
const isSecond = settings.READ_ONLY === 1;
/** Whether this process writes nothing: it is a second server's, or a reader beside the process that writes. */
const readOnly = isSecond || writer !== null;
process_.signpostStore ??= openAndFill({ file, settings, readOnly, now });
const db = await process_.signpostStore;

/** Help for now: what comes with the program, and what the operator adds. */
export const urgent = openUrgentHelp(settings.URGENT_FILE && resolve(ROOT, settings.URGENT_FILE));

const vocabulary = {
  ...readVocabularyFolder(join(ROOT, 'data'), settings.NEEDS_FOLDER && resolve(ROOT, settings.NEEDS_FOLDER)),
  // None of these is a mistake for a word of a listing.
  spelt: [...urgent.words, ...placeWords()],
  danger: [...urgent.wordsAlone],
};
const indexing = openIndex(db, vocabulary);
const { index } = indexing;
if (!readOnly) dropOutdatedResults(db);
export const geocoder = createGeocoder({ db, postcodesIoUrl: settings.POSTCODES_IO_URL, towns: () => index.towns() });

/** The one way that listings change. */
export const directory = createDirectory({ db, index, now, follower: indexing.follower });
if (!readOnly) withholdEverywhere(directory);

/** What is searched for and not found; counted in memory, written now and then. */
const unmet = isSecond
  ? undefined
  : new UnmetCounter(db, vocabulary, writer ? (found) => writer?.say({ unmet: found }) : undefined);

/** The key that seals places and words in addresses. */
export const secret = sealingKey(db, settings, readOnly);

/** What all routes need. */
export const parts = { db, index, geocoder, secret, settings, now, urgent, ...(unmet && { unmet }) };

export const api = createApi(parts);

const written = dataVersion(db);
/** The state of the directory: the same text for as long as nothing changes in the file or in the index. */
export const version = (): string => `${written()} ${index.version}`;

let readers: ReadersSeen | null = null;
const figures = createMetrics(
  { db, settings, now },
  () => index.size,
  () => readers?.processes ?? 1,
);
/** Figures for monitoring, which the process that writes has of the whole. */
export const metrics = writer ? { ...figures, observe: writer.observe } : figures;

/** How often a client may ask, whichever process it asks. */
const limiter = writer && settings.RATE_LIMIT > 0 ? { take: writer.take } : createRateLimiter(settings.RATE_LIMIT);

/** Hears what a reader says of the whole. */
export function hearReader(message: ToWriter, answer: (message: ToReader) => void): void {
  if ('ask' in message) answer({ answer: message.ask, wait: limiter.take(message.client, message.cost) as number });
  else if ('observed' in message) for (const request of message.observed) figures.observe(...request);
  else if ('unmet' in message) unmet?.count(message.unmet as FoundNothing);
}

let toldOf = '';
let telling: Promise<void> = Promise.resolve();

/** The readers of this server, as far as the rest of it is concerned. */
interface ReadersSeen {
  /** How many processes answer, this one among them. */
  readonly processes: number;
  /** Ends when every reader has in its index what is in the file now. */
  follow(): Promise<void>;
}

/** From now on there are readers, which see a change before its own answer goes. */
export function tellReaders(told: ReadersSeen): void {
  readers = told;
}

/** Ends when all readers have seen what has changed by now. */
async function beforeAnswer(): Promise<void> {
  if (readers === null) return;
  const seen = version();
  if (seen !== toldOf) {
    toldOf = seen;
    telling = readers.follow();
  }
  await telling;
}

/** The ground of the map. */
const tiles = tileRoutes(db, geography());

/** What every request meets, whether pages are served or the API alone (api/server/front.ts). */
export const served = { settings, api, tiles, metrics, now, limiter, beforeAnswer };

/** Where the map finds its tiles: at the operator's address, or on this server. */
export const tilesAt = (): string => settings.MAP_TILES_URL ?? tileAddress(db);

/** Where mail is put while there is no mail server; null where there is one. */
export const outbox = settings.SMTP_URL ? null : outboxBeside(file);

/** The port; the real one is known once the server listens. */
let port = settings.PORT;

/** Delivers the mail that is queued. */
const postman = createPostman({
  db,
  now,
  carrier: carrierBy(settings, outboxBeside(file), console.log),
  letterhead: () => letterheadBy(settings, readIdentity(db)),
  site: () => siteFrom(settings, port),
  log: console.log,
});

/** For mails to whoever asked to be told of changes. */
export const watching = { directory, isPrivate: (service: Service) => urgent.isPrivateListing(service) };

/** What is due every day: listings that nobody has checked, and data that has been kept long enough. */
const daily = createDaily({ ...watching, moderators: settings.MODERATORS, outbox, log: console.log });

/** Takes in feeds and spreadsheets, in a process of its own. */
export const imports = importsApart(
  { file: db.name, log: logKeeper(settings), allowPrivate: settings.IMPORT_PRIVATE === 1 },
  follow,
);

/** Begins what is due; it is not waited for, so that a feed that is slow holds up none. */
function harvestDue(): void {
  const due = feedsToHarvest(directory);
  if (due.length > 0)
    imports.harvest(due).catch((error) => console.error(`A harvest ended early. ${faultLines(error)}`));
}

/** Copies the file once a day, where the operator says into which folder. */
const backup = createDailyBackup(
  {
    database: file,
    folder: settings.BACKUP_FOLDER && resolve(ROOT, settings.BACKUP_FOLDER),
    keep: settings.BACKUP_KEEP,
    now,
  },
  console.log,
);

let followed: Promise<void> = Promise.resolve();

/** Puts what others have changed in the file into the index, one time after the other. */
export function follow(): Promise<void> {
  followed = followed.catch(() => undefined).then(indexing.follow);
  return followed;
}

/** All that a second server does by itself. A reader sees within 50 ms what others have changed. */
const following = { name: 'The index', every: writer ? 25 : 1_000, run: follow };

function* whatIsNeeded(): Generator<void> {
  yield* urgent.prepare();
  yield* index.prepare(today(now()), now().getTime());
}

/** Makes ready what searches of this hour need: a search that came first would wait for it. */
const ready = {
  name: 'What searches of the hour need',
  every: 1_000,
  run: () => inSteps(whatIsNeeded(), giveWay),
};

/** The jobs that run in the background: each at the start, and again so many milliseconds after it ended. */
const work = createJobRunner(
  readOnly
    ? [following, ready]
    : [
        following,
        ready,
        { name: 'Keeping the index', every: 30_000, run: indexing.keep },
        { name: 'What searches show', every: 10_000, run: () => keepResultsPrepared(db, now) },
        { name: 'The upkeep', every: 60_000, run: createClockGuard(directory, daily, console.log) },
        { name: 'The post', every: 2_000, run: async () => void (await postman.deliver()) },
        // The other process reads those of what it takes in itself.
        {
          name: 'The keys by which one thing is known',
          every: 10_000,
          run: async () => imports.isAtWork || (await readKeysInSteps(db)),
        },
        { name: 'The harvest', every: 10_000, run: harvestDue },
        { name: 'The backup', every: 60_000, run: backup },
        { name: 'The count of searches without results', every: 60_000, run: () => unmet?.flush(now()) },
      ],
  console.error,
);

/**
 * Starts the background jobs.
 * @param served the port, for links in mails where SITE_URL is not set
 */
export function startWork(served: number): void {
  port = served;
  if (!settings.SITE_URL && !writer)
    console.log(
      `SITE_URL is not set: links in mails lead to http://localhost:${port}, which nobody else can open. Set it to the address under which people find this copy; until then, paper that is made behind a proxy has no short link.`,
    );
  void process_.signpostStop?.();
  process_.signpostStop = stopWork;
  work.start();
}

/** Stops the background jobs; to be awaited before `close`. */
export async function stopWork(): Promise<void> {
  postman.stop();
  await Promise.all([imports.stop(), work.stop()]);
}

/** How many listings the public sees. */
export const listings = (): number => index.size;

/** Writes everything to the file and closes it. Nothing here works afterwards. */
export function close(): void {
  if (db.open && !readOnly) {
    unmet?.flush(now());
    indexing.keepNow();
  }
  closeStore(db);
}
