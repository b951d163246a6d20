import { astro } from 'astro/hono';
import { Hono } from 'hono';
import { api } from '#api/instance.ts';

const site = new Hono();
site.all('/api/*', (c) => api.fetch(c.req.raw));
site.use(astro());

export default site;
