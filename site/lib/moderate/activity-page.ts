import { directory } from '#api/instance.ts';
import { type Deed, type DeedQuery, deeds } from '#api/store/activity.ts';
import type { PageContext } from './session.ts';

const PER_PAGE = 50;

/** The page at /moderate/activity. */
export interface ActivityView {
  query: DeedQuery;
  shown: Deed[];
  /** The address of what is older; null where nothing is. */
  older: string | null;
}

/** What its address asks for. */
export function activityPage({ url }: Pick<PageContext, 'url'>): ActivityView {
  const { searchParams: params } = url;
  const role = params.get('role');
  const before = params.get('before') ?? '';
  const query: DeedQuery = {
    q: (params.get('q') ?? '').slice(0, 100),
    role: role === 'moderator' || role === 'organization' ? role : null,
    before: /^\d{1,15}$/.test(before) ? Number(before) : null,
  };
  const found = deeds(directory.db, query, PER_PAGE + 1);
  const shown = found.slice(0, PER_PAGE);
  const last = shown.at(-1);
  const next = new URLSearchParams({
    ...(query.q !== '' && { q: query.q }),
    ...(query.role && { role: query.role }),
    before: String(last?.seq ?? ''),
  });
  return { query, shown, older: found.length > PER_PAGE ? `/moderate/activity?${next}` : null };
}
