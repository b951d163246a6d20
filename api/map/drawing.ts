import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Db } from '../store/open.ts';
import { postcodeCells } from '../store/postcode-cells.ts';

/** All that decides how the same postcodes look: this folder, and the geography that names and sectors are drawn from. */
const MADE_OF = [import.meta.dirname, join(import.meta.dirname, '../../data/geography')];

/** The edition while there is no table: the sectors that come with the program. */
const BUILT_IN = 'sectors';

/**
 * A short name of how tiles are drawn, which changes with anything that they are drawn by. Reads about a megabyte.
 * @param folders in place of the program's own
 */
export function drawingVersion(folders: readonly string[] = MADE_OF): string {
  const hash = createHash('sha256');
  for (const folder of folders)
    for (const name of readdirSync(folder).sort()) {
      const content = readFileSync(join(folder, name));
      hash.update(`${name} ${content.length} `).update(content);
    }
  return hash.digest('hex').slice(0, 8);
}

let version: string | null = null;

/** Changes whenever tiles may look different: with the table of postcodes, and with the program. */
export function tileEdition(db: Db): () => string {
  version ??= drawingVersion();
  const cells = postcodeCells(db);
  return () => `${cells.edition() ?? BUILT_IN}-${version}`;
}
