import type { Directory, Save } from '../directory/directory.ts';
import { today as dayOf } from '../domain/london.ts';
import { monthsAfter, reviewDue } from '../domain/review.ts';
import { type Listing, PUBLIC_STATES, type RecordState } from '../domain/service.ts';
import { lastAnswered, lastDay, outlook, type TakenStep, type UpkeepStep } from '../domain/upkeep.ts';
import { createBatchSize } from '../runtime/load.ts';
import { type Action, wasImported } from '../store/changes.ts';
import { importedFrom } from '../store/imported.ts';
import { keepersOf } from '../store/keepers.ts';
import { findListing } from '../store/listings.ts';
import { mailsBeginning } from '../store/mail.ts';
import {
  addReminder,
  dropReminders,
  listingsToLookAt,
  recallFutureReminders,
  remindersOf,
  servicesOf,
} from '../store/reminders.ts';
import { mailIsOver, mailOpenAgain, mailStep } from './mails.ts';

/**
 * One look at every listing of which something may be due. All that is done about a listing is done in one transaction
 * that reads it again. So two passes at once, in one process or two, do everything once, and a pass that is cut off
 * leaves each listing either as it was or finished, and the rest to the next pass. Several listings share a
 * transaction, since each transaction waits for the disk.
 */

/** Months: nothing is due sooner after a check (review.ts). */
const SOONEST_DUE_MONTHS = 3;

export interface PassReport {
  looked: number;
  /** How often each thing was done: a step's name, 'settled', 'reopened', 'over'. */
  done: Record<string, number>;
  /** What went wrong with single listings; the others were done all the same. */
  faults: unknown[];
}

const ACTION: Partial<Record<RecordState, Action>> = {
  published: 'confirmed',
  due: 'due',
  unconfirmed: 'unconfirmed',
  archived: 'archived',
};

const REASON: Partial<Record<RecordState, string>> = {
  published: 'It has been checked and is not due',
  due: 'It is time to check it',
  unconfirmed: 'Nobody has confirmed it',
  archived: 'Nobody has confirmed it for nine months or more',
};

/**
 * Does what is due today.
 * @param pause awaited now and then, so that the server can answer; told how many milliseconds the work took
 */
export async function upkeepPass(
  directory: Directory,
  pause: (worked: number) => Promise<void> = () => Promise.resolve(),
): Promise<PassReport> {
  const report: PassReport = { looked: 0, done: {}, faults: [] };
  const today = dayOf(directory.now());
  recallFutureReminders(directory.db, today);
  const ids = new Set<string>();
  let started = performance.now();
  const lists = listingsToLookAt(directory.db, {
    today,
    checkedBy: monthsAfter(today, -SOONEST_DUE_MONTHS),
    answered: lastAnswered(today),
  });
  for (const list of lists) {
    for (const id of list) ids.add(id);
    await pause(performance.now() - started);
    started = performance.now();
  }
  const all = [...ids].sort();
  const size = createBatchSize();
  for (let from = 0; from < all.length; ) {
    started = performance.now();
    const some = all.slice(from, from + size.next);
    from += some.length;
    lookAfter(directory, servicesOf(directory.db, some), today, report);
    const worked = performance.now() - started;
    size.took(some.length, worked);
    await pause(worked);
  }
  return report;
}

/** A service and its state, which the rules depend on. */
type ServiceInState = Pick<Listing, 'service' | 'state'>;

/** Does what is due about some listings. Most have nothing due, and only cost a look. */
function lookAfter(directory: Directory, some: Iterable<ServiceInState>, today: string, report: PassReport): void {
  /** Does something about one listing. If it fails, the others go on. */
  const alone = <T>(work: () => T): T | null => {
    try {
      return work();
    } catch (error) {
      report.faults.push(error);
      return null;
    }
  };
  const due: ServiceInState[] = [];
  for (const seen of some) {
    report.looked += 1;
    if (alone(() => dueWith(directory, seen, today).length > 0)) due.push(seen);
  }
  if (due.length === 0) return;
  const done = alone(() =>
    directory.change(() => due.flatMap(({ service }) => alone(() => doWhatIsDue(directory, service.id, today)) ?? [])),
  );
  for (const what of done ?? []) report.done[what] = (report.done[what] ?? 0) + 1;
}

/**
 * Does all that is due about one listing, or nothing.
 * @returns what was done
 */
const doWhatIsDue = (directory: Directory, id: string, today: string): string[] =>
  directory.change((save) => {
    const listing = findListing(directory.db, id);
    const due = listing ? dueWith(directory, listing, today) : [];
    return due.map(({ what, act }) => {
      act(save);
      return what;
    });
  });

interface Due {
  what: string;
  act(save: Save): void;
}

function dueWith(directory: Directory, listing: ServiceInState, today: string): Due[] {
  if (!PUBLIC_STATES.includes(listing.state)) return [];
  const { service } = listing;
  const last = lastDay(service);
  if (last !== null && last < today) return [{ what: 'over', act: (save) => endEvent(directory, listing, last, save) }];
  const due: Due[] = [];
  const { until } = service.availability;
  if (until !== undefined && until < today)
    due.push({ what: 'reopened', act: (save) => reopen(directory, listing, until, save) });
  // What is neither due nor on its way out needs no more looks.
  if (listing.state === 'published' && reviewDue(service) > today) return due;
  const { step, state, again } = outlook(service, listing.state, takenSteps(directory, listing), today);
  const from = step === 'archived' || state === 'published' ? importedFrom(directory.db, service.id) : null;
  // While another directory lists it, it stays, as not confirmed. When that directory drops it, being listed again
  // confirms it.
  if (from !== null && (step === 'archived' ? !from.gone : from.gone)) return due;
  if (step === 'archived' && from === null && wasImported(directory.db, service.id) && !wasAsked(directory, listing)) {
    // Nobody has ever said that it is theirs: it stays as not confirmed until there is somebody to ask, who then is.
    if (keepersOf(directory.db, service.id).length === 0) return due;
    const asking = { step: 'unconfirmed', state: 'unconfirmed', again: true, today } as const;
    due.push({ what: 'unconfirmed', act: (save) => takeStep(directory, service.id, asking, save) });
    return due;
  }
  if (step !== null)
    due.push({ what: step, act: (save) => takeStep(directory, service.id, { step, state, again, today }, save) });
  else if (state !== listing.state)
    due.push({ what: 'settled', act: (save) => setState(directory, service.id, state, save) });
  return due;
}

/** The steps taken since the oldest check, and when the mail of each went out. */
function takenSteps({ db }: Directory, { service }: ServiceInState): TakenStep[] {
  return remindersOf(db, service.id, service.assured_date).map(({ step, day }) => {
    const mails = mailsBeginning(db, `${step}:${service.id}:${day}:`);
    const ended = mails?.ended ? dayOf(new Date(mails.ended)) : day;
    return { step: step as UpkeepStep, went: mails && mails.sent === 0 && mails.waiting > 0 ? null : ended };
  });
}

/** Whether somebody was written to about it since its oldest check. */
const wasAsked = ({ db }: Directory, { service }: ServiceInState): boolean =>
  remindersOf(db, service.id, service.assured_date).some(
    ({ step, day }) => mailsBeginning(db, `${step}:${service.id}:${day}:`) !== null,
  );

function setState({ db }: Directory, serviceId: string, state: RecordState, save: Save): void {
  // Read again: the listing may have become open again a moment ago, in this same change.
  const current = findListing(db, serviceId);
  if (!current || current.state === state) return;
  const reason = REASON[state];
  const action = ACTION[state] ?? 'edited';
  save({ services: [{ service: current.service, state }] }, { action, role: 'programme', ...(reason && { reason }) });
}

function takeStep(
  directory: Directory,
  serviceId: string,
  { step, state, again, today }: { step: UpkeepStep; state: RecordState; again: boolean; today: string },
  save: Save,
): void {
  const listing = findListing(directory.db, serviceId);
  if (!listing) return;
  const { assured_date } = listing.service;
  if (again) dropReminders(directory.db, serviceId, assured_date, ['unconfirmed', 'archived']);
  addReminder(directory.db, serviceId, assured_date, { step, day: today });
  setState(directory, serviceId, state, save);
  mailStep(directory, listing, step, today);
}

/** 'Full until 1 March' is open again on 2 March. */
function reopen(directory: Directory, listing: ServiceInState, until: string, save: Save): void {
  const { service, state } = listing;
  save(
    { services: [{ service: { ...service, availability: { state: 'open' } }, state }] },
    { action: 'reopened', role: 'programme', reason: 'The day until which it said so has passed' },
  );
  mailOpenAgain(directory, listing, until);
}

function endEvent(directory: Directory, listing: ServiceInState, last: string, save: Save): void {
  save(
    { services: [{ service: listing.service, state: 'archived' }] },
    { action: 'archived', role: 'programme', reason: 'It is over' },
  );
  mailIsOver(directory, listing, last);
}
