import { directory } from '#api/instance.ts';
import { type Deed, type DeedQuery, deeds } from '#api/store/activity.ts';
import { type Done, thingsDone } from '#api/store/deeds.ts';
import type { PageContext } from './session.ts';

const PER_PAGE = 50;

/** Something that somebody did: to a record, or to the team and the settings. `at` is ISO 8601, UTC. */
type ActivityLine = { record: Deed; team?: never } | { record?: never; team: Done };

/** The page at /moderate/activity. */
export interface ActivityView {
  query: Pick<DeedQuery, 'q' | 'role'>;
  shown: ActivityLine[];
  /** The address of what is older; null where nothing is. */
  older: string | null;
}

/** A place in the list: a line of the history, and how many things outside it were done after that line; `S.D` in addresses. */
interface Place {
  seq: number;
  deed: number;
}

const placeOf = ({ record, team }: ActivityLine): Place =>
  record ? { seq: record.seq, deed: 0 } : { seq: team.after_seq, deed: team.id };

/** What its address asks for. */
export function activityPage({ url }: Pick<PageContext, 'url'>): ActivityView {
  const { searchParams: params } = url;
  const q = (params.get('q') ?? '').slice(0, 100);
  const asked = params.get('role');
  const role = asked === 'moderator' || asked === 'organization' ? asked : null;
  const before = placeIn(params.get('before') ?? '');
  // A line of the history comes before all that was done after it.
  const seq = before && (before.deed > 0 ? before.seq + 1 : before.seq);
  const found: ActivityLine[] = [
    ...deeds(directory.db, { q, role, before: seq }, PER_PAGE + 1).map((record) => ({ record })),
    ...(role === 'organization' ? [] : thingsDone(directory.db, { q, before }, PER_PAGE + 1)).map((team) => ({ team })),
  ];
  found.sort((a, b) => placeOf(b).seq - placeOf(a).seq || placeOf(b).deed - placeOf(a).deed);
  const shown = found.slice(0, PER_PAGE);
  const last = shown.at(-1);
  const next = new URLSearchParams({ ...(q !== '' && { q }), ...(role && { role }) });
  if (last) next.set('before', `${placeOf(last).seq}.${placeOf(last).deed}`);
  return { query: { q, role }, shown, older: found.length > PER_PAGE ? `/moderate/activity?${next}` : null };
}

function placeIn(written: string): Place | null {
  const [, seq, deed = '0'] = /^(\d{1,15})(?:\.(\d{1,15}))?$/.exec(written) ?? [];
  return seq === undefined ? null : { seq: Number(seq), deed: Number(deed) };
}
