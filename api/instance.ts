import { Hono } from 'hono';

console.log('instance opened');
export const api = new Hono().basePath('/api/v1').get('/health', (c) => c.json({ ok: true }));
