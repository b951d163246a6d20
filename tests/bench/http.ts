import { fork } from 'node:child_process';
import { Agent, get } from 'node:http';
import { join } from 'node:path';
import { sealPlace } from '../../api/domain/privacy.ts';
import { Random } from '../api/search/random.ts';
import type { Ground } from './ground.ts';
import { share } from './measure.ts';

const CONNECTIONS = 16;
/** Known to both processes, so that searches come as the links of a page do: with a sealed place. */
export const SECRET = new Uint8Array(32).fill(7);

interface Server {
  api: number;
  bare: number;
  /** Seconds that importing in batches of a thousand took, and making the index from the store. */
  imported: number;
  started: number;
  bytes: number;
  /** Megabytes of the process. */
  memory: number;
}

export interface HttpFigures extends Server {
  /** Answers a second. */
  apiRate: number;
  bareRate: number;
  /** Microseconds. */
  apiP99: number;
  bareP99: number;
}

/** Measures the API over a generated directory beside bare Hono in the same process, sixteen connections each. */
export async function measureHttp(size: number, ground: Ground): Promise<HttpFigures> {
  const child = fork(join(import.meta.dirname, 'http-server.ts'), [String(size)]);
  try {
    const server = await new Promise<Server>((resolve, reject) => {
      child.once('message', (message) => resolve(message as Server));
      child.once('exit', (code) => reject(new Error(`The server of the bench ended with ${code}.`)));
    });
    const random = new Random(17);
    const paths = Array.from({ length: 1500 }, () => {
      const { latitude, longitude, sector, district } = ground.spot(random);
      const near = sealPlace({ kind: 'point', latitude, longitude, sector, district, ward: null }, SECRET);
      return `/api/v1/search?near=${near}&radius=5`;
    });
    await load(server.api, paths.slice(0, 300));
    const api = await load(server.api, paths);
    const none = paths.map(() => '/');
    await load(server.bare, none.slice(0, 300));
    const bare = await load(server.bare, none);
    return { ...server, apiRate: api.rate, apiP99: api.p99, bareRate: bare.rate, bareP99: bare.p99 };
  } finally {
    child.kill();
  }
}

/** Asks for all paths, sixteen at a time. */
async function load(port: number, paths: readonly string[]): Promise<{ rate: number; p99: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const took: number[] = [];
  let next = 0;
  const worker = async () => {
    while (next < paths.length) {
      const path = paths[next++];
      const start = performance.now();
      await new Promise<void>((resolve, reject) => {
        get({ agent, port, host: '127.0.0.1', path }, (response) => {
          if (response.statusCode !== 200) reject(new Error(`${path} was answered with ${response.statusCode}`));
          response.resume().on('end', resolve).on('error', reject);
        }).on('error', reject);
      });
      took.push((performance.now() - start) * 1000);
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  const rate = paths.length / ((performance.now() - start) / 1000);
  agent.destroy();
  return { rate, p99: share(took, 0.99) };
}
