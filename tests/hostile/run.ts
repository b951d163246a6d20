import { closeStore, openStore } from '../../api/store/open.ts';
import { buildSite } from '../../scripts/build-site.ts';
import { Random } from '../api/search/random.ts';
import { listingsOfCountry, tableOfCountry } from '../fixtures/country.ts';
import { temporaryFolder } from '../helpers/folder.ts';
import { startSite } from '../helpers/site.ts';
import { ask as askSite } from './ask.ts';
import { attack, MODERATOR } from './attack.ts';
import { killAndLook } from './kills.ts';
import { FEWEST, narrow, pathsOfApi, pathsOfPages } from './links.ts';

/**
 * `npm run hostile`: at least 10,000 hostile requests over all routes, pages and forms, 1,000 links to searches, and 200 kills,
 * with the built site in a process of its own. It ends with 1 where anything answers 5xx, shows or logs something of the
 * inside, tells one of fewer than twenty postcodes by a link, or was said to be done and is lost.
 *
 * `-- --workers=3` kills a site of so many processes, and its readers. `-- --requests=2000`, `-- --links=50`, `-- --kills=20` and `-- --seed=5` for other numbers; 0 leaves that part out.
 */

/** Requests to one site: what they have done to it by then is thrown away, so that the next finds it whole. */
const TO_ONE_SITE = 2_500;

function numberIn(name: string, otherwise: number): number {
  const given = process.argv.find((word) => word.startsWith(`--${name}=`));
  const number = given === undefined ? otherwise : Number(given.slice(name.length + 3));
  if (!Number.isInteger(number) || number < 0) throw new Error(`--${name} takes a whole number.`);
  return number;
}

const [requests, links, kills, workers, seed] = [
  numberIn('requests', 10_000),
  numberIn('links', 1_000),
  numberIn('kills', 200),
  numberIn('workers', 1),
  numberIn('seed', 1),
];
buildSite();
const wrong: string[] = [];

for (let sent = 0, part = 0; sent < requests; part += 1) {
  const site = await startSite({ MODERATORS: MODERATOR });
  const found = await attack(site, new Random(seed * 1_000 + part), Math.min(TO_ONE_SITE, requests - sent));
  sent += found.requests;
  wrong.push(...found.wrong);
  const counts = Object.entries(found.statuses).map(([status, count]) => `${status}: ${count}`);
  console.log(`${sent} requests, ${found.reached.size} routes, pages and forms. ${counts.join(', ')}.`);
  await site.stop();
}

if (links > 0) {
  const folder = temporaryFolder();
  const file = folder.file('signpost.sqlite');
  const db = openStore(file);
  tableOfCountry(db);
  const services = listingsOfCountry(db);
  const site = await startSite({ DATABASE: file }, false);
  const ask = async (path: string): Promise<string> => {
    const { status, text } = await askSite(site.origin, { method: 'GET', path, headers: {}, body: null });
    if (status !== 200) wrong.push(`${status} ${path}`);
    return text;
  };
  const parts: [what: string, paths: (near: string) => string[], links: number][] = [
    ['the API', pathsOfApi(services), links],
    ['the pages', pathsOfPages(services), Math.ceil(links / 10)],
  ];
  for (const [what, paths, count] of parts) {
    const { cells, betrayed } = await narrow(db, ask, paths, new Random(seed), count);
    wrong.push(...betrayed.map(({ postcode, among }) => `a link to ${postcode} is one of ${among} by ${what}`));
    console.log(
      `${count} links to ${cells} cells, by ${what}: ${betrayed.length} told one of fewer than ${FEWEST} postcodes.`,
    );
  }
  closeStore(db);
  await site.stop();
  folder.remove();
}

if (kills > 0) {
  const folder = temporaryFolder();
  const { acknowledged, lost } = await killAndLook(folder, new Random(seed), kills, workers, console.log);
  folder.remove();
  wrong.push(...lost.map((what) => `lost: ${what}`));
  const counts = Object.entries(acknowledged).map(([what, count]) => `${what}: ${count}`);
  console.log(`${kills} kills. Said to be done: ${counts.join(', ')}. Lost: ${lost.length}.`);
}

for (const what of wrong.slice(0, 50)) console.error(what);
console.log(wrong.length === 0 ? 'All held.' : `${wrong.length} did not hold.`);
process.exitCode = wrong.length === 0 ? 0 : 1;
