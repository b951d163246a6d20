import { createRoute, z } from '@hono/zod-openapi';
import { calendar } from '../domain/calendar.ts';
import { PUBLIC_STATES } from '../domain/service.ts';
import { PROBLEM_RESPONSES, problem } from '../problem.ts';
import { findListing } from '../store/listings.ts';
import { CHECK_AGAIN, cacheable } from './cacheable.ts';
import { id } from './parameters.ts';
import { type Parts, resource } from './parts.ts';
import { ServiceView, serviceView } from './views.ts';

const request = { params: z.object({ id: id('listing') }), query: z.strictObject({}) };

const one = createRoute({
  method: 'get',
  path: '/services/{id}',
  summary: 'One listing, whole',
  description: 'A confidential location shows that it exists, and neither name, address nor point.',
  tags: ['Listings'],
  middleware: [cacheable] as const,
  request,
  responses: {
    200: { description: 'The listing.', content: { 'application/json': { schema: ServiceView } } },
    ...PROBLEM_RESPONSES,
  },
});

const dates = createRoute({
  method: 'get',
  path: '/services/{id}/calendar.ics',
  summary: 'When it meets, for a calendar',
  tags: ['Listings'],
  middleware: [cacheable] as const,
  request,
  responses: {
    200: { description: 'iCalendar (RFC 5545).', content: { 'text/calendar': { schema: z.string() } } },
    ...PROBLEM_RESPONSES,
  },
});

/** The listing of that id, where the public sees it. */
export const publicListing = ({ db }: Parts, wanted: string) => {
  const listing = findListing(db, wanted);
  return listing && PUBLIC_STATES.includes(listing.state) ? listing : null;
};

export const NOT_LISTED =
  'There is no listing with that id, or it is no longer listed. Search for it by name: /api/v1/search?q=';

/** GET /services/{id} and its calendar */
export const services = (parts: Parts) =>
  resource()
    .openapi(one, (c) => {
      const listing = publicListing(parts, c.req.valid('param').id);
      if (!listing) return problem(c, 'not-found', { detail: NOT_LISTED, parameter: 'id' });
      return c.json(serviceView(listing, parts.now()), 200, CHECK_AGAIN);
    })
    .openapi(dates, (c) => {
      const listing = publicListing(parts, c.req.valid('param').id);
      if (!listing) return problem(c, 'not-found', { detail: NOT_LISTED, parameter: 'id' });
      return c.body(calendar(listing, parts.now()), 200, {
        ...CHECK_AGAIN,
        'content-type': 'text/calendar; charset=utf-8',
        'content-disposition': 'attachment; filename="sessions.ics"',
      });
    });
