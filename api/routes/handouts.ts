import { createRoute, z } from '@hono/zod-openapi';
import { calendarOf } from '../domain/calendar.ts';
import { changesSince, HANDOUT_CHANGES, type ListingOnPaper, shownOf } from '../domain/handout.ts';
import { MOST_LISTINGS } from '../domain/handout-list.ts';
import { monthsAfter } from '../domain/review.ts';
import { today } from '../domain/schedule.ts';
import type { Listing } from '../domain/service.ts';
import { type NearestAlternative, nearestAlternative } from '../handout/alternatives.ts';
import { newCode, readCode } from '../handout/code.ts';
import { HANDOUT_LANGUAGES, handoutLanguage } from '../handout/messages.ts';
import { calendarWarnings } from '../handout/texts.ts';
import { BAD_REQUEST, NOT_OFFERED, PROBLEM_RESPONSES, problem } from '../http/problem.ts';
import { type ApiContext, orNull, resource } from '../http/resource.ts';
import { ServiceView, serviceView } from '../results/views.ts';
import { findHandout, type Handout, saveHandout } from '../store/handouts.ts';
import { joinedInto, leadsToPrivate, livingIds } from '../store/joined.ts';
import { findListings } from '../store/listings.ts';
import type { Db } from '../store/open.ts';
import { currentId, isRenewed } from '../store/renewed-ids.ts';

/** Months for which a short link works: after two rounds of checks little of the paper would still be true. */
const WORKS_MONTHS = 6;
const NOT_KEPT = { 'cache-control': 'no-store', 'x-robots-tag': 'noindex' };

const Link = z
  .object({
    code: z.string().openapi({ description: 'Random. The page is /h/{code}.', example: 'k7mfq3xwrn' }),
    made: z.string().openapi({ example: '2026-11-21' }),
    expires: z.string().openapi({ description: 'The last day on which it works.', example: '2027-05-21' }),
  })
  .openapi('HandoutLink');

const HandoutListing = z
  .object({
    id: z.string(),
    name: z.string().openapi({ description: 'As it was on the paper.' }),
    written_in: z.string(),
    changes: z
      .array(z.enum(HANDOUT_CHANGES))
      .openapi({ description: 'What has changed since; what matters most comes first.' }),
    listing: orNull(ServiceView).openapi({ description: 'As it is now; null where it is no longer listed.' }),
    alternative: z
      .object({
        listing: ServiceView,
        distance_m: z.number().nullable().openapi({ description: 'Metres from the old venue, in a straight line.' }),
      })
      .nullable()
      .openapi({ description: 'Where something has changed: the nearest one like it that is running.' }),
  })
  .openapi('HandoutListing');

const HandoutView = z.object({ ...Link.shape, listings: z.array(HandoutListing) }).openapi('Handout');

const make = createRoute({
  method: 'post',
  path: '/handouts',
  summary: 'A short link to a few listings',
  description: `It holds the listings and what they say on that day, so that opening it later tells what has changed. It holds nothing else, cannot be guessed, and works for ${WORKS_MONTHS} months.`,
  tags: ['Listings'],
  request: {
    query: z.strictObject({}),
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.strictObject({
            ids: z
              .array(z.uuid('must be the ids of listings'), 'must be a list of ids of listings')
              .min(1, 'must hold at least one listing')
              .max(MOST_LISTINGS, `takes at most ${MOST_LISTINGS} listings`)
              .openapi({ description: 'Ids of listings, in the order in which they are shown.' }),
          }),
        },
      },
    },
  },
  responses: {
    201: { description: 'The link.', content: { 'application/json': { schema: Link } } },
    415: { ...BAD_REQUEST[400], description: 'What was sent is not JSON, or does not say so.' },
    ...BAD_REQUEST,
  },
});

const request = {
  params: z.object({
    code: z
      .string()
      .max(40, 'is too long to be a code')
      .openapi({ param: { name: 'code', in: 'path' }, description: 'The code of the link, with or without a hyphen.' }),
  }),
  query: z.strictObject({}),
};

const open = createRoute({
  method: 'get',
  path: '/handouts/{code}',
  summary: 'The listings of a short link, and what has changed since it was made',
  description: 'Opening it changes nothing: neither the link, nor how long it works.',
  tags: ['Listings'],
  request,
  responses: {
    200: { description: 'The handout.', content: { 'application/json': { schema: HandoutView } } },
    ...PROBLEM_RESPONSES,
  },
});

const dates = createRoute({
  method: 'get',
  path: '/handouts/{code}/calendar.ics',
  summary: 'When the listings of a short link meet, for a calendar',
  description:
    'None is made where one of them is for people whom somebody hurts or controls: others may see a calendar.',
  tags: ['Listings'],
  request: {
    ...request,
    query: z.strictObject({
      lang: z
        .enum(HANDOUT_LANGUAGES, { error: `must be one of ${HANDOUT_LANGUAGES.join(', ')}` })
        .optional()
        .openapi({ description: 'The language of what is to be known before going.' }),
    }),
  },
  responses: {
    200: { description: 'iCalendar (RFC 5545).', content: { 'text/calendar': { schema: z.string() } } },
    ...NOT_OFFERED,
    ...PROBLEM_RESPONSES,
  },
});

/** The same for an expired link and for one that never was, so that nobody learns which codes there were. */
const NO_SUCH_LINK = `There is no handout with that code. It may have expired: a link works for ${WORKS_MONTHS} months. Check the code, or search again.`;

const NO_CALENDAR =
  'One of these listings is for people whom somebody hurts or controls, and others may see a calendar. So there is none. The times are at /api/v1/handouts/{code}.';

const idsOf = (db: Db, { listings }: Handout): string[] =>
  livingIds(
    db,
    listings.map(({ id }) => id),
  );

/** Keeps the handout under a code that is free. */
function keep(parts: ApiContext, listings: ListingOnPaper[], day: string): z.infer<typeof Link> {
  const link = { code: newCode(), made: day, expires: monthsAfter(day, WORKS_MONTHS) };
  return saveHandout(parts.db, { ...link, listings }, day) ? link : keep(parts, listings, day);
}

/** POST /handouts, GET /handouts/{code} and its calendar */
export const handouts = (parts: ApiContext) => {
  const { db, now } = parts;
  const find = (typed: string): Handout | null => {
    const code = readCode(typed);
    return code === null ? null : findHandout(db, code, today(now()));
  };
  return resource(['ids', 'lang'])
    .openapi(make, (c) => {
      const ids = livingIds(db, c.req.valid('json').ids);
      const moment = now();
      const listings = findListings(db, ids);
      if (listings.length < ids.length)
        return problem(c, 'invalid-parameter', {
          parameter: 'ids',
          detail: 'ids: a listing among them is no longer listed. Take it out and try again.',
        });
      const shown = listings.map((listing) => shownOf(listing, moment));
      return c.json(keep(parts, shown, today(moment)), 201, NOT_KEPT);
    })
    .openapi(open, async (c) => {
      const handout = find(c.req.valid('param').code);
      if (!handout) return problem(c, 'not-found', { detail: NO_SUCH_LINK, parameter: 'code' });
      const { code, made, expires } = handout;
      return c.json({ code, made, expires, listings: await listingsNow(parts, handout) }, 200, NOT_KEPT);
    })
    .openapi(dates, (c) => {
      const handout = find(c.req.valid('param').code);
      if (!handout) return problem(c, 'not-found', { detail: NO_SUCH_LINK, parameter: 'code' });
      const listings = findListings(db, idsOf(db, handout));
      if (listings.some(({ service }) => parts.urgent.isPrivateListing(service)))
        return problem(c, 'not-offered', { detail: NO_CALENDAR });
      const moment = now();
      const language = handoutLanguage(c.req.valid('query').lang);
      const warnings = (listing: Listing) => calendarWarnings(language, serviceView(listing, moment));
      return c.body(calendarOf(listings, moment, warnings), 200, {
        ...NOT_KEPT,
        'content-type': 'text/calendar; charset=utf-8',
        'content-disposition': 'attachment; filename="handout.ics"',
      });
    });
};

/** Each listing of a handout as it is now: what has changed, and then the nearest one like it. */
async function listingsNow(parts: ApiContext, handout: Handout): Promise<z.infer<typeof HandoutListing>[]> {
  const moment = parts.now();
  const ids = idsOf(parts.db, handout);
  // What goes on under another id since its place is private is not offered in its own place: that would tell which it is.
  const now = handout.listings.map(({ id }) => currentId(parts.db, joinedInto(parts.db, id) ?? id));
  const taken = new Set([...ids, ...now]);
  const living = new Map(findListings(parts.db, ids).map((listing) => [listing.service.id, listing]));
  const views: z.infer<typeof HandoutListing>[] = [];
  // One after the other: what is offered for one listing is not offered again for the next.
  for (const then of handout.listings) {
    const [id = then.id] = livingIds(parts.db, [then.id]);
    if (views.some(({ listing: shown }) => shown?.service.id === id)) continue;
    const listing = living.get(id) ?? null;
    const changes = changesSince(then, listing, moment);
    // Where it was may be private by now: nothing is measured from there.
    const isHidden =
      isRenewed(parts.db, then.id) ||
      leadsToPrivate(parts.db, then.id) ||
      listing?.locations.some(({ confidential }) => confidential);
    const old = isHidden ? { ...then, venues: [] } : then;
    const alternative = changes.length > 0 ? await nearestAlternative(parts, old, taken, moment) : null;
    if (alternative) taken.add(alternative.listing.service.id);
    views.push({
      id: then.id,
      name: then.name,
      written_in: then.written_in,
      changes,
      listing: listing && serviceView(listing, moment),
      alternative: alternative && alternativeView(alternative, moment),
    });
  }
  return views;
}

const alternativeView = ({ listing, distance_m }: NearestAlternative, now: Date) => ({
  listing: serviceView(listing, now),
  distance_m: distance_m === null ? null : Math.round(distance_m),
});
