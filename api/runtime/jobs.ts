import { faultLines, type WriteLine } from './faults.ts';

/** What a server does by itself while it runs, beside answering. */

export interface Job {
  /** For the log: 'the upkeep'. */
  name: string;
  /** Milliseconds from the end of one run to the start of the next. */
  every: number;
  run(): void | Promise<void>;
}

export interface JobRunner {
  /** Runs every job now, and again and again. */
  start(): void;
  /** Starts nothing more, and waits for what is under way, though not for ever. */
  stop(): Promise<void>;
}

/** How long what is under way may hold up the end of the process. Whatever it is must bear being cut off anyway. */
const PATIENCE_MS = 5_000;

/**
 * Makes the work of a server. A job never runs twice at once; one that fails is told to the log, and runs again in time.
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
