import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { lastChange } from '../../scripts/last-change.ts';

/**
 * Which test files the clock can touch at all. A run of everything notes in which of them it was read (watch-clock.ts); the
 * others would only be the same once more with the clock moved, and as long as nothing has changed they are left out there.
 */

const ROOT = join(import.meta.dirname, '../..');
const LIST = join(ROOT, 'node_modules/.cache/clock-readers.txt');
const UNDER_WAY = `${LIST}.new`;
/** Whatever a test may hang on. */
const SOURCES = ['api', 'data', 'scripts', 'site', 'tests', 'package.json', 'package-lock.json', 'vitest.config.ts'];

/** Names the list to a run of every test file: to be written, or to be kept to where the clock is moved. */
export const LIST_SETTING = 'SIGNPOST_CLOCK_READERS';
/** Holds the moment to which the clock is moved. */
export const MOMENT_SETTING = 'SIGNPOST_TEST_NOW';

/** Begins the list anew, and says where it is while the run goes on. */
export function beginList(): string {
  for (const file of [LIST, UNDER_WAY]) rmSync(file, { force: true });
  mkdirSync(dirname(LIST), { recursive: true });
  return UNDER_WAY;
}

/**
 * Keeps the list of a run of everything that went well.
 * @param began when it did, milliseconds; a list of what has changed since is of no use
 */
export function keepList(began: number): void {
  if (existsSync(UNDER_WAY) && changedAt() < began) renameSync(UNDER_WAY, LIST);
}

/** The test files that read the clock, from the root of the project; null where that is not known of what is there now. */
export function knownReaders(): string[] | null {
  if (!existsSync(LIST) || statSync(LIST).mtimeMs < changedAt()) return null;
  return readFileSync(LIST, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((file) => relative(ROOT, file));
}

const changedAt = (): number => Math.max(...SOURCES.map((source) => lastChange(join(ROOT, source))));
