import { createHash } from 'node:crypto';
import { directory } from '#api/instance.ts';
import { applyBulk, type BulkChange, type BulkLine, bulkMark, previewBulk } from '#api/moderate/bulk.ts';
import { chosenIds, readChange } from './bulk-form.ts';
import { field, formOf, moderatorOf, type PageContext, seeOther } from './session.ts';

/** Many listings about to be changed together: what to change is being chosen, or what it would do is shown. */
export interface BulkView {
  form: FormData;
  ids: string[];
  /** Null while it is being chosen. */
  change: BulkChange | null;
  lines: BulkLine[];
  /** What was shown, as a hash that travels along: where a listing has changed since, the preview is shown anew. */
  mark: string;
  /** Whether somebody changed one of them between the preview and the press. */
  moved: boolean;
  errors: Record<string, string>;
  /** Venues to choose among where several fit what was typed. */
  venues: ReturnType<typeof readChange>['venues'];
  /** Whether the form comes back with what was typed. */
  again: boolean;
}

const OWN_FIELDS: readonly string[] = ['csrf', 'step', 'id', 'all', 'mark'];

/**
 * The page at /moderate/bulk, after what its form asked for has been done.
 * @returns where to go on to; null where nothing was sent, and what was changed lately is shown
 */
export function bulkPage(context: PageContext): Response | BulkView | null {
  const form = formOf(context);
  if (!form) return null;
  const ids = chosenIds(form);
  if (ids.length === 0) return seeOther('/moderate/listings?none=1');
  const step = field(form, 'step');
  const read = step === 'choose' ? null : readChange(form);
  const change = read?.change ?? null;
  const lines = change ? previewBulk(directory, ids, change) : [];
  const mark = createHash('sha256').update(bulkMark(lines)).digest('base64url');
  const apply = change !== null && step === 'apply';
  const moved = apply && field(form, 'mark') !== mark;
  const done = apply && !moved ? applyBulk(directory, moderatorOf(context).person, ids, change) : null;
  if (done !== null) return seeOther(`/moderate/bulk/${done}`);
  const { errors = {}, venues = [] } = read ?? {};
  return { form, ids, change, lines, mark, moved, errors, venues, again: step !== 'choose' };
}

/** What the form asked for, to be sent again with the preview. */
export const carriedFields = (form: FormData): (readonly [name: string, value: string])[] =>
  [...form].flatMap(([name, value]) =>
    typeof value === 'string' && !OWN_FIELDS.includes(name) ? [[name, value] as const] : [],
  );
