import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { Hono } from 'hono';
import manifest from '../../package.json' with { type: 'json' };
import { CHECK_AGAIN, cacheable } from '../http/resource.ts';
import { docsPage } from './docs-page.ts';
import { readExamples } from './examples.ts';

/** What the API says of itself, made from the schemas of its routes. */
const describe = (api: OpenAPIHono) =>
  api.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Signpost API',
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
export function docs(api: OpenAPIHono): Hono {
  // Made when first asked for: by then every route is there.
  let document: ReturnType<typeof describe> | undefined;
  let page: string | undefined;
  const openapi = () => (document ??= describe(api));
  return new Hono()
    .get('/openapi.json', cacheable, (c) => c.json(openapi(), 200, CHECK_AGAIN))
    .get('/docs', cacheable, (c) => {
      page ??= docsPage(openapi(), readExamples()).toString();
      return c.html(page, 200, CHECK_AGAIN);
    })
    .get('/docs.css', cacheable, (c) =>
      c.body(readFileSync(STYLES, 'utf8'), 200, { ...CHECK_AGAIN, 'content-type': 'text/css; charset=utf-8' }),
    );
}
