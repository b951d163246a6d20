import type { TableReport } from '#api/import/csv/report.ts';
import type { Confirmed } from '#api/import/csv/uploads.ts';
import { OWN_FORMATS } from '#api/import/formats.ts';
import { directory, imports } from '#api/instance.ts';
import { dropUpload, findUpload, type Upload, uploadsNow } from '#api/store/uploads.ts';
import { field, formOf, moderatorOf, type PageContext, seeOther } from './session.ts';

const MOST_NAME = 120;
const MOST_SOURCE = 160;

/** The kinds of file that are taken, for people: 'CSV'. */
export const FILE_KINDS = OWN_FORMATS.map(({ label }) => label).join(' or ');

/** The form that sends a spreadsheet, and the files sent within the last day. */
export interface UploadsView {
  source: string;
  errors: Record<string, string>;
  /** What is wrong with the file as a whole. */
  troubles: string[];
  uploads: Upload[];
}

/**
 * The page at /moderate/import, after the file that was sent has been read.
 * @returns where to go on to once it is
 */
export async function uploadsPage(context: PageContext): Promise<Response | UploadsView> {
  const form = formOf(context);
  const source = form ? field(form, 'source') : '';
  const errors: Record<string, string> = {};
  let troubles: string[] = [];
  if (form) {
    const file = form.get('file');
    if (source === '' || source.length > MOST_SOURCE)
      errors['source'] = `Write who made the list, in up to ${MOST_SOURCE} characters.`;
    if (!(file instanceof File) || file.size === 0) errors['file'] = `Choose a ${FILE_KINDS} file.`;
    else if (!errors['source']) {
      const name = file.name.slice(-MOST_NAME) || 'listings.csv';
      const upload = { name, source, person: moderatorOf(context).person };
      const received = await imports.look(upload, new Uint8Array(await file.arrayBuffer()));
      if ('id' in received) return seeOther(`/moderate/import/${received.id}`);
      troubles = received.problems.map(({ words, line }) => (line === undefined ? words : `Line ${line}: ${words}`));
      errors['file'] = 'Nothing of this file was read. Mend what is said here, then choose it again.';
    }
  }
  return { source, errors, troubles, uploads: uploadsNow(directory.db, directory.now().toISOString()) };
}

/** A file that was sent, and what it would do or did. */
export interface UploadView {
  upload: Upload;
  report: TableReport;
  /** Why nothing was done of what the form asked for. */
  conflict: Confirmed | null;
}

/**
 * The page of one file at /moderate/import/ID, after what its form asked for has been done.
 * @returns where to go on to; null where there is no such file, or no longer
 */
export async function uploadPage(
  context: PageContext & { params: { id?: string | undefined } },
): Promise<Response | UploadView | null> {
  const id = context.params.id ?? '';
  const form = formOf(context);
  let conflict: Confirmed | null = null;
  if (form && field(form, 'what') === 'drop') {
    dropUpload(directory.db, id);
    return seeOther('/moderate/import?done=dropped');
  }
  if (form) {
    conflict = await imports.confirm(id, moderatorOf(context).person, field(form, 'mark'));
    if (conflict === 'done') return seeOther(`/moderate/import/${id}`);
  }
  const upload = findUpload(directory.db, id, directory.now().toISOString());
  return upload && { upload, report: JSON.parse(upload.report), conflict };
}
