import { z } from '@hono/zod-openapi';
import { beforeGoing, whomItIsFor } from '../domain/words.ts';
import type { Result } from '../results/results.ts';

/** The results at a place, as GeoJSON (RFC 7946). Results without a point are left out. */
export const GeoJson = z
  .object({
    type: z.literal('FeatureCollection'),
    features: z.array(
      z.object({
        type: z.literal('Feature'),
        id: z.string(),
        geometry: z.object({
          type: z.literal('Point'),
          coordinates: z.array(z.number()).length(2).openapi({ description: 'Longitude, latitude.' }),
        }),
        properties: z.object({
          name: z.string(),
          kind: z.string(),
          summary: z.string(),
          organization: z.string(),
          location_id: z.string(),
          address_line: z.string().nullable(),
          distance_m: z.number().nullable(),
          reach: z.string(),
          why: z.string(),
          next_session: z.string().nullable(),
          check_words: z.string().nullable(),
          cautions: z.array(z.string()).openapi({ description: 'What to know before going, a sentence each.' }),
          who: z.array(z.string()).openapi({ description: 'Whom it is for; empty where everybody may come.' }),
          example: z.boolean(),
        }),
      }),
    ),
  })
  .openapi('GeoJson');

/** A feature for each result whose location has a point that may be shown. */
export const featureCollection = (results: readonly Result[]): z.infer<typeof GeoJson> => ({
  type: 'FeatureCollection',
  features: results.flatMap(({ service, reach, distance_m, location, next_session }) =>
    location === null || location.id === null || location.latitude === undefined || location.longitude === undefined
      ? []
      : [
          {
            type: 'Feature' as const,
            id: service.id,
            geometry: { type: 'Point' as const, coordinates: [location.longitude, location.latitude] },
            properties: {
              name: service.name,
              kind: service.kind,
              summary: service.summary,
              organization: service.organization.name,
              location_id: location.id,
              address_line: service.address_line,
              distance_m,
              reach: reach.kind,
              why: reach.why,
              next_session: next_session?.words ?? null,
              check_words: next_session?.check_words ?? null,
              cautions: beforeGoing({ service, state: service.state, source: service.source_name, isPrivate: false }),
              who: whomItIsFor(service),
              example: service.example,
            },
          },
        ],
  ),
});
