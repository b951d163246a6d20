import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { Hono } from 'hono';
import manifest from '../../package.json' with { type: 'json' };
import { type ApiContext, CHECK_AGAIN, cacheable } from '../http/resource.ts';
import { readIdentity } from '../store/identity.ts';
import { docsPage } from './docs-page.ts';
import { readExamples } from './examples.ts';

/** What the API says of itself, made from the schemas of its routes. */
const describe = (api: OpenAPIHono, name: string) =>
  api.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: `${name} API`,
      version: manifest.version,
      description:
        'A postcode in, the right local support out. Everything can be read by anybody, from any site; nothing asks for a key. Full postcodes are neither logged nor kept: where an address is stored or shared, use the sealed `near` of an answer in place of the postcode.',
    },
    servers: [{ url: '/' }],
    tags: [
      { name: 'Search', description: 'What is near a place or serves it.' },
      { name: 'Listings', description: 'One listing, organization or category.' },
      { name: 'Places', description: 'Postcodes and place names.' },
      { name: 'About', description: 'The service itself.' },
    ],
  });

const STYLES = join(import.meta.dirname, 'docs.css');

/** GET /openapi.json, and /docs, which is the same for people */
export function docs(api: OpenAPIHono, { db }: Pick<ApiContext, 'db'>): Hono {
  // Made when first asked for, by when every route is there, and again under another name.
  let made: { name: string; document: ReturnType<typeof describe>; page?: string } | undefined;
  const now = () => {
    const { name } = readIdentity(db);
    if (made?.name !== name) made = { name, document: describe(api, name) };
    return made;
  };
  return new Hono()
    .get('/openapi.json', cacheable, (c) => c.json(now().document, 200, CHECK_AGAIN))
    .get('/docs', cacheable, (c) => {
      const described = now();
      described.page ??= docsPage(described.name, described.document, readExamples()).toString();
      return c.html(described.page, 200, CHECK_AGAIN);
    })
    .get('/docs.css', cacheable, (c) =>
      c.body(readFileSync(STYLES, 'utf8'), 200, { ...CHECK_AGAIN, 'content-type': 'text/css; charset=utf-8' }),
    );
}
