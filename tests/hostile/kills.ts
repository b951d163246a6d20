import { createHash } from 'node:crypto';
import { packList } from '../../api/domain/handout-list.ts';
import { keepPage } from '../../api/notify/page-links.ts';
import { addKeeper } from '../../api/store/keepers.ts';
import { closeStore, type Db, openStore } from '../../api/store/open.ts';
import { personOf } from '../../api/store/people.ts';
import type { Random } from '../api/search/random.ts';
import { NOW } from '../helpers/clock.ts';
import type { Folder } from '../helpers/folder.ts';
import { readersOf } from '../helpers/readers.ts';
import { type Site, startSite } from '../helpers/site.ts';
import { visitor } from '../helpers/visitor.ts';

/** The running site is killed in the middle of what people do; whatever it had said was done is there afterwards. */

/** People at work at the same time. */
const PEOPLE = 4;
/** The longest that the site is left alone before it is killed, milliseconds. */
const LONGEST_MS = 900;

export interface Losses {
  kills: number;
  /** How often each thing was said to be done. */
  acknowledged: Record<string, number>;
  /** What was said to be done and is not there. */
  lost: string[];
}

/** What somebody was told is done, and how it is seen in the file. */
interface Done {
  what: string;
  isThere(db: Db): boolean;
}

/** Does one thing; null where it was not said to be done. */
type Deed = (origin: string, mark: string) => Promise<Done | null>;

const exists = (db: Db, sql: string, ...values: unknown[]): boolean => db.prepare(sql).get(...values) !== undefined;

const beginForm = async (origin: string): Promise<string> => (await visitor(origin).post('/add', {})).to;

async function saveStep(origin: string, mark: string): Promise<{ form: string } | null> {
  const form = await beginForm(origin);
  const page = await visitor(origin).get(`${form}/what`);
  const typed = {
    mark: /name="mark" value="([^"]+)"/.exec(page.text)?.[1] ?? '',
    name: mark,
    summary: `About ${mark}`,
  };
  const { status } = await visitor(origin).post(`${form}/what`, { ...typed, leave: 'yes' });
  return status === 303 ? { form } : null;
}

/** Things that people do, each of which the site says is done. */
function deeds(services: readonly string[], keys: string[]): Deed[] {
  const [one = '', other = ''] = services;
  return [
    async (origin, mark) =>
      (await saveStep(origin, mark)) && {
        what: 'step saved',
        isThere: (db) =>
          exists(
            db,
            "SELECT 1 FROM submission WHERE answers ->> '$.name' = ? AND answers ->> '$.summary' = ?",
            mark,
            `About ${mark}`,
          ),
      },
    async (origin, mark) => {
      const saved = await saveStep(origin, mark);
      if (!saved) return null;
      const taken = await visitor(origin).post(saved.form, { do: 'withdraw' });
      return taken.status === 303
        ? {
            what: 'form taken back',
            isThere: (db) =>
              exists(db, "SELECT 1 FROM submission WHERE answers ->> '$.name' = ? AND state = 'withdrawn'", mark),
          }
        : null;
    },
    async (origin, mark) => {
      const path = `/report?service=${services.at(mark.length % services.length) ?? one}`;
      const { status, to } = await visitor(origin).post(path, { kind: 'wrong', words: mark, email: '' });
      return status === 303 && to.includes('sent=')
        ? { what: 'report', isThere: (db) => exists(db, 'SELECT 1 FROM report WHERE words = ?', mark) }
        : null;
    },
    async (origin) => {
      const { status, to } = await visitor(origin).post(`/handout?list=${packList([one, other])}`, {});
      const code = /code=([a-z\d]+)/.exec(to)?.[1];
      return status === 303 && code !== undefined
        ? { what: 'handout', isThere: (db) => exists(db, 'SELECT 1 FROM handout WHERE code = ?', code) }
        : null;
    },
    async (origin) => {
      const key = keys.pop();
      if (key === undefined) return null;
      const { status, to } = await visitor(origin).post(key, { do: 'right' });
      return status === 303 && to.startsWith('/keep/')
        ? {
            what: 'still right',
            isThere: (db) =>
              exists(
                db,
                "SELECT 1 FROM token JOIN history ON history.record_id = token.subject WHERE hash = ? AND used_at IS NOT NULL AND history.action = 'confirmed'",
                hashOf(key),
              ),
          }
        : null;
    },
  ];
}

const hashOf = (page: string): string =>
  createHash('sha256')
    .update(page.split('/').at(-1) ?? '')
    .digest('base64url');

/**
 * Kills the site so many times while people use it.
 * @param workers of the site; where it has readers, one of them is killed before the site is
 * @param say told of each ten kills
 */
export async function killAndLook(
  folder: Folder,
  random: Random,
  kills: number,
  workers = 1,
  say: (line: string) => void = () => undefined,
): Promise<Losses> {
  const file = folder.file('signpost.sqlite');
  const losses: Losses = { kills: 0, acknowledged: {}, lost: [] };
  const done: Done[] = [];
  let mark = 0;
  // Reports are counted by the hour, and are not what this is about: each process begins the count anew.
  const start = () => startSite({ DATABASE: file, WORKERS: String(workers) });
  for (let site: Site = await start(); ; site = await start()) {
    const db = openStore(file);
    const integrity = db.pragma('integrity_check', { simple: true });
    if (integrity !== 'ok') losses.lost.push(`the file: ${integrity}`);
    for (const each of done) if (!each.isThere(db)) losses.lost.push(each.what);
    if (losses.kills >= kills) {
      closeStore(db);
      await site.stop();
      return losses;
    }
    const services = db
      .prepare("SELECT id FROM service WHERE state IN ('published', 'due') AND kind = 'activity' ORDER BY id")
      .pluck()
      .all() as string[];
    const person = personOf(db, 'ann@example.org', new Date(NOW));
    const keys = services.slice(0, 12).map((id) => {
      addKeeper(db, id, person, new Date(NOW));
      return keepPage(db, id, person, new Date(NOW));
    });
    closeStore(db);

    let running = true;
    const work = deeds(services, keys);
    const people = Array.from({ length: PEOPLE }, async () => {
      while (running) {
        const each = await random
          .pick(work)(site.origin, `mark ${mark++}`)
          .catch(() => null);
        if (each === null) continue;
        losses.acknowledged[each.what] = (losses.acknowledged[each.what] ?? 0) + 1;
        done.push(each);
      }
    });
    await new Promise((resolve) => setTimeout(resolve, random.below(LONGEST_MS)));
    if (workers > 1) {
      process.kill(random.pick(await readersOf(site, workers - 1)), 'SIGKILL');
      losses.kills += 1;
      await new Promise((resolve) => setTimeout(resolve, random.below(LONGEST_MS)));
    }
    await site.kill();
    running = false;
    await Promise.all(people);
    losses.kills += 1;
    if (losses.kills % 10 === 0 || (workers > 1 && losses.kills % 10 === 1))
      say(`${losses.kills} kills, ${done.length} acknowledged, ${losses.lost.length} lost`);
  }
}
