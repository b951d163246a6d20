import { OpenAPIHono } from '@hono/zod-openapi';
import { HTTPException } from 'hono/http-exception';
import { fhir } from './fhir/routes.ts';
import { toldOf } from './http/fault.ts';
import { DOCS_PATH, problem } from './http/problem.ts';
import type { ApiContext } from './http/resource.ts';
import { openReferral } from './openreferral/routes.ts';
import { areas } from './routes/areas.ts';
import { categories } from './routes/categories.ts';
import { docs } from './routes/docs.ts';
import { downloads } from './routes/downloads.ts';
import { handouts } from './routes/handouts.ts';
import { health } from './routes/health.ts';
import { like } from './routes/like.ts';
import { organizations } from './routes/organizations.ts';
import { postcodes } from './routes/postcodes.ts';
import { reach } from './routes/reach.ts';
import { ready } from './routes/ready.ts';
import { search } from './routes/search.ts';
import { services } from './routes/services.ts';
import { suggest } from './routes/suggest.ts';
import { template } from './routes/template.ts';
import { faultLines, type WriteLine } from './runtime/faults.ts';

/**
 * The whole API: one line for each resource.
 * @param report where faults inside are told
 */
export function createApi(parts: ApiContext, report: WriteLine = console.error) {
  const api = new OpenAPIHono()
    .route('/api/v1', search(parts))
    .route('/api/v1', services(parts))
    .route('/api/v1', downloads(parts))
    .route('/api/v1', reach(parts))
    .route('/api/v1', like(parts))
    .route('/api/v1', organizations(parts))
    .route('/api/v1', postcodes(parts))
    .route('/api/v1', categories(parts))
    .route('/api/v1', areas(parts))
    .route('/api/v1', suggest(parts))
    .route('/api/v1', template(parts))
    .route('/api/v1', handouts(parts))
    .route('/api/v1', health(parts))
    .route('/api/v1', ready(parts));
  api.route('/api/v1', docs(api, parts));
  api.route('/', openReferral(parts));
  api.route('/', fhir(parts));

  for (const path of new Set(api.routes.map((route) => route.path))) {
    const taken = (method: string) => api.routes.some((route) => route.path === path && route.method === method);
    const uses = ['GET', 'POST'].filter(taken);
    const use = uses.join(' or ') || 'GET';
    const allow = (uses.length > 0 ? uses : ['GET'])
      .map((method) => (method === 'GET' ? 'GET, HEAD' : method))
      .join(', ');
    api.all(path, (c) =>
      problem(c, 'method-not-allowed', { detail: `${c.req.method} does nothing here: use ${use}.` }, { allow }),
    );
  }
  api.all('/api/*', (c) =>
    problem(c, 'not-found', { detail: `The API has no such address. ${DOCS_PATH} lists those that there are.` }),
  );
  api.onError((error, c) => {
    // What the framework refuses before a route sees it: a body of another type, or one that cannot be read.
    if (error instanceof HTTPException && error.status === 415)
      return problem(c, 'unsupported-media-type', {
        detail: `Send JSON, and say so in a header: Content-Type: application/json. ${DOCS_PATH} shows how.`,
      });
    if (error instanceof HTTPException && error.status < 500)
      return problem(c, 'invalid-parameter', {
        detail: `What was sent is no JSON that can be read. ${DOCS_PATH} shows how.`,
      });
    report(faultLines(error));
    const { code, detail } = toldOf(
      error,
      'This is our mistake, not yours, and it has been noted. Try again in a minute.',
    );
    return problem(c, code, { detail });
  });
  return api;
}

/** The routes with their types: `hc<Api>(…)` makes a typed client of it. */
export type Api = ReturnType<typeof createApi>;
