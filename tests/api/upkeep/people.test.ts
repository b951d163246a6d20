import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { historyOf } from '../../../api/store/changes.ts';
import { addKeeper } from '../../../api/store/keepers.ts';
import { closeStore, openStore } from '../../../api/store/open.ts';
import { findPerson } from '../../../api/store/people.ts';
import { sayStillRight } from '../../../api/upkeep/confirm.ts';
import { upkeepPass } from '../../../api/upkeep/daily-pass.ts';
import { AT_NOW } from '../../helpers/clock.ts';
import { temporaryFolder } from '../../helpers/folder.ts';
import { createPlace, keyIn, listing, uuid } from './place.ts';

const ROOT = join(import.meta.dirname, '../../..');

const people = (database: string, ...words: string[]) => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [...AT_NOW.before, 'scripts/people.ts', ...words], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, ...AT_NOW.env, DATABASE: database },
  });
  return { stdout, stderr, status };
};

test('a person is handed out and erased; listings, history and everybody else stay', async () => {
  const folder = temporaryFolder();
  try {
    const file = folder.file('signpost.sqlite');
    const place = createPlace('2026-11-21', openStore(file));
    place.add([listing(1, { email: 'Ann@example.org' }), listing(2), listing(3)]);
    const ann = place.keep(uuid(1), 'ann@example.org');
    addKeeper(place.db, uuid(2), ann, place.now());
    place.keep(uuid(2), 'bob@example.org');
    await upkeepPass(place.directory);
    const mails = await place.post();
    sayStillRight(place.directory, keyIn(mails.find(({ to }) => to === 'ann@example.org')?.text ?? ''));
    place.goTo('2027-05-21');
    await upkeepPass(place.directory);
    closeStore(place.db);
    mkdirSync(folder.file('outbox'));
    for (const [name, to] of [
      ['1', 'ann@example.org'],
      ['2', 'bob@example.org'],
    ] as const) {
      writeFileSync(folder.file(`outbox/${name}.txt`), `From: a@b.org\nTo: ${to}\n\nHello`);
      writeFileSync(folder.file(`outbox/${name}.html`), 'Hello');
    }

    const exported = people(file, 'export', 'ANN@example.org');
    expect(exported.status).toBe(0);
    expect(JSON.parse(exported.stdout)).toMatchObject({
      address: 'ann@example.org',
      looks_after: [{ id: uuid(1) }, { id: uuid(2) }],
      history: [{ action: 'confirmed' }],
      public_contact_of: [{ record: 'service', id: uuid(1) }],
    });

    expect(people(file, 'erase', 'ann@example.org').stdout).toMatch(/^Erased[\s\S]*run this again with --everywhere/);
    let db = openStore(file);
    expect(findPerson(db, 'ann@example.org')).toBeNull();
    expect(findPerson(db, 'bob@example.org')).not.toBeNull();
    const count = (what: string) => db.prepare(`SELECT count(*) FROM ${what}`).pluck().get();
    expect(count(`token WHERE person = ${ann}`)).toBe(0);
    expect(count("mail WHERE recipient LIKE 'ann%'")).toBe(0);
    expect(count("mail WHERE recipient LIKE 'bob%'")).toBeGreaterThan(0);
    expect(readdirSync(folder.file('outbox'))).toEqual(['2.html', '2.txt']);
    const lines = historyOf(db, [uuid(1)]);
    expect(lines.find(({ action }) => action === 'confirmed')?.person).toBe(ann);
    closeStore(db);

    expect(people(file, 'erase', 'ann@example.org', '--everywhere').stdout).toContain(`service ${uuid(1)}: Listing 1`);
    db = openStore(file);
    db.exec('VACUUM');
    expect(db.serialize().toString('latin1')).not.toMatch(/ann@example/i);
    expect(historyOf(db, [uuid(1)])).toHaveLength(lines.length + 1);
    expect(historyOf(db, [uuid(1)])[0]).toMatchObject({ action: 'erased' });
    // The history is as closed as before.
    expect(() => db.prepare('DELETE FROM history').run()).toThrow('append-only');
    expect(() => db.prepare("UPDATE history SET reason = 'x'").run()).toThrow('append-only');
    closeStore(db);

    expect(people(file, 'erase', 'ann@example.org').stdout).toBe('Nothing is kept under that address.\n');
    expect(people(file, 'export', 'ann@example.org').stdout).toBe('Nothing is kept under that address.\n');
    expect(people(file, 'forget').status).toBe(2);
    // Of a file that is not there nothing is known, least of all that it holds nothing.
    const elsewhere = people(folder.file('none.sqlite'), 'export', 'ann@example.org');
    expect([elsewhere.status, elsewhere.stdout]).toEqual([1, '']);
    expect(elsewhere.stderr).toContain('There is no database at');
    expect(existsSync(folder.file('none.sqlite'))).toBe(false);
  } finally {
    folder.remove();
  }
});
