import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { findChromium } from './chromium.ts';
import { startSite } from './site.ts';

/** What a worker has to itself, so that no test file sees what one beside it does. */
export interface Bench {
  /** Where the site of the browser tests is. */
  origin: string;
  /** The file of its database. */
  database: string;
  /** The file of its log. */
  log: string;
  /** Where the browser listens. */
  browser: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** One for each worker, by its number. */
    benches: Bench[];
  }
}

/** Once for all browser tests: a running site and a browser for each worker. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const executablePath = await findChromium(console.log);
  const benches = await Promise.all(
    Array.from({ length: Number(project.config.maxWorkers) }, async () => {
      const site = await startSite();
      // As root, which is how containers run, Chromium's own sandbox does not start.
      const browser = await chromium.launchServer({ executablePath, chromiumSandbox: false });
      return { site, browser };
    }),
  );
  project.provide(
    'benches',
    benches.map(({ site: { origin, database, log }, browser }) => ({
      origin,
      database,
      log,
      browser: browser.wsEndpoint(),
    })),
  );
  return async () => {
    for (const { site, browser } of benches) {
      await browser.close();
      await site.stop();
    }
  };
}
