import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { Hono } from 'hono';
import manifest from '../../package.json' with { type: 'json' };
import { BAD_REQUEST } from '../http/problem.ts';
import { type ApiContext, CHECK_AGAIN, cacheable, resource } from '../http/resource.ts';
import { siteAddress } from '../http/site-address.ts';
import { readIdentity } from '../store/identity.ts';
import { CountCache, PageEnds } from './pages.ts';
import { organizations } from './routes/organizations.ts';
import { places } from './routes/places.ts';
import { services } from './routes/services.ts';
import { taxonomies } from './routes/taxonomies.ts';
import { withdrawalList } from './routes/withdrawals.ts';
import { Selector } from './select.ts';

/** Where Open Referral UK is served. */
const OPEN_REFERRAL = '/api/openreferral/v3';

const about = createRoute({
  method: 'get',
  path: '/',
  summary: 'Which standard this is',
  tags: ['About'],
  request: { query: z.strictObject({}) },
  responses: {
    200: {
      description: 'Version, profile, and where its description is.',
      content: {
        'application/json': {
          schema: z
            .object({ version: z.literal('HSDS-UK-3.0'), profile: z.url(), openapi_url: z.url() })
            .openapi('ApiDetails'),
        },
      },
    },
    ...BAD_REQUEST,
  },
});

const PROFILE = 'https://docs.openreferraluk.org/en/latest/';

const describe = (api: OpenAPIHono, name: string) =>
  api.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: `${name} as Open Referral UK 3.0`,
      version: manifest.version,
      description:
        'The whole directory as Open Referral UK 3.0 (a profile of HSDS 3.0), for councils, health boards and anybody else. What is not known is left out. What the standard has no field for stands under the names of HSDS, in attributes, or under `signpost`.',
    },
    servers: [{ url: OPEN_REFERRAL }],
    tags: ['Services', 'Services at locations', 'Organizations', 'Taxonomies', 'About'].map((name) => ({ name })),
  });

/** The eleven addresses of Open Referral UK, what has been withdrawn, and the description of them all. */
export function openReferral(parts: ApiContext): Hono {
  const selector = new Selector(parts);
  const ends = new PageEnds();
  const counts = new CountCache(parts.db);
  const api = new OpenAPIHono()
    .route('/', services(parts, selector, ends))
    .route('/', places(parts, selector, ends, counts))
    .route('/', organizations(parts, ends, counts))
    .route('/', taxonomies(parts))
    .route('/', withdrawalList(parts, ends))
    .route(
      '/',
      resource().openapi(about, (c) => {
        const origin = siteAddress(parts.settings, new URL(c.req.url), c.req.raw.headers);
        const openapi_url = `${origin}${OPEN_REFERRAL}/openapi.json`;
        return c.json({ version: 'HSDS-UK-3.0' as const, profile: PROFILE, openapi_url }, 200, CHECK_AGAIN);
      }),
    );
  let made: { name: string; document: ReturnType<typeof describe> } | undefined;
  // A plain Hono around it, since its schemas have names of their own and do not belong in the description of /api/v1.
  return (
    new Hono()
      .get(`${OPEN_REFERRAL}/openapi.json`, cacheable, (c) => {
        const { name } = readIdentity(parts.db);
        if (made?.name !== name) made = { name, document: describe(api, name) };
        return c.json(made.document, 200, CHECK_AGAIN);
      })
      .route(OPEN_REFERRAL, api)
      // In the standard the address of the root ends in a slash.
      .get(`${OPEN_REFERRAL}/`, (c) => {
        const { origin, search } = new URL(c.req.url);
        return api.request(`${origin}/${search}`);
      })
  );
}
