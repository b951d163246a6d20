import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { endianness } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');
/**
 * Everything that decides what an index holds of a listing: how it is read, which words it has, which words belong
 * together.
 */
const SOURCES = ['api/search', 'api/domain', 'data/vocabulary', 'data/meaning', 'data/seed/taxonomy.json'];

function* filesOf(path: string): Generator<string> {
  if (!existsSync(join(ROOT, path))) return;
  if (/\.\w+$/.test(path)) yield path;
  else
    for (const entry of readdirSync(join(ROOT, path), { withFileTypes: true }).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    ))
      yield* entry.isDirectory() ? filesOf(`${path}/${entry.name}`) : [`${path}/${entry.name}`];
}

/** The edition of the indexes that this program can read. */
export const indexEdition = (): string => editionOf(SOURCES);

/**
 * A hash over source files: what was derived by the same sources, on the same kind of machine, has the same edition. So
 * nobody has to remember to raise a version number when a rule changes.
 * @param sources files and folders, from the root of the project
 */
export function editionOf(sources: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((path) => [...filesOf(path)]))
    hash.update(file).update(readFileSync(join(ROOT, file)));
  // The runtime brings the names of languages and the folding of letters with it.
  hash.update(`${process.versions['icu']} ${process.versions['unicode']} ${endianness()}`);
  return hash.digest('base64url');
}
