import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new folder for one test, and how to take it away again. */
export interface Folder {
  path: string;
  file: (name: string) => string;
  remove: () => void;
}

/** Makes a new, empty folder. */
export function temporaryFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), 'signpost-test-'));
  return { path, file: (name) => join(path, name), remove: () => rmSync(path, { recursive: true, force: true }) };
}
