import { parse } from 'csv-parse/sync';
import { afterAll, describe, expect, test } from 'vitest';
import { createDirectory } from '../../api/directory/directory.ts';
import { ACCESS_FEATURES, type AccessFeature, PAIN_PRACTICES, QUESTIONS } from '../../api/domain/questions.ts';
import type { Listing, TriState } from '../../api/domain/service.ts';
import { readCsv } from '../../api/import/csv/csv.ts';
import { readFeedRecord } from '../../api/import/oruk/read.ts';
import { pointChecker } from '../../api/import/point-check.ts';
import { termFor } from '../../api/openreferral/vocabulary.ts';
import { historyOf } from '../../api/store/changes.ts';
import { addKeeper } from '../../api/store/keepers.ts';
import { findListing } from '../../api/store/listings.ts';
import { personOf } from '../../api/store/people.ts';
import { findSubmission } from '../../api/store/submissions.ts';
import { issueToken } from '../../api/store/tokens.ts';
import { openEditing, saveStep, stepMark } from '../../api/submit/drafts.ts';
import { STEP_FIELDS, type StepKey } from '../../api/submit/fields.ts';
import { send } from '../../api/submit/send.ts';
import { FORMER, writeFormerDirectory } from '../fixtures/former-directory.ts';
import { createWorld, get } from '../fixtures/world.ts';
import { temporaryFolder } from '../helpers/folder.ts';

/**
 * Every question that a listing is asked goes all the way, on a database that 0.3.0 has written: from 'not known' through
 * the form to the answer on the page, in the API, the spreadsheet, Open Referral UK and back.
 */

const folder = temporaryFolder();
afterAll(folder.remove);

interface Asked {
  key: string;
  label: string;
  step: StepKey;
  /** The heading of its column, and others that are taken for it. */
  headings: readonly string[];
  taxonomy: 'support' | 'accessibility' | 'pain_friendly';
  /** The filter of the search, where it is one. */
  filter: 'access' | 'pain_friendly' | null;
  answer(listing: Pick<Listing, 'service' | 'locations'>): TriState | undefined;
}

const ASKED: Asked[] = [
  ...Object.entries(QUESTIONS).map(([key, { label, step, column }]): Asked => {
    const { name, also = [] }: { name: string; also?: readonly string[] } = column;
    return {
      key,
      label,
      step,
      headings: [name, ...also],
      taxonomy: 'support',
      filter: null,
      answer: ({ service }) => service[key as keyof typeof QUESTIONS],
    };
  }),
  ...Object.entries(ACCESS_FEATURES).map(
    ([key, { label, also = [] }]: [string, AccessFeature]): Asked => ({
      key,
      label,
      step: 'joining',
      headings: [label.toLowerCase(), ...also],
      taxonomy: 'accessibility',
      filter: 'access',
      answer: ({ locations }) => locations[0]?.accessibility[key as keyof typeof ACCESS_FEATURES],
    }),
  ),
  ...Object.entries(PAIN_PRACTICES).map(
    ([key, { label }]): Asked => ({
      key,
      label,
      step: 'pain',
      headings: [label.toLowerCase()],
      taxonomy: 'pain_friendly',
      filter: 'pain_friendly',
      answer: ({ service }) => service.pain_friendly[key as keyof typeof PAIN_PRACTICES],
    }),
  ),
];

/** A directory over a file that 0.3.0 has left, with keys for those who look after its class. */
function open(name: string) {
  const file = folder.file(`${name}.sqlite`);
  const former = writeFormerDirectory(file, '0.3.0');
  const world = createWorld({}, {}, file);
  const directory = createDirectory(world);
  const key = (email = 'keeper@example.org') => {
    const person = personOf(world.db, email, world.now());
    addKeeper(world.db, FORMER.class, person, world.now());
    const link = { purpose: 'edit', subject: FORMER.class, person, minutes: 60, once: false } as const;
    return issueToken(world.db, link, world.now());
  };
  return { ...world, directory, former, key };
}

/** Gives one more answer in the form for the class, and sends it. */
async function answer(
  { directory, geocoder, key }: ReturnType<typeof open>,
  step: StepKey,
  more: Record<string, string>,
) {
  const form = openEditing(directory, key());
  if (!form) throw new Error('There is no form.');
  const { answers } = form.submission;
  const typed = { ...Object.fromEntries(STEP_FIELDS[step].map((field) => [field, answers[field] ?? ''])), ...more };
  const saved = await saveStep(directory, geocoder, form, step, typed, stepMark(answers, step));
  if (saved.outcome !== 'saved') throw new Error(saved.outcome);
  return send(directory, saved.form);
}

describe.each(ASKED)('$key', ({ key, label, step, headings, taxonomy, filter, answer: answerOf }) => {
  const world = open(key);
  const { api, db } = world;
  const listing = () => findListing(db, FORMER.class) as Listing;
  const records = async () => {
    const published = await api.request(`/api/openreferral/v3/services/${FORMER.class}`);
    return (await published.json()) as Record<string, unknown>;
  };
  const rows = async (path = '/api/v1/services.csv') => {
    const csv = await api.request(path);
    return parse(Buffer.from(await csv.arrayBuffer()), { columns: true, bom: true }) as Record<string, string>[];
  };
  const found = async (answered: string) =>
    (await get(api, `/search?${filter}=${answered}&per_page=100`)).body as {
      results: { service: { id: string } }[];
      facets: Record<string, { value: string; label: string; count: number }[]>;
    };

  test('what 0.3.0 was told stands; what it never asked is not known', async () => {
    const { services, locations } = world.former;
    const documents: Record<string, object | undefined> = {
      support: services[0],
      accessibility: locations[0]?.accessibility,
      pain_friendly: services[0]?.pain_friendly,
    };
    const told = Object.entries(documents[taxonomy] ?? {}).find(([name]) => name === key)?.[1];
    expect(answerOf(listing())).toBe(told ?? 'unknown');
    const { status, body } = await get(api, `/services/${FORMER.class}`);
    expect([status, answerOf(body)]).toEqual([200, told ?? 'unknown']);
  });

  test('the answer goes from the form to everybody who asks', async () => {
    const before = answerOf(listing());
    const now = before === 'yes' ? 'no' : 'yes';
    expect(await answer(world, step, { [key]: now })).toMatchObject({ outcome: 'published' });
    expect(answerOf(listing())).toBe(now);
    expect(historyOf(db, [FORMER.class, FORMER.hall])[0]?.action).toBe('edited');
    expect(answerOf((await get(api, `/services/${FORMER.class}`)).body)).toBe(now);
    expect((await rows()).find(({ id }) => id === FORMER.class)?.[headings[0] as string]).toBe(now);
    expect(JSON.stringify(await records())).toContain(termFor(taxonomy, key, now)?.id);

    if (filter === null) return;
    const { results, facets } = await found(key);
    expect(results.some(({ service }) => service.id === FORMER.class)).toBe(now === 'yes');
    expect(facets[filter]?.find(({ value }) => value === key)).toMatchObject({ label, count: results.length });
  });

  test('from Open Referral UK and from the spreadsheet it comes back', async () => {
    const now = answerOf(listing()) as TriState;
    const feed = { id: 'other', name: 'Other', url: null, licence: null };
    const read = readFeedRecord(await records(), { feed, points: pointChecker(db), today: '2026-11-21' });
    expect(answerOf(read.listing as Listing)).toBe(now);

    const elsewhere = createWorld({}, {});
    const row = (await rows()).find(({ id }) => id === FORMER.class) as Record<string, string>;
    for (const heading of headings) {
      const renamed = Object.entries(row).map(([name, cell]) => [name === headings[0] ? heading : name, cell]);
      const table = [0, 1].map((at) => renamed.map((pair) => `"${String(pair[at]).replaceAll('"', '""')}"`).join(','));
      const options = { db: elsewhere.db, source: 'A list', today: '2026-11-21' };
      const { records: taken } = await readCsv(Buffer.from(table.join('\n')), options);
      expect(taken[0]?.reasons, heading).toEqual([]);
      expect(answerOf(taken[0]?.listing as Listing), heading).toBe(now);
    }
  });

  test('it is a term of Open Referral UK that lists are asked for', async () => {
    const now = answerOf(listing()) as 'yes' | 'no';
    const ids = async (query: string) => {
      const response = await api.request(`/api/openreferral/v3/services?${query}`);
      return ((await response.json()) as { contents: { id: string }[] }).contents.map(({ id }) => id);
    };
    const term = (said: 'yes' | 'no') => ids(`taxonomy_term_id=${termFor(taxonomy, key, said)?.id}`);
    expect(await term(now)).toContain(FORMER.class);
    expect(await term(now === 'yes' ? 'no' : 'yes')).not.toContain(FORMER.class);
    expect(termFor(taxonomy, key, 'yes')?.name).toBe(label);
  });

  test('the template and the description of the API name it', async () => {
    expect((await rows('/api/v1/services-template.csv')).flatMap((row) => Object.keys(row))).toContain(headings[0]);
    const document = JSON.stringify(await (await api.request('/api/v1/openapi.json')).json());
    expect(document).toContain(`"${key}"`);
  });
});

test('a change begun with 0.3.0 leaves alone what it was never asked', async () => {
  const world = open('begun');
  const { directory, db } = world;
  const form = openEditing(directory, world.key('another@example.org'));
  if (!form) throw new Error('There is no form.');
  // As a former version kept it: without the questions that came since.
  const { answers } = form.submission;
  const typed = {
    ...Object.fromEntries(STEP_FIELDS.what.map((field) => [field, answers[field] ?? ''])),
    name: 'Another name',
  };
  const saved = await saveStep(directory, world.geocoder, form, 'what', typed, stepMark(answers, 'what'));
  if (saved.outcome !== 'saved') throw new Error(saved.outcome);
  const { id } = saved.form.submission;
  for (const { key } of ASKED)
    db.prepare('UPDATE submission SET answers = json_remove(answers, ?), base = json_remove(base, ?) WHERE id = ?').run(
      `$.${key}`,
      `$.${key}`,
      id,
    );
  // Meanwhile somebody else has answered them all.
  for (const { key, step } of ASKED) await answer(world, step, { [key]: 'yes' });
  const current = findListing(db, FORMER.class) as Listing;
  const submission = findSubmission(db, id);
  if (!submission) throw new Error('The change is gone.');
  expect(send(directory, { ...saved.form, submission, current })).toMatchObject({ outcome: 'published' });
  const after = findListing(db, FORMER.class) as Listing;
  expect(after.service.name).toBe('Another name');
  for (const { key, answer: answerOf } of ASKED) expect([key, answerOf(after)]).toEqual([key, answerOf(current)]);
});
