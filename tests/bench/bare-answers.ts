import { readFileSync } from 'node:fs';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';

/** What pages are measured against, a process of its own: bare Hono that sends bodies it holds, at /0, /1 and so on. */
const app = new Hono();
for (const [at, file] of process.argv.slice(2).entries()) {
  const body = new Uint8Array(readFileSync(file));
  app.get(`/${at}`, (c) =>
    c.body(body, 200, { 'content-type': 'text/html; charset=utf-8', 'content-encoding': 'zstd' }),
  );
}
serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1', overrideGlobalObjects: false }, ({ port }) =>
  process.send?.({ port }),
);
