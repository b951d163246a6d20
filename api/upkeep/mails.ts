import type { Directory } from '../directory/directory.ts';
import type { Listing } from '../domain/service.ts';
import { expectedOn, type UpkeepStep } from '../domain/upkeep.ts';
import { describeDate } from '../domain/words.ts';
import { queueMail } from '../notify/mail.ts';
import { keepPage } from '../notify/page-links.ts';
import { keepersOf } from '../store/keepers.ts';

/** The mails of the upkeep, one to each person who looks after a listing. Where nobody does, the moderators see it. */

/** 'due:LISTING:DAY:PERSON': what it is about begins with what daily-pass.ts asks for. */
const keyOf = (what: string, serviceId: string, day: string, person: number): string =>
  `${what}:${serviceId}:${day}:${person}`;

/** The mail of a step. */
export function mailStep(
  { db, now }: Directory,
  { service }: Pick<Listing, 'service'>,
  step: UpkeepStep,
  today: string,
): void {
  const { id, name } = service;
  const checked = describeDate(service.assured_date);
  for (const { person, email } of keepersOf(db, id)) {
    const link = keepPage(db, id, person, now());
    const wish = { key: keyOf(step, id, today, person), to: email };
    const on = (later: UpkeepStep) => describeDate(expectedOn(service, step, later, today));
    if (step === 'due' || step === 'archived')
      queueMail(db, { ...wish, template: step, values: { name, checked, link } }, now());
    else if (step === 'unconfirmed')
      queueMail(db, { ...wish, template: step, values: { name, checked, link, archived_on: on('archived') } }, now());
    else
      queueMail(
        db,
        { ...wish, template: step, values: { name, checked, link, unconfirmed_on: on('unconfirmed') } },
        now(),
      );
  }
}

const AVAILABILITY_WORDS = {
  open: 'open',
  waiting_list: 'kept by a waiting list',
  full: 'full',
  paused: 'paused',
} as const;

/**
 * The mail that it is open again.
 * @param listing as it was before
 * @param until 'YYYY-MM-DD'
 */
export function mailOpenAgain({ db, now }: Directory, { service }: Pick<Listing, 'service'>, until: string): void {
  const { id, name, availability } = service;
  const state = AVAILABILITY_WORDS[availability.state];
  for (const { person, email } of keepersOf(db, id)) {
    const values = {
      name,
      state,
      until: describeDate(until),
      page: `/services/${id}`,
      link: keepPage(db, id, person, now()),
    };
    queueMail(db, { key: keyOf('open-again', id, until, person), to: email, template: 'open-again', values }, now());
  }
}

/**
 * The mail that an event is over.
 * @param last its last day, 'YYYY-MM-DD'
 */
export function mailIsOver({ db, now }: Directory, { service }: Pick<Listing, 'service'>, last: string): void {
  const { id, name } = service;
  for (const { person, email } of keepersOf(db, id)) {
    const values = { name, last: describeDate(last), link: keepPage(db, id, person, now()) };
    queueMail(db, { key: keyOf('over', id, last, person), to: email, template: 'over', values }, now());
  }
}
