import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { calendarOf } from '../domain/calendar.ts';
import { PUBLIC_STATES } from '../domain/service.ts';
import { calendarWarnings } from '../handout/texts.ts';
import { idParameter } from '../http/parameters.ts';
import { NOT_OFFERED, PROBLEM_RESPONSES, problem, WITHDRAWN } from '../http/problem.ts';
import { type ApiContext, CHECK_AGAIN, cacheable, resource } from '../http/resource.ts';
import { ServiceView, serviceView } from '../results/views.ts';
import { joinedInto, openlyJoinedInto } from '../store/joined.ts';
import { findListing } from '../store/listings.ts';
import { isRenewed } from '../store/renewed-ids.ts';

const request = { params: z.object({ id: idParameter('listing') }), query: z.strictObject({}) };

/** A listing that was joined into another: its address leads there, until somebody takes the two apart again. */
export const MOVED_RESPONSE = {
  308: { description: 'It was joined into another listing, at the address in `location`.' },
} as const;

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
    ...MOVED_RESPONSE,
    ...PROBLEM_RESPONSES,
    ...WITHDRAWN,
  },
});

const dates = createRoute({
  method: 'get',
  path: '/services/{id}/calendar.ics',
  summary: 'When it meets, for a calendar',
  description: 'None is made for a listing for people whom somebody hurts or controls: others may see a calendar.',
  tags: ['Listings'],
  middleware: [cacheable] as const,
  request,
  responses: {
    200: { description: 'iCalendar (RFC 5545).', content: { 'text/calendar': { schema: z.string() } } },
    ...NOT_OFFERED,
    ...MOVED_RESPONSE,
    ...PROBLEM_RESPONSES,
    ...WITHDRAWN,
  },
});

/** The listing of that id, where the public sees it. */
export const publicListing = ({ db }: ApiContext, wanted: string) => {
  const listing = findListing(db, wanted);
  return listing && PUBLIC_STATES.includes(listing.state) ? listing : null;
};

/**
 * The address of the listing that one was joined into, in place of the address that was asked for.
 * @returns null where it stands for itself, or where the other is not listed either
 */
export function movedTo(parts: ApiContext, c: Context, wanted: string): string | null {
  const into = openlyJoinedInto(parts.db, wanted);
  if (into === null || !publicListing(parts, into)) return null;
  const { pathname, search } = new URL(c.req.url);
  return `${pathname.replace(wanted, into)}${search}`;
}

/** Leads on, and is asked again each time: what was joined may be taken apart. */
export function redirectTo(c: Context, address: string) {
  c.header('cache-control', 'no-cache');
  return c.redirect(address, 308);
}

const NOT_LISTED =
  'There is no listing with that id, or it is no longer listed. Search for it by name: /api/v1/search?q=';

/** For a listing that the public does not see. Where one with that id was withdrawn for good, it says so. */
export const notListed = ({ db }: ApiContext, c: Context, wanted: string) =>
  isRenewed(db, wanted)
    ? problem(c, 'withdrawn', {
        detail: 'This was listed once and has been withdrawn. Take its address out of lists and copies.',
        parameter: 'id',
      })
    : problem(c, 'not-found', { detail: NOT_LISTED, parameter: 'id' });

const NO_CALENDAR =
  'This listing is for people whom somebody hurts or controls, and others may see a calendar. So there is none. Its times are at /api/v1/services/{id}.';

/**
 * What GET /services/{id} answers, for the pages of this process.
 * @returns null where it answers something else: then the API itself is to be asked
 */
export const serviceInside =
  (parts: ApiContext) =>
  (id: string): z.infer<typeof ServiceView> | null => {
    const listing = joinedInto(parts.db, id) === null ? publicListing(parts, id) : null;
    return listing && serviceView(listing, parts.now());
  };

/** GET /services/{id} and its calendar */
export const services = (parts: ApiContext) =>
  resource()
    .openapi(one, (c) => {
      const { id: wanted } = c.req.valid('param');
      const address = movedTo(parts, c, wanted);
      if (address !== null) return redirectTo(c, address);
      const listing = publicListing(parts, wanted);
      if (!listing) return notListed(parts, c, wanted);
      return c.json(serviceView(listing, parts.now()), 200, CHECK_AGAIN);
    })
    .openapi(dates, (c) => {
      const { id: wanted } = c.req.valid('param');
      const address = movedTo(parts, c, wanted);
      if (address !== null) return redirectTo(c, address);
      const listing = publicListing(parts, wanted);
      if (!listing) return notListed(parts, c, wanted);
      if (parts.urgent.isPrivateListing(listing.service)) return problem(c, 'not-offered', { detail: NO_CALENDAR });
      const moment = parts.now();
      const warnings = () => calendarWarnings('en', serviceView(listing, moment));
      return c.body(calendarOf([listing], moment, warnings), 200, {
        ...CHECK_AGAIN,
        'content-type': 'text/calendar; charset=utf-8',
        'content-disposition': 'attachment; filename="sessions.ics"',
      });
    });
