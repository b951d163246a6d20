import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The moment at which every test stands: Saturday 21 November 2026, nine in the morning in London. */
export const NOW = '2026-11-21T09:00:00Z';

/** For a program that a test starts to stand there too: what goes before it, and into its environment. */
export const AT_NOW = {
  before: ['--import', pathToFileURL(join(import.meta.dirname, 'set-clock.ts')).href],
  env: { SIGNPOST_TEST_NOW: NOW },
};
