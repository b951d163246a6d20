import { createDirectory, type Directory } from '../../../api/directory/directory.ts';
import type { Answers } from '../../../api/domain/answers.ts';
import type { Geocoder } from '../../../api/geocode/geocoder.ts';
import { openDraft, type SaveOutcome, saveStep, stepMark } from '../../../api/submit/drafts.ts';
import { answersFrom, STEPS, type StepKey } from '../../../api/submit/fields.ts';
import type { SubmissionForm } from '../../../api/submit/submission-form.ts';
import { createWorld } from '../../fixtures/world.ts';
import { NOW } from '../../helpers/clock.ts';

/** The answers of somebody who adds a weekly class, step by step, as they type them. */
export const CLASS: Readonly<Record<StepKey, Answers>> = {
  who: {
    email: 'Sam@Example.org',
    organization_name: 'Homerton Chair Yoga',
    sponsor_name: 'Dr Ada Okoye',
    sponsor_role: 'GP',
    sponsor_contact: 'ada@example.org',
  },
  what: {
    name: 'Chair yoga for sore backs',
    summary: 'A gentle hour of movement for anybody who aches.',
    description: 'We sit in a circle and move slowly.\r\n\r\nThere is tea.',
    kind: 'activity',
    category_1: 'movement',
  },
  when: { sessions: 'every Tuesday 10:30 to 12, term time' },
  where: {
    attending: ['in_person'],
    venue_name: 'Homerton Library',
    address_1: 'Homerton High Street',
    city: 'London',
    postcode: 'e81ea',
  },
  for: { served: 'anyone', cost: 'paid', amount: '£3', amount_note: 'a session', languages: 'English, Turkish' },
  joining: { join: ['drop_in'], phone: '020 7946 0018', step_free: 'yes' },
  pain: { paced: 'yes' },
};

/** A directory with its postcodes, where people fill in forms. */
export interface Counter {
  directory: Directory;
  db: Directory['db'];
  geocoder: Geocoder;
  /** The clock goes on. */
  wait(days: number): void;
  form(token: string): SubmissionForm;
  /** Leaves a step as a browser does: with the mark of the page, and every field of it. */
  leave(form: SubmissionForm, step: StepKey, typed: Answers, mark?: string): Promise<SaveOutcome>;
  /** Fills in all steps; `instead` in place of some answers. */
  fill(token: string, instead?: Partial<Record<StepKey, Answers>>): Promise<SubmissionForm>;
  mails(): { to: string; template: string; given: Record<string, string> }[];
  /** The last part of the address in a value of the newest mail of a template. */
  key(template: string, value?: string): string;
}

const sent = (answers: Answers): FormData => {
  const form = new FormData();
  for (const [name, value] of Object.entries(answers))
    for (const one of [value].flat()) form.append(name, one as string);
  return form;
};

/** Opens one. */
export function openCounter(): Counter {
  const { db, index, geocoder } = createWorld();
  let clock = new Date(NOW);
  const directory = createDirectory({ db, index, now: () => clock });
  const form = (token: string): SubmissionForm => {
    const found = openDraft(directory, token);
    if (!found) throw new Error('There is no such form.');
    return found;
  };
  const leave: Counter['leave'] = (at, step, typed, mark = stepMark(at.submission.answers, step)) =>
    saveStep(directory, geocoder, at, step, answersFrom(sent(typed), step), mark);
  const mails: Counter['mails'] = () =>
    (
      db.prepare('SELECT recipient AS "to", template, given FROM mail ORDER BY id').all() as {
        to: string;
        template: string;
        given: string;
      }[]
    ).map((mail) => ({ ...mail, given: JSON.parse(mail.given) }));
  return {
    directory,
    db,
    geocoder,
    wait: (days) => {
      clock = new Date(clock.getTime() + days * 86_400_000);
    },
    form,
    leave,
    async fill(token, instead = {}) {
      for (const { key } of STEPS) await leave(form(token), key, { ...CLASS[key], ...instead[key] });
      return form(token);
    },
    mails,
    key: (template, value = 'link') =>
      mails()
        .findLast((mail) => mail.template === template)
        ?.given[value]?.split('/')
        .at(-1) ?? '',
  };
}
