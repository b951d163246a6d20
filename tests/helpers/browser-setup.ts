import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { findChromium } from './chromium.ts';
import { startSite } from './site.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the site of the browser tests is. */
    origin: string;
    /** The file of its database. */
    database: string;
    /** The file of its log. */
    log: string;
    /** Where the browser listens. */
    browser: string;
  }
}

/** Once for all browser tests: one running site, one browser. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const site = await startSite();
  const browser = await chromium.launchServer({
    executablePath: await findChromium(console.log),
    // As root, which is how containers run, Chromium's own sandbox does not start.
    chromiumSandbox: false,
  });
  project.provide('origin', site.origin);
  project.provide('database', site.database);
  project.provide('log', site.log);
  project.provide('browser', browser.wsEndpoint());
  return async () => {
    await browser.close();
    await site.stop();
  };
}
