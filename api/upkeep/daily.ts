import { today } from '../domain/london.ts';
import { faultLines, type WriteLine } from '../runtime/faults.ts';
import { giveWay } from '../runtime/load.ts';
import type { WatchParts } from '../watch/listings.ts';
import { dropUnconfirmed, tellChanges } from '../watch/tell.ts';
import { tellArrivals } from './arrivals.ts';
import { type PassReport, upkeepPass } from './daily-pass.ts';
import { sendDigest } from './digest.ts';
import { forgetOld } from './retention.ts';

export interface DailyParts extends WatchParts {
  moderators: readonly string[];
  /** Where mail is put while there is no mail server; null where there is one. */
  outbox: string | null;
  log: WriteLine;
}

/**
 * The upkeep of a day: the pass, mails to whoever asked to be told of changes and to moderators, and deleting what has been
 * kept long enough. However often it is called, it does a day's work once, apart from a look at what has arrived for
 * moderators and at what nobody has confirmed; what went wrong with a listing or an address is tried again at the next call.
 */
export function createDaily(parts: DailyParts): () => Promise<void> {
  const { directory, moderators, outbox, log } = parts;
  let done = '';
  return async () => {
    tellArrivals(directory, moderators);
    dropUnconfirmed(parts);
    const day = today(directory.now());
    if (done === day) return;
    const report = await upkeepPass(directory, giveWay);
    // After the pass, which changes listings itself, and so that nothing is deleted that it still needs.
    report.faults.push(...(await tellChanges(parts, giveWay)));
    sendDigest(directory, moderators);
    forgetOld(directory, moderators, outbox);
    tell(report, log);
    if (report.faults.length === 0) done = day;
  };
}

function tell({ looked, done, faults }: PassReport, log: WriteLine): void {
  const things = Object.entries(done).map(([what, times]) => `${times} ${what}`);
  if (things.length > 0) log(`Upkeep: of ${looked} listings looked at, ${things.join(', ')}.`);
  for (const fault of faults.slice(0, 3)) log(`A part of the upkeep did not get through. ${faultLines(fault)}`);
}
