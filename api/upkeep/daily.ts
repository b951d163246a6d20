import type { Directory } from '../directory/directory.ts';
import { today } from '../domain/london.ts';
import { faultLines, type WriteLine } from '../runtime/faults.ts';
import { giveWay } from '../runtime/load.ts';
import { tellArrivals } from './arrivals.ts';
import { type PassReport, upkeepPass } from './daily-pass.ts';
import { sendDigest } from './digest.ts';
import { forgetOld } from './retention.ts';

export interface DailyParts {
  directory: Directory;
  moderators: readonly string[];
  /** Where mail is put while there is no mail server; null where there is one. */
  outbox: string | null;
  log: WriteLine;
}

/**
 * The upkeep of a day: the pass, the moderators' mails, and deleting what has been kept long enough. However often it is
 * called, it does a day's work once, apart from a look at what has arrived for moderators; what went wrong with a listing is tried again at the next call.
 */
export function createDaily({ directory, moderators, outbox, log }: DailyParts): () => Promise<void> {
  let done = '';
  return async () => {
    tellArrivals(directory, moderators);
    const day = today(directory.now());
    if (done === day) return;
    const report = await upkeepPass(directory, giveWay);
    // After the pass, so that nothing is deleted that the pass still needs.
    sendDigest(directory, moderators);
    forgetOld(directory, moderators, outbox);
    tell(report, log);
    if (report.faults.length === 0) done = day;
  };
}

function tell({ looked, done, faults }: PassReport, log: WriteLine): void {
  const things = Object.entries(done).map(([what, times]) => `${times} ${what}`);
  if (things.length > 0) log(`Upkeep: of ${looked} listings looked at, ${things.join(', ')}.`);
  for (const fault of faults.slice(0, 3)) log(`Upkeep of a listing did not get through. ${faultLines(fault)}`);
}
