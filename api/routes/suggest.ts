import { createRoute, z } from '@hono/zod-openapi';
import { sealPlace } from '../domain/privacy.ts';
import { LIMITS, textParameter, wholeNumberParameter } from '../http/parameters.ts';
import { BAD_REQUEST } from '../http/problem.ts';
import { type ApiContext, resource } from '../http/resource.ts';

/** Places among the suggestions: a few, so that names and categories are seen too. */
const PLACES = 3;

const Parameters = z.strictObject({
  q: textParameter(LIMITS.suggest.max, {
    description: 'What somebody has begun to type. Places are suggested only for what holds no digit.',
    example: 'home',
  }),
  limit: wholeNumberParameter(1, LIMITS.suggest.most, LIMITS.suggest.default, { description: 'Suggestions at most.' }),
});

const route = createRoute({
  method: 'get',
  path: '/suggest',
  summary: 'Places, categories and names, for a type-ahead',
  tags: ['Search'],
  request: { query: Parameters },
  responses: {
    200: {
      description: 'Places first, then categories and names, the best first.',
      content: {
        'application/json': {
          schema: z
            .object({
              suggestions: z.array(
                z.object({
                  kind: z.enum(['place', 'category', 'service', 'organization']),
                  label: z.string(),
                  id: z
                    .string()
                    .nullable()
                    .openapi({ description: 'Of a listing or organization; a category’s code.' }),
                  near: z.string().nullable().openapi({ description: 'Of a place: pass it on to the search.' }),
                }),
              ),
            })
            .openapi('Suggestions'),
        },
      },
    },
    ...BAD_REQUEST,
  },
});

/** GET /suggest */
export const suggest = ({ index, geocoder, secret }: ApiContext) =>
  resource(Object.keys(Parameters.shape)).openapi(route, (c) => {
    const { q = '', limit } = c.req.valid('query');
    const places = q === '' ? [] : geocoder.suggest(q, Math.min(PLACES, limit));
    const names = q === '' ? [] : index.suggest(q, limit - places.length);
    return c.json(
      {
        suggestions: [
          ...places.map(({ label, key }) => ({
            kind: 'place' as const,
            label,
            id: null,
            near: sealPlace(key, secret),
          })),
          ...names.map(({ kind, label, id }) => ({ kind, label, id, near: null })),
        ],
      },
      200,
      { 'cache-control': 'no-store' },
    );
  });
