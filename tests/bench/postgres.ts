import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

/** A PostgreSQL of the bench's own: Debian's packages, in a temporary folder, on a socket there and on no port. */

const INSTALLED = '/usr/lib/postgresql';
/** What an engineer sets for a directory that fits into memory; compiling queries costs these more than it saves. */
const SETTINGS = {
  listen_addresses: '',
  shared_buffers: '1GB',
  effective_cache_size: '4GB',
  work_mem: '64MB',
  maintenance_work_mem: '256MB',
  random_page_cost: '1.1',
  jit: 'off',
  fsync: 'off',
};

export interface Postgres {
  client: pg.Client;
  /** A folder that it can read. */
  folder: string;
  version: string;
  stop(): Promise<void>;
}

/** @throws Error with what to install, where it is missing */
export async function startPostgres(): Promise<Postgres> {
  const version = existsSync(INSTALLED) ? readdirSync(INSTALLED).sort((a, b) => Number(b) - Number(a))[0] : undefined;
  if (!version || !existsSync(`/usr/share/postgresql/${version}/extension/postgis.control`))
    throw new Error('Install PostgreSQL and PostGIS: apt-get install postgresql postgresql-NN-postgis-3');
  const bin = join(INSTALLED, version, 'bin');
  const folder = mkdtempSync(join(tmpdir(), 'signpost-postgis-'));
  // It refuses to run as root.
  const user = process.getuid?.() === 0 ? 'postgres' : null;
  const id = (kind: string) => Number(execFileSync('id', [kind, user ?? ''], { encoding: 'utf8' }));
  const as = user === null ? {} : { uid: id('-u'), gid: id('-g') };
  if (as.uid !== undefined) chownSync(folder, as.uid, as.gid);
  const data = join(folder, 'data');
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'bench', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8'], {
    ...as,
    stdio: 'ignore',
    cwd: folder,
  });
  const settings = Object.entries({ ...SETTINGS, unix_socket_directories: folder }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const server = spawn(join(bin, 'postgres'), ['-D', data, ...settings], { ...as, stdio: 'ignore', cwd: folder });
  const ended = once(server, 'exit');
  const client = await connected(folder, () => server.exitCode !== null);
  await client.query('CREATE EXTENSION postgis');
  const { rows } = await client.query('SELECT version() AS server, postgis_lib_version() AS postgis');
  return {
    client,
    folder,
    version: `${rows[0].server.split(' ').slice(0, 2).join(' ')}, PostGIS ${rows[0].postgis}`,
    async stop() {
      await client.end();
      server.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function connected(folder: string, hasEnded: () => boolean): Promise<pg.Client> {
  for (;;) {
    if (hasEnded()) throw new Error('PostgreSQL did not start.');
    const client = new pg.Client({ host: folder, user: 'bench', database: 'postgres' });
    try {
      await client.connect();
      return client;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
