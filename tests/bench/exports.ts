import { Agent, request } from 'node:http';
import type { Ground } from './ground.ts';
import { type Load, load } from './load.ts';
import { number, table } from './measure.ts';
import { searchPaths } from './paths.ts';
import { startServer, untilCalm } from './serving.ts';

/** Whether those who search notice one client that takes all that the limits give it of whole lists and handouts. */

const SEARCHERS = 20;
const MEASURED_MS = 30_000;
/** Things that the one asks for at the same time. */
const AT_ONCE = 10;
const GREEDY = '203.0.113.7';

/** Where requests come from, as a proxy says: searchers are many people, none of whom comes near a limit. */
function* addresses(): Generator<string> {
  for (let at = 0; ; at = (at + 1) % 2 ** 16) yield `198.18.${at >> 8}.${at & 255}`;
}

interface Taken {
  answers: number;
  megabytes: number;
}

/**
 * Searches with twenty searchers while nothing else happens, and while one client asks for lists and handouts, ten at a
 * time, and again as soon as it is told that it may.
 * @param file of the server, with a directory in it
 * @returns lines for the report
 */
export async function benchExports(file: string, port: number, ground: Ground): Promise<string> {
  const paths = searchPaths(ground, 2000, 29);
  const server = await startServer(file, port, paths[0] as string, { RATE_LIMIT: '600', TRUST_PROXY: '1' });
  await untilCalm(server);
  const clients = addresses();
  const from = (): string => clients.next().value;
  const searching = async (until: () => boolean) =>
    load(port, paths, SEARCHERS, undefined, until, () => ({ 'X-Forwarded-For': from() }));
  const for30Seconds = () => {
    const end = performance.now() + MEASURED_MS;
    return () => performance.now() > end;
  };
  await searching(for30Seconds());
  const idle = await searching(for30Seconds());
  const ids = await someIds(port);
  const lists = [
    '/api/v1/services.csv',
    '/api/openreferral/v3/services?format=ndjson&full=true',
    '/api/v1/services.geojson',
    `/api/v1/search.csv?${paths[1]?.split('?')[1]}`,
    '/api/v1/search.geojson?q=tea',
  ];
  const rows: string[][] = [line('idle', idle, idle, { answers: 0, megabytes: 0 })];
  const kinds: [what: string, bodies: (string | { ids: string[] })[]][] = [
    ['whole lists', lists],
    ['handouts', [{ ids }]],
    ['both', [...lists, { ids }]],
  ];
  for (const [what, asked] of kinds) {
    const until = for30Seconds();
    const taking = take(port, asked, until);
    const busy = await searching(until);
    rows.push(line(`one client takes ${what}`, busy, idle, await taking));
  }
  await server.stop();
  return table([`${SEARCHERS} searchers`, 'taken', 'MB', 'answers/s', 'median ms', 'p99 ms', 'p99, times'], rows);
}

const line = (what: string, it: Load, idle: Load, { answers, megabytes }: Taken): string[] => [
  what,
  String(answers),
  megabytes.toFixed(0),
  number(it.rate),
  number(it.median),
  number(it.p99),
  (it.p99 / idle.p99).toFixed(2),
];

async function someIds(port: number): Promise<string[]> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/search?per_page=10`);
  const { results } = (await answer.json()) as { results: { service: { id: string } }[] };
  return results.map(({ service }) => service.id);
}

/** Takes one thing after the other, ten at a time, from one address. */
async function take(port: number, asked: readonly (string | object)[], until: () => boolean): Promise<Taken> {
  const taken: Taken = { answers: 0, megabytes: 0 };
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  let next = 0;
  const taker = async () => {
    while (!until()) {
      const each = asked[next++ % asked.length] as string | object;
      const { status, bytes, wait } = await ask(agent, port, each);
      if (status < 400) taken.answers += 1;
      taken.megabytes += bytes / 1e6;
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait * 1000));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, taker));
  agent.destroy();
  return taken;
}

/** One list, or one handout of what is given. @returns seconds after which to come again, 0 where it was answered */
function ask(
  agent: Agent,
  port: number,
  asked: string | object,
): Promise<{ status: number; bytes: number; wait: number }> {
  const isList = typeof asked === 'string';
  const headers = { 'X-Forwarded-For': GREEDY, ...(!isList && { 'content-type': 'application/json' }) };
  return new Promise((resolve, reject) => {
    const sending = request(
      { agent, port, method: isList ? 'GET' : 'POST', path: isList ? asked : '/api/v1/handouts', headers },
      (answer) => {
        let bytes = 0;
        answer.on('data', (part: Buffer) => {
          bytes += part.length;
        });
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, bytes, wait: Number(answer.headers['retry-after'] ?? 0) }),
        );
      },
    );
    sending.on('error', (error: NodeJS.ErrnoException) => {
      // The server closes a connection that has waited; a request may be on its way just then.
      if (sending.reusedSocket && error.code === 'ECONNRESET') resolve(ask(agent, port, asked));
      else reject(error);
    });
    sending.end(isList ? undefined : JSON.stringify(asked));
  });
}
