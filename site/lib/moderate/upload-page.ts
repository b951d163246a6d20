import type { TableReport } from '#api/import/csv/report.ts';
import { type Confirmed, newUploadId } from '#api/import/csv/uploads.ts';
import { OWN_FORMATS } from '#api/import/formats.ts';
import type { Note } from '#api/import/incoming.ts';
import type { Undone } from '#api/import/table/undo.ts';
import { directory, imports } from '#api/instance.ts';
import { headingsOfUpload } from '#api/store/table-rows.ts';
import { dropUpload, findUpload, type Upload, uploadsNow } from '#api/store/uploads.ts';
import { field, formOf, moderatorOf, type PageContext, seeOther } from './session.ts';
import { begin, isUnderWay } from './under-way.ts';

const MOST_NAME = 120;
const MOST_SOURCE = 160;

/** The kinds of file that are taken, for people: 'Excel or CSV'. */
export const FILE_KINDS = OWN_FORMATS.map(({ label }) => label).join(' or ');

/** The form that sends a spreadsheet, and the files that wait or can be undone. */
export interface UploadsView {
  source: string;
  errors: Record<string, string>;
  /** What is wrong with the file as a whole. */
  troubles: string[];
  uploads: Upload[];
}

/** What was wrong with files that took longer to read than a page waits, by their numbers. */
const unread = new Map<string, readonly Note[]>();

/**
 * The page at /moderate/import, after the file that was sent has been read.
 * @returns where to go on to once it is, or while it is
 */
export async function uploadsPage(context: PageContext): Promise<Response | UploadsView> {
  const form = formOf(context);
  const source = form ? field(form, 'source') : '';
  const errors: Record<string, string> = {};
  let problems = unread.get(context.url.searchParams.get('file') ?? '') ?? [];
  if (form) {
    const file = form.get('file');
    if (source === '' || source.length > MOST_SOURCE)
      errors['source'] = `Write who made the list, in up to ${MOST_SOURCE} characters.`;
    if (!(file instanceof File) || file.size === 0)
      errors['file'] = 'Choose a CSV file. An Excel workbook (.xlsx) will do too.';
    else if (!errors['source']) {
      const upload = {
        name: file.name.slice(-MOST_NAME) || 'listings.csv',
        source,
        person: moderatorOf(context).person,
      };
      const body = new Uint8Array(await file.arrayBuffer());
      const id = newUploadId();
      const received = await begin(id, async () => {
        const looked = await imports.look(upload, body, id);
        if ('problems' in looked) unread.set(id, looked.problems);
        return looked;
      });
      if (received === null || 'id' in received) return seeOther(`/moderate/import/${id}`);
      problems = received.problems;
      unread.delete(id);
    }
  }
  const troubles = problems.map(({ words, line }) => (line === undefined ? words : `Line ${line}: ${words}`));
  if (troubles.length > 0)
    errors['file'] = 'Nothing of this file was read. Mend what is said here, then choose it again.';
  return { source, errors, troubles, uploads: uploadsNow(directory.db, directory.now().toISOString()) };
}

/** A file that was sent, and what it would do or did. */
export interface UploadView {
  upload: Upload;
  report: TableReport;
  undone: Undone | null;
  /** The tables whose words it has left open, by their ids among the questions. */
  asking: string[];
  /** Why nothing was done of what the form asked for. */
  conflict: Confirmed | null;
}

/** A file that is being read, taken in or undone just now. */
export interface UnderWayView {
  /** Null while it is read for the first time. */
  upload: Upload | null;
  /** Rows that have been taken in, of so many. */
  done: number;
  of: number;
}

const addressOf = (id: string): string => `/moderate/import/${id}`;

/**
 * The page of one file at /moderate/import/ID, after what its form asked for has been done.
 * @returns where to go on to; null where there is no such file, or no longer
 */
export async function uploadPage(
  context: PageContext & { params: { id?: string | undefined } },
): Promise<Response | UploadView | UnderWayView | null> {
  const id = context.params.id ?? '';
  const form = formOf(context);
  const { person } = moderatorOf(context);
  const what = form ? field(form, 'what') : '';
  let conflict: Confirmed | null = null;
  if (what === 'drop') {
    dropUpload(directory.db, id);
    return seeOther('/moderate/import?done=dropped');
  }
  if (what === 'undo') {
    await begin(id, () => imports.undo(person, id));
    return seeOther(addressOf(id));
  }
  if (form) {
    conflict = await begin(id, () => imports.confirm(id, person, field(form, 'mark')));
    if (conflict === null || conflict === 'done') return seeOther(addressOf(id));
  }
  const upload = findUpload(directory.db, id, directory.now().toISOString());
  const report = upload && (JSON.parse(upload.report) as TableReport | null);
  if (isUnderWay(id)) {
    const of = report ? report.rows.length : 0;
    return { upload, done: upload?.progress ?? 0, of };
  }
  if (!upload) return unread.has(id) ? seeOther(`/moderate/import?file=${id}`) : null;
  if (!report) return seeOther(`${addressOf(id)}/columns`);
  return {
    upload,
    report,
    conflict,
    undone: upload.undone === null ? null : JSON.parse(upload.undone),
    asking: headingsOfUpload(directory.db, id),
  };
}
