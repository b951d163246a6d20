import { serve } from '@hono/node-server';

const { render } = await import(new URL('../dist/server/entry.mjs', import.meta.url).href);
const { api } = await import('#api/instance.ts');
void api;
const server = serve({ fetch: render, port: Number(process.env['PORT'] ?? 8080), overrideGlobalObjects: false });
process.on('SIGTERM', () => server.close());
