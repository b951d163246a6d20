import type { RawPiece } from '../../oruk/read.ts';
import { isObject, type JsonRecord } from '../../oruk/walk.ts';
import { idOf, lastPart, objects, text, typeOf } from './fields.ts';
import { recordOf } from './record.ts';
import { type Session, sessionsIn } from './times.ts';

/**
 * Sessions of OpenActive (Modelling Opportunity Data 2.0) in the shape of Open Referral UK, by which everything else is
 * read. A series is one listing, with its sessions; what is booked by the hour (FacilityUse, Slot) is none.
 */

/** What is a listing by itself. */
const LISTED = new Set(['SessionSeries', 'CourseInstance', 'Event']);
const SESSION = new Set(['ScheduledSession', 'CourseInstanceSubEvent']);

/** What is kept of an item from one harvest to the next. */
type Kept = { data: JsonRecord; ofSessions: boolean } | { series: string; session: Session };

/** Apart from the keys of sessions, which begin with the kind of their item. */
const seriesKey = (id: string): string => `#${id}`;

/** Collects the items of a feed, page by page, and makes listings of them once all have been read. */
export class OpenActiveItems {
  readonly #today: string;
  /** `ofSessions`: whether the data comes from its sessions, since the series itself is not in the feed. */
  readonly #series = new Map<string, { data: JsonRecord; ofSessions: boolean }>();
  /** Sessions that stand in the feed by themselves, by their series and their own id. */
  readonly #sessions = new Map<string, { series: string; session: Session }>();
  readonly #gone = new Set<string>();
  readonly #changed = new Set<string>();

  /** @param kept what `changes` of earlier harvests came to */
  constructor(today: string, kept: Iterable<readonly [key: string, content: unknown]> = []) {
    this.#today = today;
    for (const [key, content] of kept as Iterable<[string, Kept]>) {
      if ('data' in content) this.#series.set(key.slice(seriesKey('').length), content);
      else this.#sessions.set(key, content);
    }
  }

  /** Takes the next item of a page: a later one of the same id replaces it. */
  take(item: unknown): void {
    if (!isObject(item)) return;
    const id = String(item['id'] ?? '');
    if (id === '') return;
    const { data } = item;
    const kind = typeof item['kind'] === 'string' ? lastPart(item['kind']).split('.')[0]! : '';
    const key = `${kind} ${id}`;
    if (this.#sessions.delete(key)) this.#changed.add(key);
    if (item['state'] === 'deleted' || !isObject(data)) {
      if (this.#series.delete(id)) this.#changed.add(seriesKey(id));
      if (LISTED.has(kind) || kind === '') this.#gone.add(id);
      return;
    }
    const type = typeOf(data) || kind;
    if (LISTED.has(type)) {
      this.#putSeries(id, data, false);
      this.#gone.delete(id);
    } else if (SESSION.has(type)) this.#takeSession(key, data);
  }

  #putSeries(id: string, data: JsonRecord, ofSessions: boolean): void {
    this.#series.set(id, { data, ofSessions });
    this.#changed.add(seriesKey(id));
  }

  #takeSession(key: string, data: JsonRecord): void {
    const { superEvent } = data;
    const [session] = sessionsIn([data]);
    const series = isObject(superEvent) ? idOf(superEvent) : text(superEvent);
    if (session === undefined || series === undefined) return;
    this.#sessions.set(key, { series, session });
    this.#changed.add(key);
    // A feed of sessions alone carries the series in each of them, or says itself what all of them have in common.
    if (!isObject(superEvent) || this.#series.get(series)?.ofSessions === false) return;
    const { startDate: _, endDate: __, '@id': ___, id: ____, ...common } = data;
    this.#putSeries(series, { ...common, ...superEvent }, true);
  }

  /** What has changed and is to be kept until the next harvest, by key; null for what is gone. */
  get changes(): Map<string, Kept | null> {
    return new Map(
      [...this.#changed].map((key) => [
        key,
        (key.startsWith(seriesKey('')) ? this.#series.get(key.slice(seriesKey('').length)) : this.#sessions.get(key)) ??
          null,
      ]),
    );
  }

  /** The listings of the feed. A series that is over counts as gone, like one that was deleted. */
  *pieces(): Generator<RawPiece> {
    const own = new Map<string, Session[]>();
    for (const { series, session } of this.#sessions.values()) {
      const others = own.get(series);
      if (others) others.push(session);
      else own.set(series, [session]);
    }
    for (const [id, { data, ofSessions }] of this.#series) {
      const sessions = [...sessionsIn(objects(data['subEvent'])), ...(own.get(idOf(data) ?? id) ?? own.get(id) ?? [])];
      const raw = ofSessions && sessions.length === 0 ? null : recordOf(id, data, sessions, this.#today);
      if (raw === null) yield { kind: 'gone', record_id: id, words: 'It has ended, or was cancelled.' };
      else yield { kind: 'record', raw };
    }
    for (const id of this.#gone) yield { kind: 'gone', record_id: id, words: 'Its source has deleted it.' };
  }
}
