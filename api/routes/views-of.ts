import type { ApiContext } from '../http/resource.ts';
import { ResultViews } from '../results/results.ts';

const known = new WeakMap<ApiContext, ResultViews>();

/** The one store of results that the routes of an API share. */
export function viewsOf(parts: ApiContext): ResultViews {
  let views = known.get(parts);
  if (!views) {
    views = new ResultViews(parts.db, parts.index);
    known.set(parts, views);
  }
  return views;
}
