import { basename, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { openBeside } from '../api/directory/beside.ts';
import type { Directory } from '../api/directory/directory.ts';
import { today } from '../api/domain/london.ts';
import { CLIENT_DEFAULTS, createClient, FeedError } from '../api/import/fetch/client.ts';
import { FORMATS, formatOf, titleOf } from '../api/import/formats.ts';
import { harvestFeed } from '../api/import/harvest.ts';
import { UnreadableFile } from '../api/import/incoming.ts';
import { readRecords } from '../api/import/oruk/read.ts';
import { noCounts, takeIn } from '../api/import/run.ts';
import { describeHarvest } from '../api/import/schedule.ts';
import { readApi } from '../api/import/source/api.ts';
import { fileAt, type ImportFile } from '../api/import/source/import-file.ts';
import { logKeeper, readSettings, SettingsError } from '../api/runtime/settings.ts';
import { addFeed, feedAt, type Harvest, type HarvestCounts, type ReportNote, updateFeed } from '../api/store/feeds.ts';
import { ImportAtWorkError } from '../api/store/import-lease.ts';
import { UnusableFileError } from '../api/store/open.ts';
import { printReport, writeReport } from './import-report.ts';
import { importTable } from './import-table.ts';
import { showProgress } from './progress.ts';

/** `npm run import -- URL|FILE`: takes in other people's listings, or the project's own spreadsheet. */

const ROOT = resolve(import.meta.dirname, '..');

const FILES = FORMATS.map(({ help, endings }) => `${help} (${endings.join(', ')})`).join('\n  or ');

const USAGE = `Takes in listings, which a running server shows within seconds: from an Open Referral UK API (3.0 or 1.0),
  or ${FILES};
  a file may be gzipped.
  npm run import -- URL|FILE    looks first, says what would happen, and asks
  --dry-run                     looks, and writes nothing
  --yes                         does not ask
  --source "NAME"               whose directory it is; people see it as the source. Else the host, or the name of the file
  --licence "CC BY 4.0"         the licence that it comes under
  --report FILE                 writes every line of the report there (tab-separated)
  --allow-private               lets an address in a private network be asked
DATABASE names the file to fill; without it, it is data/signpost.sqlite.`;

interface Asked {
  from: string;
  dryRun: boolean;
  yes: boolean;
  source: string | null;
  licence: string | null;
  report: string | null;
  allowPrivate: boolean;
}

function readWords(words: string[]): Asked | null {
  try {
    const { values, positionals } = parseArgs({
      args: words,
      options: {
        'dry-run': { type: 'boolean', default: false },
        yes: { type: 'boolean', default: false },
        source: { type: 'string' },
        licence: { type: 'string' },
        report: { type: 'string' },
        'allow-private': { type: 'boolean', default: false },
      },
      allowPositionals: true,
    });
    const [from, ...others] = positionals;
    if (from === undefined || others.length > 0) return null;
    return {
      from,
      dryRun: values['dry-run'],
      yes: values.yes,
      source: values.source?.trim() || null,
      licence: values.licence?.trim() || null,
      report: values.report ?? null,
      allowPrivate: values['allow-private'],
    };
  } catch {
    return null;
  }
}

const EXPECTED = [FeedError, UnreadableFile, ImportAtWorkError, UnusableFileError, SettingsError];

/** A sentence for what the operator can mend. */
function explain(error: unknown): string {
  if (EXPECTED.some((kind) => error instanceof kind)) return (error as Error).message;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT') return `There is no such file (${(error as Error).message}). Check its name.`;
  if (/^(SQLITE_|E[A-Z]+$)/.test(code))
    return `It could not be taken in (${(error as Error).message}). Check the file, which file DATABASE names, and that the disk has room.`;
  throw error;
}

const isUrl = (from: string): boolean => /^https?:\/\//i.test(from);
/** A relative path counts from where npm was called. */
const pathOf = (file: string): string => resolve(process.env['INIT_CWD'] ?? '.', file);

async function agreed(): Promise<boolean> {
  if (!process.stdin.isTTY) {
    console.log('Nothing was written. Add --yes to take it in.');
    return false;
  }
  const question = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await question.question('Take this in? (y/N) ');
  question.close();
  return /^y(es)?$/i.test(answer.trim());
}

/** Looks, writes if asked to, and reports. @returns the exit code */
async function takeInFeed(directory: Directory, asked: Asked): Promise<number> {
  const { db, now } = directory;
  const url = isUrl(asked.from) ? asked.from : null;
  const file = url === null ? pathOf(asked.from) : undefined;
  const name = asked.source ?? (url === null ? titleOf(basename(asked.from)) : new URL(url).host);
  const known = feedAt(db, { url, name });
  const draft = {
    id: known?.id ?? '',
    name: asked.source ?? known?.name ?? name,
    url,
    licence: asked.licence ?? known?.licence ?? null,
  };
  const stopped = new AbortController();
  process.once('SIGINT', () => stopped.abort(new FeedError('Stopped. What was written stays; run it again to go on.')));
  const { signal } = stopped;
  const progress = showProgress(process.stdout);

  if (asked.dryRun || !asked.yes) {
    const notes: ReportNote[] = [];
    const onRead = (share: number) => progress.show('looking', share);
    const client = createClient({ ...CLIENT_DEFAULTS, allowPrivate: asked.allowPrivate, signal });
    const feed = { ...draft, id: draft.id || 'not registered' };
    const context = { db, feed, today: today(now()) };
    const read = file === undefined ? null : await fileAt(file, onRead);
    const pieces = read
      ? formatOf(read).read(read, context)
      : readRecords(readApi(url as string, { client, onRead, today: today(now()) }, {}), context);
    const counts = noCounts();
    const options = {
      dryRun: true,
      batch: 500,
      run: 0,
      resumed: false,
      counts,
      signal,
      onReport: (some: ReportNote[]) => void notes.push(...some),
    };
    await takeIn(directory, feed, pieces, options);
    progress.end();
    await report(`Looked at ${draft.name}; nothing is written yet.`, counts, notes, asked);
    if (asked.dryRun || !(await agreed())) return 0;
  }
  const feed = known ?? addFeed(db, { ...draft, state: 'by_hand', every_hours: 24 }, now().toISOString());
  updateFeed(db, feed.id, { name: draft.name, licence: draft.licence });
  const notes: ReportNote[] = [];
  const harvest = await harvestFeed(directory, feed.id, {
    signal,
    allowPrivate: asked.allowPrivate,
    batch: 500,
    ...(file !== undefined && { file }),
    onRead: (share) => progress.show('taking in', share),
    onReport: (some) => void notes.push(...some),
  });
  progress.end();
  await report(`${draft.name}: ${describeHarvest(harvest)}`, harvest, notes, asked);
  return harvest.outcome === 'complete' ? 0 : 1;
}

async function report(head: string, counts: HarvestCounts | Harvest, notes: ReportNote[], asked: Asked): Promise<void> {
  printReport(head, counts, notes, asked.report !== null);
  if (asked.report === null) return;
  await writeReport(pathOf(asked.report), notes);
  console.log(`Every line of the report is in ${asked.report}.`);
}
async function run(words: string[]): Promise<number> {
  const asked = readWords(words);
  if (!asked) {
    console.error(USAGE);
    return 2;
  }
  const started = performance.now();
  let opened: ReturnType<typeof openBeside> | undefined;
  try {
    const settings = readSettings(process.env);
    opened = openBeside(resolve(ROOT, settings.DATABASE), logKeeper(settings));
    const { directory } = opened;
    const file = isUrl(asked.from) ? null : await fileAt(pathOf(asked.from));
    const format = file && formatOf(file);
    const code =
      format?.holds === 'own'
        ? await importTable(
            directory,
            format,
            file as ImportFile,
            { ...asked, report: asked.report && pathOf(asked.report) },
            agreed,
          )
        : await takeInFeed(directory, asked);
    console.log(`Took ${Math.round((performance.now() - started) / 1000)} seconds.`);
    return code;
  } catch (error) {
    console.error(`\n${explain(error)}`);
    return 1;
  } finally {
    opened?.close();
  }
}

process.exitCode = await run(process.argv.slice(2));
