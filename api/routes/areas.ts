import { createRoute, z } from '@hono/zod-openapi';
import { sealPlace } from '../domain/privacy.ts';
import type { Listing } from '../domain/service.ts';
import { geography } from '../geocode/geography.ts';
import { BAD_REQUEST } from '../problem.ts';
import { publicListings } from '../store/listings.ts';
import { type Parts, resource } from './parts.ts';

const route = createRoute({
  method: 'get',
  path: '/areas',
  summary: 'The council areas in which something is listed',
  tags: ['Places'],
  request: { query: z.strictObject({}) },
  responses: {
    200: {
      description: 'The areas by name.',
      content: {
        'application/json': {
          schema: z
            .array(
              z.object({
                code: z.string().openapi({ description: 'ONS code.', example: 'E09000012' }),
                slug: z.string().openapi({ example: 'hackney' }),
                name: z.string().openapi({ example: 'Hackney' }),
                count: z
                  .int()
                  .openapi({ description: 'Listings with a venue there, or that name the area as theirs.' }),
                near: z.string().openapi({ description: 'The area, sealed: pass it on to the search.' }),
              }),
            )
            .openapi('Areas'),
        },
      },
    },
    ...BAD_REQUEST,
  },
});

/** 'e9 6rn' → 'E9 6'. */
const sectorOf = (postcode: string): string => {
  const plain = postcode.toUpperCase().replace(/\s/g, '');
  return `${plain.slice(0, -3)} ${plain.at(-3)}`;
};

/** The codes of the districts that a listing names as its area or has a public venue in. */
function districtsOf({ service, locations }: Listing): Set<string> {
  const named = service.service_areas.flatMap((area) =>
    area.type === 'district' ? [area.code] : (area.district ?? []),
  );
  const venues = locations.flatMap(({ confidential, address }) => {
    const sector = confidential || !address ? undefined : geography().sectors.get(sectorOf(address.postal_code));
    return sector?.districts[0] ?? [];
  });
  return new Set([...named, ...venues]);
}

/** How long the counts are kept, since they take a walk through all listings. */
const KEPT_MS = 60_000;

/** GET /areas */
export const areas = ({ db, secret, now }: Parts) => {
  let counted = { at: Number.NEGATIVE_INFINITY, counts: new Map<string, number>() };
  const count = (at: number): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const listing of publicListings(db))
      for (const code of districtsOf(listing)) counts.set(code, (counts.get(code) ?? 0) + 1);
    counted = { at, counts };
    return counts;
  };
  return resource().openapi(route, (c) => {
    const at = now().getTime();
    const counts = Math.abs(at - counted.at) < KEPT_MS ? counted.counts : count(at);
    const found = [...counts].flatMap(([code, count]) => {
      const name = geography().districts.get(code)?.name;
      if (name === undefined) return [];
      const slug = name.toLowerCase().replace(/[^a-z]+/g, '-');
      return [{ code, slug, name, count, near: sealPlace({ kind: 'district', code }, secret) }];
    });
    return c.json(
      found.sort((a, b) => a.name.localeCompare(b.name, 'en')),
      200,
      { 'cache-control': 'no-store' },
    );
  });
};
