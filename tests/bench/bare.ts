import { readFileSync } from 'node:fs';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { readSettings } from '../../api/runtime/settings.ts';
import { createFront } from '../../api/server/front.ts';
import { requestLog } from '../../api/server/request-log.ts';

/**
 * What the API is measured against, a process of its own: bare Hono that sends a body it holds. Then the same behind parts
 * of what every request passes, so that the cost of each is seen.
 */
const body = new Uint8Array(readFileSync(process.argv[2] as string));
const HEADERS = { 'content-type': 'application/json', 'cache-control': 'no-store' };
const answer = () => new Hono().get('/api/v1/search', (c) => c.body(body, 200, HEADERS));
const none = () => undefined;
const now = () => new Date();
const settings = readSettings({ RATE_LIMIT: process.argv[3] ?? '0' });

const apps = {
  bare: answer(),
  'with the log': new Hono().use(requestLog(none, now)).route('/', answer()),
  'with all of front.ts': createFront({
    settings,
    api: answer() as never,
    now,
    tiles: null,
    pages: null,
    files: false,
    development: false,
    write: none,
  }),
};
const ports: Record<string, number> = {};
for (const [name, app] of Object.entries(apps))
  await new Promise<void>((resolve) => {
    serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1', overrideGlobalObjects: false }, ({ port }) => {
      ports[name] = port;
      resolve();
    });
  });
process.send?.(ports);
