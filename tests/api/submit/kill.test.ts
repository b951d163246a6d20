import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { openStore } from '../../../api/store/open.ts';
import { findSubmission } from '../../../api/store/submissions.ts';
import { AT_NOW } from '../../helpers/clock.ts';
import { temporaryFolder } from '../../helpers/folder.ts';

const WRITER = join(import.meta.dirname, 'writer.ts');

/** Reads what the writer says was saved, until so many, and ends it in the middle of whatever it does then. */
async function saveAndKill(child: ChildProcess, acknowledged: number): Promise<{ id: string; last: string }> {
  let id = '';
  let last = '';
  let count = 0;
  for await (const line of createInterface({ input: child.stdout! })) {
    const [form = '', name = ''] = line.split(' ');
    [id, last] = [form, name];
    count += 1;
    if (count === acknowledged) child.kill('SIGKILL');
  }
  return { id, last };
}

test('what was acknowledged is there after kill -9, and nothing is half there', async () => {
  const folder = temporaryFolder();
  try {
    for (const acknowledged of [1, 7, 31]) {
      const file = folder.file(`${acknowledged}.sqlite`);
      const child = spawn(process.execPath, [...AT_NOW.before, WRITER, file], {
        env: { ...process.env, ...AT_NOW.env },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const exited = once(child, 'exit');
      const { id, last } = await saveAndKill(child, acknowledged);
      await exited;
      const db = openStore(file);
      const form = findSubmission(db, id);
      const number = Number(last.slice(1));
      // The next may have been saved too, before anybody was told.
      const saved = Number(String(form?.answers['name']).slice(1));
      expect(saved - number).toBeOneOf([0, 1]);
      // Version 1 is the form as it was begun, and each save is one more; with it comes all that belongs to it.
      expect(form?.version).toBe(saved + 1);
      expect(form?.answers['summary']).toBe(`Summary of n${saved}`);
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
      db.close();
    }
  } finally {
    folder.remove();
  }
});
