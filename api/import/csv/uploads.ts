import { createHash, randomBytes } from 'node:crypto';
import type { Directory } from '../../directory/directory.ts';
import { today } from '../../domain/schedule.ts';
import { yieldToOthers } from '../../runtime/slices.ts';
import { lastRevision } from '../../store/changes.ts';
import { addUpload, bodyOfUpload, findUpload, finishUpload, replaceReport, type Upload } from '../../store/uploads.ts';
import { formatOf, OWN_FORMATS } from '../formats.ts';
import { type Incoming, type Note, UnreadableFile } from '../incoming.ts';
import { type ImportPlan, type PlanOptions, planImport } from '../plan.ts';
import { fileOf } from '../source/import-file.ts';
import { writePlan } from '../write-plan.ts';
import { reportOf, withLeftOut } from './report.ts';

/** A spreadsheet in the moderators' pages: sent, looked at row by row, and only then taken in. */

const DAY_MS = 86_400_000;
/** Rows compared at a time. */
const STEP = 100;
/** A spreadsheet as it was sent. */
export type SentUpload = Pick<Upload, 'name' | 'source' | 'person'>;

/** Reads a file and compares it with the directory, a few rows at a time. Nothing is written. */
async function planOf(
  directory: Directory,
  body: Uint8Array,
  { name, source, person }: SentUpload,
): Promise<{ plan: ImportPlan; notes: string[] }> {
  const records: Incoming[] = [];
  const notes: string[] = [];
  const file = fileOf(name, body);
  const feed = { id: '', name: source, url: null, licence: null };
  const context = { db: directory.db, feed, today: today(directory.now()) };
  for await (const piece of formatOf(file, OWN_FORMATS).read(file, context))
    if (piece.kind === 'record') records.push(piece.incoming);
    else if (piece.kind === 'fault') notes.push(piece.words);
  const options: PlanOptions = {
    feed: null,
    cause: { action: 'imported', role: 'moderator', person, reason: `From a spreadsheet: ${source}` },
    seen: new Map(),
  };
  const plan: ImportPlan = {
    items: [],
    options,
    counts: { added: 0, changed: 0, unchanged: 0, refused: 0, repaired: 0 },
  };
  for (let at = 0; at < records.length; at += STEP) {
    const part = planImport(directory, records.slice(at, at + STEP), options);
    plan.items.push(...part.items);
    for (const key of Object.keys(plan.counts) as (keyof ImportPlan['counts'])[]) plan.counts[key] += part.counts[key];
    await yieldToOthers();
  }
  return { plan, notes };
}

/**
 * Keeps a file with what it would do, for a day.
 * @param source what rows without a source of their own come from
 * @returns its id; or what is wrong with the file as a whole
 */
export async function receiveUpload(
  directory: Directory,
  upload: SentUpload,
  body: Uint8Array,
): Promise<{ id: string } | { problems: readonly Note[] }> {
  try {
    const { plan, notes } = await planOf(directory, body, upload);
    const now = directory.now();
    const id = randomBytes(15).toString('base64url');
    const report = JSON.stringify(reportOf(directory, plan, notes));
    const expires_at = new Date(now.getTime() + DAY_MS).toISOString();
    addUpload(directory.db, { ...upload, id, report, made_at: now.toISOString(), expires_at }, body);
    return { id };
  } catch (error) {
    if (error instanceof UnreadableFile) return { problems: error.notes };
    throw error;
  }
}

/** What came of confirming: 'changed' where what it would do is no longer what was shown. */
export type Confirmed = 'done' | 'changed' | 'gone';

/** Stands for a report: where what the file would do has changed since it was shown, it is another. */
export const reportMark = (report: string): string =>
  createHash('sha256').update(report).digest('base64url').slice(0, 22);

/** The files that are being taken in by this process. */
const underWay = new Set<string>();

/**
 * Takes a file in: all of its rows that are not refused, some at a time. Cut off half-way, it is what the moderator sees
 * of it that has changed: some of the rows are there.
 * @param seen the mark of the report that the moderator saw
 */
export async function confirmUpload(
  directory: Directory,
  id: string,
  person: number,
  seen: string,
): Promise<Confirmed> {
  const { db } = directory;
  const upload = findUpload(db, id, directory.now().toISOString());
  const body = bodyOfUpload(db, id);
  if (!upload || !body || upload.done_at !== null || underWay.has(id)) return 'gone';
  underWay.add(id);
  try {
    const revision = lastRevision(db);
    const { plan, notes } = await planOf(directory, body, { ...upload, person });
    const report = reportOf(directory, plan, notes);
    const text = JSON.stringify(report);
    if (reportMark(text) !== seen) {
      replaceReport(db, id, text);
      return 'changed';
    }
    const { left } = await writePlan(directory, plan, revision);
    finishUpload(db, id, JSON.stringify(withLeftOut(report, left)), directory.now().toISOString());
    return 'done';
  } finally {
    underWay.delete(id);
  }
}
