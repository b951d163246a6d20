import { statSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeBackAside } from '../../../api/store/checkpoints.ts';
import { closeStore, type Db, type LogKeeper, openStore } from '../../../api/store/open.ts';
import { writeSetting } from '../../../api/store/settings.ts';
import { temporaryFolder } from '../../helpers/folder.ts';

/** Who writes the log of the database back into it. */

const PAGE = 4096;
let folder: ReturnType<typeof temporaryFolder>;
/** As Litestream holds the file open, whatever we do. */
let other: Db;
let file: string;
beforeEach(() => {
  folder = temporaryFolder();
  file = folder.file('signpost.sqlite');
  closeStore(openStore(file));
  other = openStore(file);
});
afterEach(() => {
  other.close();
  folder.remove();
});

const logged = (): number => statSync(`${file}-wal`).size;
const written = (): number => statSync(file).size;

/** Writes more than SQLite lets gather in the log by itself. */
async function writeMuch(log: LogKeeper): Promise<{ before: number }> {
  const db = openStore(file, log);
  const before = written();
  const end = writeBackAside(db);
  for (let times = 0; times < 3; times++) writeSetting(db, `much ${times}`, 'x'.repeat(600 * PAGE));
  await end();
  closeStore(db);
  return { before };
}

describe('the log', () => {
  test('is written back and emptied by us, where nobody else does', async () => {
    const { before } = await writeMuch('sqlite');
    expect(logged()).toBe(0);
    expect(written()).toBeGreaterThan(before + 1800 * PAGE);
  });

  test('is left whole to Litestream where that is in use: in work, at its end, at closing', async () => {
    const { before } = await writeMuch('litestream');
    expect(logged()).toBeGreaterThan(1800 * PAGE);
    expect(written()).toBe(before);
  });
});
