import { createRoute, z } from '@hono/zod-openapi';
import { sealPlace } from '../domain/privacy.ts';
import { geography } from '../geocode/geography.ts';
import { BAD_REQUEST } from '../http/problem.ts';
import { type ApiContext, resource } from '../http/resource.ts';
import { servedDistricts, venuePostcodes } from '../store/areas.ts';
import type { Db } from '../store/open.ts';
import { postcodeTable } from '../store/postcodes.ts';

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

/** 'e9 6rn' → 'E9 6RN'. */
const plain = (postcode: string): string => {
  const packed = postcode.toUpperCase().replace(/\s/g, '');
  return `${packed.slice(0, -3)} ${packed.slice(-3)}`;
};

/** How many listings each district has: those with a venue there, and those that serve it or a ward of it. */
function countByDistrict(db: Db): Map<string, number> {
  const table = postcodeTable(db);
  const districts = new Map<string, string | null>();
  const districtOf = (typed: string): string | null => {
    const postcode = plain(typed);
    let district = districts.get(postcode);
    if (district === undefined) {
      // A sector on a border names the district of most of it, which need not be that of the venue.
      district = table.find(postcode)?.district ?? geography().sectors.get(postcode.slice(0, -2))?.districts[0] ?? null;
      districts.set(postcode, district);
    }
    return district;
  };
  const listings = new Map<string, Set<string>>();
  const count = (service: string, district: string | null) => {
    if (district !== null) listings.set(district, (listings.get(district) ?? new Set()).add(service));
  };
  for (const [service, postcode] of venuePostcodes(db)) count(service, districtOf(postcode));
  for (const [service, district] of servedDistricts(db)) count(service, district);
  return new Map([...listings].map(([district, services]) => [district, services.size]));
}

/** GET /areas */
export const areas = ({ db, index, secret }: ApiContext) => {
  // Counting reads every listing, so the counts are kept until one changes.
  let counted: { version: number; counts: Map<string, number> } | null = null;
  return resource().openapi(route, (c) => {
    if (counted?.version !== index.version) counted = { version: index.version, counts: countByDistrict(db) };
    const found = [...counted.counts].flatMap(([code, count]) => {
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
