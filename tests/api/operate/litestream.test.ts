import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { AT_NOW } from '../../helpers/clock.ts';
import { temporaryFolder } from '../../helpers/folder.ts';
import { type Site, startSite } from '../../helpers/site.ts';
import { visitor } from '../../helpers/visitor.ts';

/**
 * Continuous copies with Litestream itself, by the example configuration in deploy/. npm has its release 0.3.13 alone: what
 * that can do is what all later ones do, under a configuration that is written a little differently. It is never to be used
 * where data matters (docs/operating.md), here only on files that the test makes.
 */

const ROOT = join(import.meta.dirname, '../../..');
/** The program, which npm brings for Linux on x64 alone. */
const program = join(ROOT, `node_modules/@flydotio/litestream-${process.platform}-${process.arch}/litestream`);
/** What may be lost when a machine is lost, in milliseconds. */
const MOST_LOST_MS = 1000;
const SEARCHES = ['q=singers', 'q=chair+yoga', 'postcode=E9+6SR&per_page=100', 'postcode=SO14+1AA&q=pain'];

/** deploy/litestream.yml with other paths, in the words of the older release: a list of replicas in place of one. */
function configuration(database: string, copies: string): string {
  return readFileSync(join(ROOT, 'deploy/litestream.yml'), 'utf8')
    .replace('/var/lib/signpost/signpost.sqlite', database)
    .replace('/mnt/elsewhere/signpost', copies)
    .replace(/^ {4}replica:$/m, '    replicas:')
    .replace(/^ {6}type:/m, '    - type:');
}

const ask = async (site: Site, path: string) => JSON.parse((await visitor(site.origin).get(`/api/v1${path}`)).text);

/** What searches find, with every fact that their answers say of each listing and every count beside them. */
async function found(site: Site): Promise<unknown[]> {
  const answers = await Promise.all(SEARCHES.map((search) => ask(site, `/search?${search}`)));
  return answers.map(({ results, total, facets }) => ({ results, total, facets }));
}

/** Saves one thing after the other, and remembers when the server said that it was saved. */
function startWriting(site: Site, listing: string) {
  const saved: { code: string; at: number }[] = [];
  let on = true;
  const ended = (async () => {
    while (on) {
      const answer = await fetch(`${site.origin}/api/v1/handouts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ids: [listing] }),
      }).then(
        (it) => it.json() as Promise<{ code: string }>,
        () => null,
      );
      if (answer) saved.push({ code: answer.code, at: performance.now() });
    }
  })();
  const stop = async () => {
    on = false;
    await ended;
  };
  return { saved, stop };
}

test.runIf(`${process.platform} ${process.arch}` === 'linux x64')(
  'a machine is lost: restored elsewhere, the last second is missing at most, and every search finds the same',
  // A machine that is busy with other tests may let the program wait for its turn.
  { retry: 2 },
  async () => {
    const folder = temporaryFolder();
    const database = folder.file('signpost.sqlite');
    const config = folder.file('litestream.yml');
    writeFileSync(config, configuration(database, folder.file('copies')));
    const restore = (output: string) => {
      const { status, stderr } = spawnSync(program, ['restore', '-config', config, '-o', output, database], {
        encoding: 'utf8',
      });
      expect([status, stderr]).toEqual([0, expect.any(String)]);
    };
    const running: Site[] = [];
    const start = async (settings: Record<string, string>, postcodes = true) => {
      const site = await startSite(settings, postcodes);
      running.push(site);
      return site;
    };
    let litestream: ChildProcess | undefined;
    try {
      const first = await start({ DATABASE: database, LITESTREAM: '1' });
      litestream = spawn(program, ['replicate', '-config', config], { stdio: 'ignore' });
      const lost = once(litestream, 'exit');
      await expect.poll(() => existsSync(folder.file('copies/generations')), { timeout: 20_000 }).toBe(true);
      const [, yoga] = (await found(first)) as { results: { service: { id: string } }[] }[];
      const listing = yoga?.results[0]?.service.id ?? '';
      const hidden = yoga?.results[1]?.service.id ?? '';

      // Another place follows, by one copy after the other.
      const copy = folder.file('copy.sqlite');
      await expect.poll(() => spawnSync(program, ['restore', '-config', config, '-o', copy, database]).status).toBe(0);
      const second = await start(
        { DATABASE: copy, DATABASE_NEW: '', READ_ONLY: '1', FIRST_SERVER: first.origin },
        false,
      );
      expect(await found(second)).toEqual(await found(first));
      const before = await found(first);
      await visitor(first.origin).post(`/report?service=${hidden}`, {
        kind: 'unsafe',
        words: 'The stairs are broken.',
      });
      await expect.poll(() => found(first)).not.toEqual(before);
      const writing = startWriting(first, listing);
      await new Promise((resolve) => setTimeout(resolve, 2 * MOST_LOST_MS));
      restore(folder.file('next.sqlite'));
      const next = new Database(folder.file('next.sqlite'));
      await next.backup(copy);
      next.close();
      const last = await found(first);
      await expect.poll(() => found(second), { timeout: 20_000 }).toEqual(last);

      const end = performance.now();
      litestream.kill('SIGKILL');
      await first.kill();
      running.splice(running.indexOf(first), 1);
      await Promise.all([lost, writing.stop()]);

      restore(folder.file('restored.sqlite'));
      const elsewhere = folder.file('elsewhere.sqlite');
      const put = spawnSync(
        process.execPath,
        [...AT_NOW.before, 'scripts/restore.ts', folder.file('restored.sqlite')],
        {
          cwd: ROOT,
          encoding: 'utf8',
          env: { ...process.env, ...AT_NOW.env, DATABASE: elsewhere },
        },
      );
      expect([put.status, put.stderr]).toEqual([0, '']);
      const third = await start({ DATABASE: elsewhere }, false);
      expect(await found(third)).toEqual(last);
      const due = writing.saved.filter(({ at }) => at < end - MOST_LOST_MS);
      expect(due.length).toBeGreaterThan(10);
      const missing = [];
      for (const { code, at } of due)
        if ((await visitor(third.origin).get(`/h/${code}`)).status !== 200) missing.push(Math.round(end - at));
      expect(missing).toEqual([]);
    } finally {
      litestream?.kill('SIGKILL');
      for (const site of running) await site.stop();
      folder.remove();
    }
  },
);
