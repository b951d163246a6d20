import { z } from '@hono/zod-openapi';
import type { NamedPlace, Place, PlaceKey } from '../domain/place.ts';
import { sealPlace } from '../domain/privacy.ts';

/** A place as the public sees it: never finer than its sector, its point rounded to about a kilometre. */
export const PlaceView = z
  .object({
    label: z.string().openapi({ example: 'E8 1' }),
    sector: z.string().nullable().openapi({ example: 'E8 1' }),
    district: z
      .string()
      .nullable()
      .openapi({ description: 'The council area, where it is certain.', example: 'Hackney' }),
    districts: z.array(z.object({ code: z.string(), name: z.string() })),
    precision: z.enum(['postcode', 'sector', 'outcode', 'ward', 'district', 'town', 'county']),
    spread_m: z.number().openapi({ description: 'Metres within which most of the place lies; 0 for one postcode.' }),
    latitude: z.number().openapi({ description: 'Rounded to two decimals.', example: 51.55 }),
    longitude: z.number().openapi({ description: 'Rounded to two decimals.', example: -0.06 }),
    near: z.string().openapi({ description: 'The place, sealed: pass it on as `near` in place of a postcode.' }),
    namesakes: z
      .array(z.object({ label: z.string(), near: z.string() }))
      .optional()
      .openapi({
        description: 'Other places of the same name, of which this one was taken. Absent where there are none.',
      }),
  })
  .openapi('Place');
export type PlaceView = z.infer<typeof PlaceView>;

interface PlaceFinder {
  shared(key: PlaceKey): PlaceKey;
  namesakes(place: Place, key: PlaceKey): NamedPlace[];
}

const rounded = (degrees: number): number => Math.round(degrees * 100) / 100;

/**
 * What is published of a place. Sealing is salted: the same place has another `near` each time.
 * @param near the sealed place where the request had one, which is given back as it came
 */
export const placeView = (
  place: Place,
  key: PlaceKey,
  { geocoder, secret }: { geocoder: PlaceFinder; secret: Uint8Array },
  near?: string | null,
): PlaceView => {
  const namesakes = geocoder.namesakes(place, key);
  return {
    label: place.label,
    sector: place.sector,
    district: place.districts.length === 1 ? (place.districts[0]?.name ?? null) : null,
    districts: place.districts.map(({ code, name }) => ({ code, name })),
    precision: place.precision,
    spread_m: Math.round(place.spread_m),
    latitude: rounded(place.latitude),
    longitude: rounded(place.longitude),
    near: near ?? sealPlace(geocoder.shared(key), secret),
    ...(namesakes.length > 0 && {
      namesakes: namesakes.map((other) => ({ label: other.label, near: sealPlace(other.key, secret) })),
    }),
  };
};
