import { afterAll, describe, expect, it } from 'vitest';
import { withoutWaiting, writeBackAside } from '../../../api/store/checkpoints.ts';
import { closeStore, openStore } from '../../../api/store/open.ts';
import { temporaryFolder } from '../../helpers/folder.ts';

/** Writing very much, and what is put back afterwards. */

const folder = temporaryFolder();
afterAll(folder.remove);

const NORMAL = 1;
const FULL = 2;

describe('a file that is written to very much', () => {
  it('has its log written back by a thread until the last who needs it has ended, and then by itself again', async () => {
    const db = openStore(folder.file('aside.sqlite'));
    const value = (name: string) => db.pragma(name, { simple: true });
    const before = [value('wal_autocheckpoint'), value('cache_size')];
    const [first, second] = [writeBackAside(db), writeBackAside(db)];
    expect(value('wal_autocheckpoint')).toBe(0);
    await first();
    expect(value('wal_autocheckpoint')).toBe(0);
    db.exec("INSERT INTO setting VALUES ('a', 'b')");
    await second();
    expect([value('wal_autocheckpoint'), value('cache_size')]).toEqual(before);
    const again = writeBackAside(db);
    expect(value('wal_autocheckpoint')).toBe(0);
    await again();
    expect([value('wal_autocheckpoint'), value('cache_size')]).toEqual(before);
    closeStore(db);
  });

  it('waits for the disk again after a transaction that did not, even one that failed', () => {
    const db = openStore(folder.file('waiting.sqlite'));
    const waits = () => db.pragma('synchronous', { simple: true });
    expect(waits()).toBe(FULL);
    expect(withoutWaiting(db, waits)).toBe(NORMAL);
    expect(waits()).toBe(FULL);
    expect(() => withoutWaiting(db, () => db.exec('nonsense'))).toThrow(/nonsense/);
    expect(waits()).toBe(FULL);
    closeStore(db);
  });
});
