import { today } from './london.ts';
import { describeDate } from './words.ts';

/**
 * Whether the clock of the machine can be believed. What is done because time has passed cannot be undone by setting the clock
 * right: one start with it a year ahead would archive listings, and erase forms, keys and addresses. So none of it is done
 * after a jump, until somebody says that the clock is right.
 */

const DAY_MS = 86_400_000;
/** How far the clock may have gone on since: a week in which the server was off is nothing unusual. */
export const JUMP_MS = 7 * DAY_MS;
/** The same where it was never noted: the last entry of a small directory may be some weeks old. */
export const FIRST_JUMP_MS = 30 * DAY_MS;

/** What a directory knows of the clock. ISO 8601, UTC. */
export interface KnownClock {
  /** When the work was last done that time brings. */
  ran: string;
  /** The latest that the clock has ever said. */
  latest: string;
}

export interface ClockStanding {
  /** 'ahead': it has gone on much further than the work; 'behind': the directory has been written to later than now. */
  state: 'right' | 'ahead' | 'behind';
  /** What it is compared with, ISO 8601, UTC: the last time of the work, or the latest that the directory has seen. */
  since: string;
}

/** How the clock stands to what is known of it. @param jump milliseconds that it may have gone on */
export function compareClock({ ran, latest }: KnownClock, now: Date, jump = JUMP_MS): ClockStanding {
  if (Date.parse(latest) - now.getTime() > JUMP_MS) return { state: 'behind', since: latest };
  if (now.getTime() - Date.parse(ran) > jump) return { state: 'ahead', since: ran };
  return { state: 'right', since: ran };
}

const dayWords = (moment: string | Date): string => describeDate(today(new Date(moment)));

/**
 * What is the matter with the clock, in words; null where nothing is.
 * @param now what the clock says
 */
export function clockWords({ state, since }: ClockStanding, now: Date): string | null {
  const meanwhile = 'Until somebody says that it is right, nothing is archived or erased, and nobody is reminded.';
  if (state === 'ahead')
    return `The clock of this server says ${dayWords(now)}, and the upkeep last ran on ${dayWords(since)}. ${meanwhile}`;
  if (state === 'behind')
    return `This directory has seen ${dayWords(since)}, which is still to come: the clock of this server says ${dayWords(now)}, and was wrong then or is now. ${meanwhile}`;
  return null;
}
