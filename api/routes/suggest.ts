import { createRoute, z } from '@hono/zod-openapi';
import { type Identity, offersCategory } from '../domain/identity.ts';
import { sealPlace } from '../domain/privacy.ts';
import { LIMITS, textParameter, wholeNumberParameter } from '../http/parameters.ts';
import { BAD_REQUEST } from '../http/problem.ts';
import { type ApiContext, resource } from '../http/resource.ts';
import { sendJson } from '../http/send-bytes.ts';
import { readIdentity } from '../store/identity.ts';

/** Places among the suggestions: a few, so that names and categories are seen too. */
const PLACES = 3;

const Parameters = z.strictObject({
  q: textParameter(LIMITS.suggest.max, {
    description: 'What somebody has begun to type. Places are suggested only for what holds no digit.',
    example: 'home',
  }),
  limit: wholeNumberParameter(1, LIMITS.suggest.most, LIMITS.suggest.default, { description: 'Suggestions at most.' }),
});

const Sent = z.strictObject({
  q: z
    .string('must be text')
    .max(LIMITS.suggest.max, `is too long: at most ${LIMITS.suggest.max} characters`)
    .openapi({ description: 'What somebody has begun to type.', example: 'home' }),
  limit: z
    .int('must be a whole number')
    .min(1, 'must be 1 or more')
    .max(LIMITS.suggest.most, `must be ${LIMITS.suggest.most} or less`)
    .default(LIMITS.suggest.default)
    .openapi({ description: 'Suggestions at most.' }),
});

const Suggestions = z
  .object({
    suggestions: z.array(
      z.object({
        kind: z.enum(['need', 'place', 'category', 'service', 'organization']),
        label: z.string(),
        id: z.string().nullable().openapi({
          description: 'Of a listing or organization; a category’s code. A need is searched for by its label.',
        }),
        near: z.string().nullable().openapi({ description: 'Of a place: pass it on to the search.' }),
      }),
    ),
  })
  .openapi('Suggestions');

const answers = {
  200: {
    description: 'Needs first, then places, then categories and names, the best first.',
    content: { 'application/json': { schema: Suggestions } },
  },
  ...BAD_REQUEST,
};

const asked = createRoute({
  method: 'get',
  path: '/suggest',
  summary: 'Needs, places, categories and names, for a type-ahead',
  tags: ['Search'],
  request: { query: Parameters },
  responses: answers,
});

const sent = createRoute({
  method: 'post',
  path: '/suggest',
  summary: 'The same, for what must stand in no address',
  description:
    'What somebody types may be private, and addresses are written down in many places: this site’s own pages ask so.',
  tags: ['Search'],
  request: {
    query: z.strictObject({}),
    body: { required: true, content: { 'application/json': { schema: Sent } } },
  },
  responses: {
    415: { ...BAD_REQUEST[400], description: 'What was sent is not JSON, or does not say so.' },
    ...answers,
  },
});

const NOT_KEPT = { 'cache-control': 'no-store' };

/** GET and POST /suggest */
export const suggest = ({ index, geocoder, secret, db }: ApiContext) => {
  const suggestions = (q: string, limit: number): z.infer<typeof Suggestions> => {
    const places = q === '' ? [] : geocoder.suggest(q, Math.min(PLACES, limit));
    let own: Identity | null = null;
    const isOffered = (code: string): boolean => {
      own ??= readIdentity(db);
      return offersCategory(own, code);
    };
    const names = q === '' ? [] : index.suggest(q, limit - places.length, isOffered);
    const needs = names.filter(({ kind }) => kind === 'need');
    const others = names.filter(({ kind }) => kind !== 'need');
    return {
      suggestions: [
        ...needs.map(({ kind, label }) => ({ kind, label, id: null, near: null })),
        ...places.map(({ label, key }) => ({
          kind: 'place' as const,
          label,
          id: null,
          near: sealPlace(key, secret),
        })),
        ...others.map(({ kind, label, id }) => ({ kind, label, id, near: null })),
      ],
    };
  };
  return resource(Object.keys(Parameters.shape))
    .openapi(asked, (c) => {
      const { q = '', limit } = c.req.valid('query');
      return sendJson(c, suggestions(q, limit), NOT_KEPT) as never;
    })
    .openapi(sent, (c) => {
      const { q, limit } = c.req.valid('json');
      return sendJson(c, suggestions(q.trim(), limit), NOT_KEPT) as never;
    });
};
