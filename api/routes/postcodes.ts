import { createRoute, z } from '@hono/zod-openapi';
import { canBeSearched, outcomeProblem, SEARCHABLE_OUTCOMES } from '../http/outcomes.ts';
import { PlaceView, placeView } from '../http/place-view.ts';
import { PROBLEM_RESPONSES } from '../http/problem.ts';
import { type ApiContext, resource } from '../http/resource.ts';

const route = createRoute({
  method: 'get',
  path: '/postcodes/{postcode}',
  summary: 'What a postcode or the name of a place comes to',
  tags: ['Places'],
  request: {
    params: z.object({
      postcode: z
        .string()
        .max(100, 'is too long: at most 100 characters')
        .openapi({
          param: { name: 'postcode', in: 'path' },
          description: 'A postcode, a part of one, or a place name.',
          example: 'E8 1',
        }),
    }),
    query: z.strictObject({}),
  },
  responses: {
    200: {
      description: 'A place to search from.',
      content: {
        'application/json': {
          schema: z
            .object({
              outcome: z.enum(SEARCHABLE_OUTCOMES),
              place: PlaceView,
              suggestion: z
                .string()
                .nullable()
                .openapi({ description: 'The postcode that was probably meant, to be confirmed.' }),
              since: z.string().nullable().openapi({ description: 'When the postcode went out of use, YYYY-MM.' }),
            })
            .openapi('PostcodeAnswer'),
        },
      },
    },
    ...PROBLEM_RESPONSES,
  },
});

/** GET /postcodes/{postcode} */
export const postcodes = (context: ApiContext) =>
  resource().openapi(route, async (c) => {
    const geocoding = await context.geocoder.locate(c.req.valid('param').postcode);
    if (!canBeSearched(geocoding)) return outcomeProblem(c, geocoding, context.secret);
    const { outcome, place, key } = geocoding;
    return c.json(
      {
        outcome,
        place: placeView(place, key, context),
        suggestion: outcome === 'confirm' ? geocoding.suggestion : null,
        since: outcome === 'terminated' ? geocoding.since : null,
      },
      200,
      { 'cache-control': 'no-store' },
    );
  });
