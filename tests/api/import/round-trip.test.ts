import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { readRecords } from '../../../api/import/oruk/read.ts';
import { noCounts, takeIn } from '../../../api/import/run.ts';
import { addFeed, type ReportNote } from '../../../api/store/feeds.ts';
import { FEED_RECORDS } from '../../fixtures/feed.ts';
import { createSignpost, type Signpost } from './world.ts';

/**
 * What was taken in and not edited goes out with the same meaning and no field lost. Held for all 8,880 records of the real
 * feed where it is there, and for a small feed with worse faults everywhere.
 */

const REAL = join(import.meta.dirname, '../../../../shared/feeds/warm-spaces.oruk3.ndjson.gz');

type Json = Record<string, unknown>;

const readReal = (): Json[] =>
  gunzipSync(readFileSync(REAL))
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

async function takeAll(signpost: Signpost, records: readonly Json[], run: number) {
  const feed = signpost.db.prepare('SELECT id FROM feed').get() ?? null;
  const { id } =
    (feed as { id: string } | null) ??
    addFeed(
      signpost.db,
      { name: 'The feed', url: null, licence: 'CC BY 4.0', state: 'by_hand', every_hours: 24 },
      signpost.directory.now().toISOString(),
    );
  const notes: ReportNote[] = [];
  const counts = noCounts();
  async function* pieces() {
    for (const raw of records) yield { kind: 'record', raw: structuredClone(raw) } as const;
  }
  const source = { id, name: 'The feed', url: null, licence: 'CC BY 4.0' };
  const context = { db: signpost.db, feed: source, today: '2026-11-21' };
  const whole = await takeIn(signpost.directory, source, readRecords(pieces(), context), {
    dryRun: false,
    batch: 500,
    run,
    resumed: false,
    signal: new AbortController().signal,
    counts,
    onReport: (some) => void notes.push(...some),
  });
  return { counts, notes, whole };
}

async function published({ api }: Signpost): Promise<Map<string, Json>> {
  const answer = await api.request('/api/openreferral/v3/services?format=ndjson&full=true');
  const lines = (await answer.text()).trim().split('\n');
  return new Map(lines.map((line) => [JSON.parse(line).id, JSON.parse(line)]));
}

const isNothing = (value: unknown): boolean =>
  value === null ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.every(isNothing));

/** Every value of a record with the way to it: 'schedules[0].byday'. */
function* leaves(value: unknown, path = ''): Generator<[path: string, value: unknown]> {
  if (isNothing(value)) return;
  if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* leaves(item, `${path}[${index}]`);
  else if (typeof value === 'object')
    for (const [name, item] of Object.entries(value as Json))
      yield* leaves(item, path === '' ? name : `${path}.${name}`);
  else yield [path, value];
}

/** Letters and digits of ASCII alone: what tags, entities and broken encodings stand for is never among them. */
const meaning = (text: unknown): string =>
  String(text)
    .replace(/<!--.*?-->|<[a-z/][^>]*(>|$)/gis, ' ')
    .replace(/&(?:[a-z]+|#\d+|#x[0-9a-f]+);/gi, ' ')
    .replace(/[^a-z0-9]/gi, '');

/** Ours to say: when it was last changed, and whose date of checking is three months old (it is beside it then). */
const OURS = new Set(['last_modified', 'assured_date']);

/** What of a record is not in what is published, but for what the report says was put right. */
function losses(raw: Json, out: Json | undefined, notes: readonly ReportNote[]): string[] {
  if (out === undefined) return ['it is not published'];
  const repaired = new Set(notes.map(({ field }) => field));
  const found = new Map(leaves(out));
  return [...leaves(raw)].flatMap(([path, value]) => {
    if (OURS.has(path)) return [];
    const now = found.get(path);
    if (now === value) return [];
    const point = /\.(latitude|longitude|postal_code)$/.exec(path);
    const said = repaired.has(path) || (point !== null && repaired.has(path.replace(/longitude$/, 'latitude')));
    if (
      said &&
      (point !== null ||
        meaning(now).includes(meaning(value)) ||
        (now !== undefined && meaning(value).includes(meaning(now))))
    )
      return [];
    if (notes.some(({ field, words }) => field === path && /stands for unknown/.test(words))) return [];
    if (typeof now === 'string' && `${now}:00` === value) return [];
    // Blanks at the ends and doubled ones carry nothing.
    if (typeof value === 'string' && typeof now === 'string' && squeezed(value) === squeezed(now)) return [];
    return [`${path}: ${JSON.stringify(value)} became ${JSON.stringify(now)}`];
  });
}
const squeezed = (text: string): string => text.replace(/\s+/g, ' ').trim();

const byRecord = (notes: readonly ReportNote[]) => Map.groupBy(notes, ({ about }) => about);

/** Lies beside the project where it is developed; the feed below, of our own, has its faults and is always there. */
const whereItLies = existsSync(REAL) ? describe : null;

whereItLies?.('the real feed', () => {
  const signpost = createSignpost();
  let records: Json[];
  let notes: ReportNote[];
  beforeAll(async () => {
    records = readReal();
    const first = await takeAll(signpost, records, 1);
    notes = first.notes;
    expect(first.counts).toMatchObject({ added: 8880, refused: 0 });
  });

  test('every record goes out as it came, every field of it', async () => {
    const out = await published(signpost);
    const said = byRecord(notes);
    const lost = records.flatMap((raw) =>
      losses(raw, out.get(String(raw['id'])), said.get(String(raw['id'])) ?? []).map(
        (words) => `${raw['id']} ${words}`,
      ),
    );
    expect(lost).toEqual([]);
    const dates = records.filter((raw) => {
      const it = out.get(String(raw['id'])) as { signpost?: { assured_date?: string } } | undefined;
      return it?.signpost?.assured_date !== raw['assured_date'];
    });
    expect(dates).toEqual([]);
  });

  test('all of it is found', async () => {
    expect(signpost.index.size).toBe(8880);
    const answer = await signpost.api.request('/api/v1/search?q=camborne%20cluster&per_page=5');
    expect(JSON.stringify(await answer.json())).toContain('a2bbf2c9-dc93-5fe1-bdad-27d92918ff48');
  });

  test('what lies in America or Dublin is not there any more', () => {
    const outside = signpost.db
      .prepare('SELECT count(*) FROM location WHERE latitude < 49.8 OR longitude > 1.8 OR longitude < -8.2')
      .pluck()
      .get();
    expect(outside).toBe(0);
    const dublin = notes.find(
      ({ name, field }) => name === 'Warm space: Starbucks Jesmond' && field.endsWith('latitude'),
    );
    expect(dublin?.words).toMatch(
      /220 miles from NE2 2SX, outside the United Kingdom; the point of the postcode is used/,
    );
  });

  test('taken in again it changes nothing', async () => {
    const state = () =>
      signpost.db.prepare('SELECT count(*), max(revision), max(last_modified) FROM service').raw().get();
    const before = state();
    const again = await takeAll(signpost, records, 2);
    expect(again.counts).toMatchObject({ added: 0, changed: 0, refused: 0, unchanged: 8880 });
    expect(again.whole).toBe(true);
    expect(state()).toEqual(before);
    expect(signpost.db.prepare('SELECT count(*) FROM history').pluck().get()).toBe(
      signpost.db
        .prepare(
          'SELECT (SELECT count(*) FROM service) + (SELECT count(*) FROM organization) + (SELECT count(*) FROM location)',
        )
        .pluck()
        .get(),
    );
  });
});

describe('a small feed with worse faults', () => {
  const signpost = createSignpost();
  let notes: ReportNote[];
  beforeAll(async () => {
    notes = (await takeAll(signpost, FEED_RECORDS, 1)).notes;
  });

  test('nothing is lost but what the report names', async () => {
    const out = await published(signpost);
    const refused = new Set(notes.filter(({ kind }) => kind === 'refused').map(({ about }) => about));
    const lost = FEED_RECORDS.filter((raw) => !refused.has(String(raw['id']))).flatMap((raw) => {
      const said = byRecord(notes).get(String(raw['id'])) ?? [];
      const named = new Set(said.map(({ field }) => field));
      return losses(raw, out.get(String(raw['id'])), said).filter((words) => !named.has(words.split(': ')[0] ?? ''));
    });
    expect(lost).toEqual([]);
  });

  test('extensions come out as deep as they went in', async () => {
    const [plain] = FEED_RECORDS;
    const out = (await published(signpost)).get(String(plain?.['id']));
    expect(out?.['pc_targetAudience']).toEqual(plain?.['pc_targetAudience']);
    expect(out?.['funding']).toEqual(plain?.['funding']);
  });
});
