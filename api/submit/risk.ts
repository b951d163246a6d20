import type { Service } from '../domain/service.ts';

/** What makes a change risky, so that a moderator looks at it first. */

const RANK = { free: 0, donation: 1, paid: 2 } as const;

/** The most that somebody may have to pay: first a rank by kind, then pounds. */
function dearest(costs: Service['cost_options']): [number, number] {
  const asked = costs.filter(({ concession }) => !concession);
  const kind = Math.max(0, ...asked.map(({ option }) => RANK[option]));
  // A charge without an amount may be any amount.
  const amounts = asked.map(({ option, amount }) => amount ?? (option === 'paid' ? Number.POSITIVE_INFINITY : 0));
  return [kind, Math.max(0, ...amounts)];
}

const cheapest = (costs: Service['cost_options']): number =>
  Math.min(
    ...costs.map(({ option, amount }) =>
      option === 'free' ? 0 : (amount ?? (option === 'paid' ? Number.POSITIVE_INFINITY : 0)),
    ),
  );

/** Whether it costs anybody more than before. Where nothing was known before, any charge is more. */
export function risesIn(before: Service['cost_options'], after: Service['cost_options']): boolean {
  if (after.length === 0) return false;
  const [kindBefore, amountBefore] = dearest(before);
  const [kindAfter, amountAfter] = dearest(after);
  if (kindAfter > kindBefore || amountAfter > amountBefore) return true;
  return before.length > 0 && cheapest(after) > cheapest(before);
}
