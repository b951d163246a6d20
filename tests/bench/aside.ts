import { importsApart } from '../../api/import/apart/apart.ts';
import { reportMark } from '../../api/import/csv/uploads.ts';
import { registerFeed } from '../../api/import/feeds.ts';
import { harvestsOf } from '../../api/store/feeds.ts';
import { closeStore, openStore } from '../../api/store/open.ts';
import { findUpload } from '../../api/store/uploads.ts';
import type { Ground } from './ground.ts';
import { serveFeed, tableOfRows } from './incoming.ts';
import { type Load, load } from './load.ts';
import { number, table } from './measure.ts';
import { searchPaths } from './paths.ts';
import { startServer, untilCalm } from './serving.ts';

/** Whether those who search notice that lists of others come in. */

const SEARCHERS = 20;
const FEED = 9_000;
const ROWS = 50_000;
const IDLE_MS = 15_000;

/**
 * Searches with twenty searchers while nothing else happens, while the server harvests a feed, and while a spreadsheet is
 * looked at and taken in by the process that a server has for that.
 * @param file of the server, with a directory in it
 * @returns lines for the report
 */
export async function benchAside(file: string, port: number, ground: Ground, rows = ROWS): Promise<string> {
  const paths = searchPaths(ground, 2000, 23);
  process.env['IMPORT_PRIVATE'] = '1';
  const server = await startServer(file, port, paths[0] as string);
  await untilCalm(server);
  await load(port, paths, SEARCHERS);
  const during = async (work: () => Promise<unknown>): Promise<Load & { seconds: number }> => {
    const started = performance.now();
    let going = true;
    const done = work().finally(() => {
      going = false;
    });
    const figures = await load(port, paths, SEARCHERS, undefined, () => !going);
    await done;
    return { ...figures, seconds: (performance.now() - started) / 1000 };
  };
  const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

  const idle = await during(() => pause(IDLE_MS));
  const feed = await serveFeed(ground, FEED);
  const db = openStore(file);
  const harvested = await during(async () => {
    const form = { name: 'A feed', url: feed.url, licence: '', home: '', within: '', every_hours: '24' };
    const made = registerFeed({ db, now: () => new Date() }, form, true);
    if (!('feed' in made)) throw new Error('The feed of the bench was not registered.');
    while ((harvestsOf(db, made.feed.id, 1)[0]?.outcome ?? 'running') === 'running') await pause(250);
  });
  feed.close();
  const imports = importsApart({ file, allowPrivate: true }, () => Promise.resolve());
  let id = '';
  const looked = await during(async () => {
    const sent = await imports.look({ name: 'list.csv', source: 'A list', person: 1 }, tableOfRows(rows));
    if (!('id' in sent)) throw new Error(sent.problems.map(({ words }) => words).join(' '));
    id = sent.id;
  });
  const report = findUpload(db, id, new Date().toISOString())?.report ?? '';
  const taken = await during(() => imports.confirm(id, 1, reportMark(report)));
  await imports.stop();
  closeStore(db);
  await server.stop();
  const line = (what: string, it: Load & { seconds: number }) => [
    what,
    it.seconds.toFixed(0),
    number(it.rate),
    number(it.median),
    number(it.p99),
    (it.p99 / idle.p99).toFixed(2),
  ];
  return table(
    [`${SEARCHERS} searchers`, 'seconds', 'answers/s', 'median ms', 'p99 ms', 'p99, times'],
    [
      line('idle', idle),
      line(`a feed of ${FEED.toLocaleString('en-GB')} services comes in`, harvested),
      line(`a table of ${rows.toLocaleString('en-GB')} rows is looked at`, looked),
      line('… and taken in', taken),
    ],
  );
}
