import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '../../data/examples');

/** One request with its answer: shown on the documentation page, and held to by a test. */
export interface Example {
  title: string;
  /** The address, with its query. */
  request: string;
  /** What is sent; with it, the request is a POST. */
  body?: unknown;
  status: number;
  answer: unknown;
}

/**
 * The examples of data/examples, in the order of their file names.
 * @param part a folder in it, for an API that has its own documentation: 'openreferral'
 */
export const readExamples = (part = ''): { file: string; example: Example }[] =>
  readdirSync(join(FOLDER, part))
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({ file, example: JSON.parse(readFileSync(join(FOLDER, part, file), 'utf8')) }));
