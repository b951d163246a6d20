import { createRoute, z } from '@hono/zod-openapi';
import { BAD_REQUEST } from '../../http/problem.ts';
import { type ApiContext, resource } from '../../http/resource.ts';
import { countWithdrawals, type Withdrawal, withdrawals } from '../../store/withdrawn.ts';
import { answerLines, answerPage, freshnessOf, notModified } from '../answer.ts';
import { replacementOf } from '../gone.ts';
import { allOfKeyed, type KeyedList, pageOfKeyed, viewed } from '../lists.ts';
import { type PageEnds, pageRequestOf, pageSchemaOf } from '../pages.ts';
import * as take from '../parameters.ts';

const WithdrawalParameters = z.strictObject({ modified_after: take.modifiedAfter, ...take.paging });

const list = createRoute({
  method: 'get',
  path: '/withdrawals',
  summary: 'Services that were published and have been withdrawn',
  description:
    'Not in Open Referral UK: it has no way to say so, and lists hold what is published alone. After harvesting with `modified_after`, ask here with the same date, and take what is named out of the copy. `replaced_by` is the service that it was joined with, where it had been listed twice. What comes back is in the lists again, and no longer here.',
  tags: ['Services'],
  request: { query: WithdrawalParameters },
  responses: {
    200: {
      description: 'A page of ids.',
      content: {
        'application/json': {
          schema: pageSchemaOf(
            z
              .object({ id: z.uuid(), withdrawn_at: z.iso.datetime(), replaced_by: z.uuid().optional() })
              .openapi('Withdrawal'),
          ).openapi('WithdrawalPage'),
        },
        'application/x-ndjson': { schema: z.string() },
      },
    },
    304: { description: 'Nothing has changed since.' },
    ...BAD_REQUEST,
  },
});

/** GET /withdrawals */
export const withdrawalList = (parts: ApiContext, ends: PageEnds) =>
  resource(Object.keys(WithdrawalParameters.shape)).openapi(list, (c) => {
    const given = c.req.valid('query');
    const state = freshnessOf(c, parts);
    if (state.unchanged) return notModified(c, state) as never;
    const since = given.modified_after ?? '';
    const keyed: KeyedList<Withdrawal> = {
      name: `withdrawals ${since}`,
      count: () => countWithdrawals(parts.db, since),
      read: (from, limit) => withdrawals(parts.db, since, from, limit),
      keyOf: ({ id }) => id,
    };
    const view = (items: readonly Withdrawal[]) =>
      items.map((item) => {
        const replaced_by = replacementOf(parts.db, item.id);
        return { ...item, ...(replaced_by && { replaced_by }) };
      });
    if (given.format === 'ndjson') return answerLines(c, state, viewed(allOfKeyed(keyed), view)) as never;
    return answerPage(c, state, pageOfKeyed(keyed, pageRequestOf(given), ends, parts.now(), view)) as never;
  });
