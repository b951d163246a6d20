import { faultLines, type WriteLine } from './faults.ts';

/** What a server does in the background while it runs. */

export interface Job {
  /** For the log: 'the upkeep'. */
  name: string;
  /** Milliseconds from the end of one run to the start of the next. */
  every: number;
  run(): void | Promise<void>;
}

export interface JobRunner {
  /** Runs every job now, and then again and again. */
  start(): void;
  /** Starts nothing more, and waits a while for what is running. */
  stop(): Promise<void>;
}

/** How long running jobs may delay the end of the process. Every job must survive being cut off in any case. */
const PATIENCE_MS = 5_000;

/**
 * Makes a runner for some jobs. A job never runs twice at once. One that fails is reported, and runs again when it is
 * due.
 * @param report where faults are told
 */
export function createJobRunner(jobs: readonly Job[], report: WriteLine): JobRunner {
  const timers = new Map<Job, NodeJS.Timeout>();
  const running = new Set<Promise<void>>();
  let going = false;

  async function run(job: Job): Promise<void> {
    try {
      await job.run();
    } catch (error) {
      report(`${job.name} did not get through, and is tried again later. ${faultLines(error)}`);
    }
    if (going) timers.set(job, setTimeout(begin, job.every, job));
  }
  function begin(job: Job): void {
    const run_ = run(job).finally(() => running.delete(run_));
    running.add(run_);
  }

  return {
    start() {
      if (going) return;
      going = true;
      for (const job of jobs) timers.set(job, setTimeout(begin, 0, job));
    },
    async stop() {
      going = false;
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
      const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS).unref());
      await Promise.race([Promise.all(running), patience]);
    },
  };
}
