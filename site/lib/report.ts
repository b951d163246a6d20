import { z } from 'zod';
import { directory, settings } from '#api/instance.ts';
import { MOST_REPORT_CHARACTERS, ReportDesk } from '#api/moderate/reports.ts';
import { stateOf } from '#api/store/register.ts';
import { REPORT_KINDS, type ReportKind } from '#api/store/reports.ts';

/** The page on which anybody says that something is wrong with a listing. */

const desk = new ReportDesk(directory, settings.MODERATORS);

/** Whether a listing is there, and hidden until a moderator has looked. */
export const hiddenForNow = (id: string): boolean => stateOf(directory.db, id) === 'suspended';

/** What somebody filled in. */
export interface TypedReport {
  kind: ReportKind | null;
  words: string;
  email: string;
}

/** What the choices are called. */
export const REPORT_WORDS = {
  closed: { label: 'It has closed or stopped', hint: null },
  wrong: { label: 'Something about it is wrong', hint: 'A time, a place, a price, a phone number' },
  unsafe: { label: 'It is not safe', hint: 'We hide it until one of us has looked, unless we have just done so' },
} satisfies Record<ReportKind, { label: string; hint: string | null }>;

/** What a form holds, as far as it can be used. */
export function readReport(form: FormData): TypedReport {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const kind = REPORT_KINDS.find((known) => known === text('kind')) ?? null;
  return { kind, words: text('words'), email: text('email') };
}

/** What is wrong with it, by field; nothing where it can be sent. */
export function reportErrors({ kind, words, email }: TypedReport): Record<string, string> {
  const errors: Record<string, string> = {};
  if (kind === null) errors['kind'] = 'Choose what is wrong.';
  if (kind === 'wrong' && words === '') errors['words'] = 'Write what is wrong, so that we can put it right.';
  if (words.length > MOST_REPORT_CHARACTERS)
    errors['words'] = `Write at most ${MOST_REPORT_CHARACTERS} characters; these are ${words.length}.`;
  if (email !== '' && !z.email().max(254).safeParse(email).success)
    errors['email'] = 'That is not an e-mail address. Write it like name@example.org, or leave it empty.';
  return errors;
}

/**
 * Takes a report in.
 * @param form as it was sent: where its hidden field is filled in, a program wrote it, and nothing is kept
 */
export function sendReport(service: string, typed: TypedReport, form: FormData, client: string) {
  if (typed.kind === null || String(form.get('website') ?? '') !== '') return 'noted' as const;
  return desk.take({ service, kind: typed.kind, words: typed.words, email: typed.email, client });
}
