import { createHash, randomBytes } from 'node:crypto';
import type { Directory } from '../../directory/directory.ts';
import { today } from '../../domain/schedule.ts';
import { yieldToOthers } from '../../runtime/slices.ts';
import { lastRevision } from '../../store/changes.ts';
import { rememberLayout } from '../../store/table-layouts.ts';
import {
  addUpload,
  arrangeUpload,
  bodyOfUpload,
  findUpload,
  finishUpload,
  replaceReport,
  type Upload,
} from '../../store/uploads.ts';
import { type Note, UnreadableFile } from '../incoming.ts';
import { type ImportPlan, type PlanOptions, planImport } from '../plan.ts';
import { Layout } from '../table/layout.ts';
import { foundIn, ownTable, readTable } from '../table/read-table.ts';
import { writePlan } from '../write-plan.ts';
import { reportOf, withLeftOut } from './report.ts';

/** A spreadsheet in the moderators' pages: sent, its columns agreed on, looked at row by row, and only then taken in. */

const DAY_MS = 86_400_000;
/** Days in which what was taken in can be undone. */
const UNDONE_WITHIN = 30;
/** Rows compared at a time. */
const STEP = 100;
/** A spreadsheet as it was sent. */
export type SentUpload = Pick<Upload, 'name' | 'source' | 'person'>;

const layoutOfUpload = ({ layout }: Pick<Upload, 'layout'>): Layout | null =>
  layout === null ? null : Layout.parse(JSON.parse(layout));

/** Reads a file and compares it with the directory, a few rows at a time. Nothing is written. */
async function planOf(
  directory: Directory,
  body: Uint8Array,
  { name, source, person }: SentUpload,
  layout: Layout | null,
): Promise<{ plan: ImportPlan; notes: string[] }> {
  const reading = { db: directory.db, source, today: today(directory.now()) };
  const { records, notes } = await readTable(name, body, reading, layout);
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

/** The number of a file that is about to be sent. */
export const newUploadId = (): string => randomBytes(15).toString('base64url');

/**
 * Keeps a file for a day. With the template goes a report of what it would do; with any other table, what was
 * understood of its columns, for a moderator to agree to.
 * @param upload `source`: what rows without a source of their own come from
 * @returns its id; or what is wrong with the file as a whole
 */
export async function receiveUpload(
  directory: Directory,
  upload: SentUpload,
  body: Uint8Array,
  id = newUploadId(),
): Promise<{ id: string } | { problems: readonly Note[] }> {
  const { db } = directory;
  try {
    const own = await ownTable(db, upload.name, body);
    const now = directory.now();
    const kept = {
      ...upload,
      id,
      made_at: now.toISOString(),
      expires_at: new Date(now.getTime() + DAY_MS).toISOString(),
    };
    if (own) {
      const [layout, found] = [JSON.stringify(own.layout), JSON.stringify(foundIn(own))];
      addUpload(db, { ...kept, report: 'null', layout, found }, body);
    } else {
      const { plan, notes } = await planOf(directory, body, upload, null);
      addUpload(db, { ...kept, report: JSON.stringify(reportOf(directory, plan, notes)) }, body);
    }
    return { id };
  } catch (error) {
    if (error instanceof UnreadableFile) return { problems: error.notes };
    throw error;
  }
}

/**
 * What came of arranging: 'asked' where a moderator must still agree to something, 'shown' where the report is ready.
 */
export type Arranged = 'asked' | 'shown' | 'gone' | { problems: readonly Note[] };

/**
 * Reads a file by what a moderator said of its columns and words. They may correct it again afterwards.
 * @param chosen what the page that was shown says of its columns and words
 * @param agreed whether it is right so: then it is remembered for tables with the same headings, and compared with the
 *   directory, unless there are words that were not shown
 */
export async function arrangeUploadAs(
  directory: Directory,
  id: string,
  chosen: Partial<Layout>,
  agreed: boolean,
): Promise<Arranged> {
  const { db } = directory;
  const upload = findUpload(db, id, directory.now().toISOString());
  const body = bodyOfUpload(db, id);
  if (!upload || !body || upload.done_at !== null) return 'gone';
  try {
    const own = await ownTable(db, upload.name, body, chosen);
    if (!own) return 'gone';
    const { layout, understood } = own;
    const shown = new Set(wordsShown(upload.found));
    const fresh = understood.found.words.some(({ target, word }) => !shown.has(`${target}: ${word}`));
    arrangeUpload(db, id, JSON.stringify(layout), JSON.stringify(foundIn(own)));
    if (!agreed || fresh) return 'asked';
    const { plan, notes } = await planOf(directory, body, upload, layout);
    const tableName = `${upload.source}, ${upload.name}`;
    rememberLayout(db, understood.set, JSON.stringify(layout), tableName, directory.now().toISOString());
    replaceReport(db, id, JSON.stringify(reportOf(directory, plan, notes)));
    return 'shown';
  } catch (error) {
    if (error instanceof UnreadableFile) return { problems: error.notes };
    throw error;
  }
}

const wordsShown = (found: string | null): string[] =>
  found === null
    ? []
    : (JSON.parse(found) as { words: { target: string; word: string }[] }).words.map(
        ({ target, word }) => `${target}: ${word}`,
      );

/** What came of confirming: 'changed' where what it would do is no longer what was shown. */
export type Confirmed = 'done' | 'changed' | 'gone';

/** Stands for a report: it differs once the file would do something else than was shown. */
export const reportMark = (report: string): string =>
  createHash('sha256').update(report).digest('base64url').slice(0, 22);

/** The files that are being taken in by this process. */
const underWay = new Set<string>();

/**
 * Takes a file in: all of its rows that are not refused, some at a time. If that is cut off half-way, some rows are in;
 * the next try shows the moderator a report that has changed.
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
    const { plan, notes } = await planOf(directory, body, { ...upload, person }, layoutOfUpload(upload));
    const report = reportOf(directory, plan, notes);
    const text = JSON.stringify(report);
    if (reportMark(text) !== seen) {
      replaceReport(db, id, text);
      return 'changed';
    }
    const { left } = await writePlan(directory, plan, revision, id);
    const now = directory.now();
    const until = new Date(now.getTime() + UNDONE_WITHIN * DAY_MS).toISOString();
    finishUpload(db, id, JSON.stringify(withLeftOut(report, left)), now.toISOString(), until);
    return 'done';
  } finally {
    underWay.delete(id);
  }
}
