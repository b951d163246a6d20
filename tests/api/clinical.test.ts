import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApi } from '../../api/app.ts';
import { cautions } from '../../api/domain/cautions.ts';
import { type Clinical, Clinical as ClinicalSchema } from '../../api/domain/clinical.ts';
import { clinicalReach } from '../../api/domain/clinical-reach.ts';
import type { Place } from '../../api/domain/place.ts';
import { reviewDue } from '../../api/domain/review.ts';
import { Service } from '../../api/domain/service.ts';
import { createGeocoder } from '../../api/geocode/geocoder.ts';
import { geography } from '../../api/geocode/geography.ts';
import { importPostcodes } from '../../api/geocode/import/import.ts';
import { readSettings } from '../../api/runtime/settings.ts';
import { createSearchIndex } from '../../api/search/index.ts';
import { readVocabulary } from '../../api/search/text/vocabulary.ts';
import { loadClinical, readClinical, removeClinical, seedClinical } from '../../api/store/clinical-seed.ts';
import { countListings, findListing, publicListings, saveBatch } from '../../api/store/listings.ts';
import { closeStore, type Db, openStore } from '../../api/store/open.ts';
import { readSeed, removeExamples, SEED_WRITTEN_FOR, seedExamples } from '../../api/store/seed.ts';
import { openUrgentHelp } from '../../api/urgent/urgent.ts';
import { get } from '../fixtures/world.ts';
import { AT_NOW } from '../helpers/clock.ts';
import { temporaryFolder } from '../helpers/folder.ts';

/** Clinical services: what they may hold, the four that come with Signpost, and whom each of them sees. */

const NOW = new Date(`${SEED_WRITTEN_FOR}T12:00:00Z`);
const seed = readClinical();
const services = seed.services.map(({ service }) => service);

function named(words: string): Service & { clinical: Clinical } {
  const service = services.find(({ name }) => name.includes(words));
  if (!service?.clinical) throw new Error(`There is no ${words}.`);
  return { ...service, clinical: service.clinical };
}
const HACKNEY = named('Locomotor');
const SOLENT = named('Southampton');
const WHITTINGTON = named('Haringey');
const GLOUCESTER = named('Gloucestershire');

describe('what a clinical service may hold', () => {
  test('it belongs to the kind clinical alone', () => {
    expect(Service.safeParse(HACKNEY).success).toBe(true);
    const { error } = Service.safeParse({ ...HACKNEY, kind: 'activity' });
    expect(error?.issues[0]).toMatchObject({ path: ['clinical'], message: expect.stringMatching(/kind clinical/) });
    const { clinical: _, ...without } = HACKNEY;
    expect(Service.safeParse({ ...without, kind: 'activity' }).success).toBe(true);
    expect(Service.safeParse(without).success).toBe(true);
  });

  test.each([
    ['a criterion without words', { eligibility_criteria: [{ text: ' ' }] }],
    ['a list of criteria in one text', { exclusion_criteria: ['Under 18; not investigated'] }],
    ['a route of a kind that there is not', { referral_routes: [{ name: 'Fax', kind: 'fax' }] }],
    ['a step without a value', { referral_routes: [{ name: 'e-RS', kind: 'e_referral', steps: [{ label: 'Site' }] }] }],
    ['a tier without a level', { tiers: [{ name: 'Tier 1' }] }],
    ['a review date that there is not', { review_date: '2026-02-30' }],
    ['a link that is no link', { links: [{ name: 'Form', kind: 'download', url: 'javascript:alert(1)' }] }],
    ['a field that there is not', { referal_routes: [] }],
  ])('not %s', (_, wrong) => {
    expect(ClinicalSchema.safeParse({ catchment: 'Hackney' }).success).toBe(true);
    expect(ClinicalSchema.safeParse({ catchment: 'Hackney', ...wrong }).success).toBe(false);
  });

  test('until somebody says otherwise it is to be checked before use', () => {
    expect(ClinicalSchema.parse({ catchment: 'Hackney' }).check_before_use).toBe(true);
  });
});

describe('when a listing warns', () => {
  const clinical = { check_before_use: false };
  test.each([
    [{}, undefined, []],
    [{}, '2024-11-21', []],
    [{}, '2024-11-20', ['old_source']],
    [{ review_date: SEED_WRITTEN_FOR }, undefined, []],
    [{ review_date: '2026-11-20' }, undefined, ['review_past']],
    [
      { review_date: '2026-05-01', check_before_use: true },
      '2015-11-18',
      ['check_before_use', 'old_source', 'review_past'],
    ],
  ])('%j, published %s: %j', (more, published, expected) =>
    expect(cautions({ ...clinical, ...more }, published, SEED_WRITTEN_FOR)).toEqual(expected),
  );
});

/** Each word must stand in one criterion, no two in the same: a list, and not a paragraph. */
function eachAlone(criteria: Clinical['eligibility_criteria'], words: RegExp[]): void {
  expect(criteria).toHaveLength(words.length);
  const found = words.map((word) => criteria.findIndex(({ text }) => word.test(text)));
  expect(found, words.map(String).join(' ')).not.toContain(-1);
  expect(new Set(found).size, `${found}`).toBe(words.length);
}

describe('the four: what the sources say, a criterion a line', () => {
  test('Locomotor Pain Service: 5 fit, 8 do not, 7 steps', () => {
    const { clinical } = HACKNEY;
    eachAlone(clinical.eligibility_criteria, [
      /daily life or mood/,
      /MSK physiotherapy/,
      /controlled drugs.*Over-the-counter/,
      /^Fully investigated/,
      /whole person/,
    ]);
    eachAlone(clinical.exclusion_criteria, [
      /red flags/,
      /suicidal/,
      /Investigations/,
      /orthopaedics, neurosurgery, rheumatology or another pain service/,
      /only just begun/,
      /drug or alcohol/,
      /self-management/,
      /not related to pain/,
    ]);
    const byCase = clinical.exclusion_criteria.filter(({ case_by_case }) => case_by_case);
    expect(byCase).toEqual([
      { text: 'Significant drug or alcohol misuse', case_by_case: 'Ask the service through advice and guidance' },
    ]);
    expect(clinical.who_may_refer).toEqual(['GPs', 'First-contact practitioners']);
    expect(clinical.referral_routes.map(({ kind }) => kind)).toEqual(['e_referral']);
    expect(clinical.referral_routes[0]?.steps.map(({ value }) => value)).toEqual([
      'Referral',
      'Routine',
      'Pain Management',
      'Pain Management',
      'Homerton (RQX)',
      "St Leonard's (RQX20)",
      "Locomotor – Pain Service – Pain Management – St Leonard's",
    ]);
    expect(clinical.required_documents).toHaveLength(2);
    expect(clinical.programmes).toEqual([
      { name: 'Pain management programme', sessions: '10 weeks', follow_up: 'At 1 month and 6 months' },
    ]);
    expect(clinical.offers.join()).toMatch(/led by consultants.*pharmacists.*Sleep group.*Movement group/);
    expect(clinical.stages.map(({ name }) => name)).toEqual(['Introductory group session', 'Assessment']);
    expect(HACKNEY.source.url).toBe('https://homerton.nhs.uk/locomotor-pain-service');
  });

  test('Southampton and Portsmouth: 5 fit, 12 do not, 3 routes, one for Southampton alone', () => {
    const { clinical } = SOLENT;
    eachAlone(clinical.eligibility_criteria, [
      /18 or over/,
      /more than 3 months/,
      /^Investigated/,
      /First-line medicine and physiotherapy/,
      /Consent/,
    ]);
    eachAlone(clinical.exclusion_criteria, [
      /Under 18/,
      /contracted GP/,
      /psychiatric/,
      /engage/,
      /dependence/,
      /Opioid/,
      /cognitive/,
      /Already treated/,
      /non-specialist/,
      /Functional/,
      /Cancer/,
      /expected to resolve/,
    ]);
    const notes = clinical.exclusion_criteria.filter(({ case_by_case, instead }) => case_by_case || instead);
    expect(notes.map(({ case_by_case, instead }) => case_by_case ?? instead)).toEqual([
      'The community pharmacy team',
      'Exceptionally, on referral from palliative care',
    ]);
    expect(clinical.referral_routes.map(({ kind }) => kind)).toEqual(['advice_and_guidance', 'letter', 'email']);
    const email = clinical.referral_routes[2];
    expect(email?.steps).toEqual([{ label: 'E-mail address', value: 'southamptonpainteam@solent.nhs.uk' }]);
    expect(email?.service_areas.map(({ name }) => name)).toEqual(['Southampton']);
    expect(SOLENT.email, 'it would be taken for everybody’s').toBeUndefined();
    expect(clinical.links).toMatchObject([{ kind: 'podcast', published: '2025-11' }]);
  });

  test('Haringey and Islington: one triage point, two tiers, two teams in the second', () => {
    const { clinical } = WHITTINGTON;
    eachAlone(clinical.eligibility_criteria, [/Adult/, /six months/, /exhausted/, /letters enclosed/]);
    expect(clinical.triage_point?.name).toBe('MSK single point of access');
    expect(clinical.tiers.map(({ level, offers }) => [level, offers.length])).toEqual([
      [1, 3],
      [2, 0],
      [2, 5],
    ]);
    expect(clinical.tiers[2]?.description).toMatch(/2024.*North Middlesex/);
    expect(clinical.programmes[0]?.sessions).toBe('12 weeks');
    expect(clinical.review_date).toBe('2026-05-01');
  });

  test('Gloucestershire: a programme, and a source from 2015', () => {
    expect(GLOUCESTER.clinical.programmes).toEqual([
      {
        name: 'Pain self-management programme',
        sessions: '8 weekly sessions',
        length: '2½ to 3 hours each',
        follow_up: 'About 10 weeks after',
        led_by: 'Physiotherapist, psychologist, nurse and occupational therapist',
      },
    ]);
    expect(GLOUCESTER.clinical.offers).toEqual(['Individual sessions', 'A workbook', 'Mindfulness']);
    expect(GLOUCESTER.source.published).toBe('2015-11-18');
  });

  test('each asks to be checked, says whence it comes, is no example, and claims nothing that nobody told', () => {
    expect(services).toHaveLength(4);
    for (const service of services) {
      expect(service).toMatchObject({ example: false, kind: 'clinical', assured_by: 'source', phones: [] });
      expect(service.clinical?.check_before_use, service.name).toBe(true);
      expect(service.source.name.length).toBeGreaterThan(10);
      expect(reviewDue(service) > SEED_WRITTEN_FOR).toBe(true);
    }
    for (const record of [...seed.organizations, ...seed.locations]) expect(record.example).toBe(false);
    for (const { address, latitude } of seed.locations) expect({ address, latitude }).toEqual({});
    expect(seed.organizations.flatMap(({ phone, email }) => phone ?? email ?? [])).toEqual([]);
  });

  test('ids are their own, and every area is one that there is', () => {
    const sample = readSeed(NOW);
    const ids = [sample, seed].flatMap((batch) =>
      [...batch.organizations, ...batch.locations, ...batch.services.map(({ service }) => service)].map(({ id }) => id),
    );
    expect(new Set(ids).size).toBe(ids.length);
    const { districts, wards, sectors } = geography();
    const areas = services.flatMap(({ service_areas, clinical }) => [
      ...service_areas,
      ...(clinical?.tiers ?? []).flatMap((tier) => tier.service_areas),
      ...(clinical?.referral_routes ?? []).flatMap((route) => route.service_areas),
    ]);
    for (const { type, code, name, district } of areas) {
      if (type === 'district') expect(districts.get(code)?.name).toBe(name);
      else if (type === 'ward') expect(wards.get(code)).toMatchObject({ name, district });
      else expect([...sectors.keys()].some((sector) => sector.startsWith(`${code} `))).toBe(true);
    }
  });
});

describe('whom they see', () => {
  const folder = temporaryFolder();
  let db: Db;
  let api: ReturnType<typeof createApi>;
  beforeAll(async () => {
    db = openStore(folder.file('directory.sqlite'));
    await importPostcodes(db, join(import.meta.dirname, '../fixtures/postcodes.csv'));
    seedExamples(db, NOW);
    expect(seedClinical(db, NOW)).toBe(4);
    const index = createSearchIndex(publicListings(db), readVocabulary(''));
    api = createApi({
      db,
      index,
      geocoder: createGeocoder({ db, postcodesIoUrl: null, towns: () => [] }),
      secret: new Uint8Array(32).fill(7),
      settings: readSettings({}),
      now: () => NOW,
      urgent: openUrgentHelp(null),
    });
  });
  afterAll(() => {
    closeStore(db);
    folder.remove();
  });

  const reach = async (service: Service, postcode: string) =>
    (await get(api, `/services/${service.id}/reach?postcode=${encodeURIComponent(postcode)}`)).body;

  const FOUND: [string, Service | null][] = [
    ['E8 1EA', HACKNEY],
    ['E8 3AB', HACKNEY],
    ['SO14 7LY', SOLENT],
    ['PO1 2AL', SOLENT],
    ['N15 4QN', WHITTINGTON],
    ['N19 5NF', WHITTINGTON],
    ['GL1 1AN', GLOUCESTER],
    ['M1 1AD', null],
    ['AB1 0AA', null],
    // Typed by their districts alone, which may reach into a neighbour's.
    ['E8', HACKNEY],
    ['SO14', SOLENT],
    ['PO1', SOLENT],
    ['N15', WHITTINGTON],
    ['N19', WHITTINGTON],
    ['GL1', GLOUCESTER],
    ['M1', null],
  ];
  test.each(FOUND)('%s finds its own and no other', async (postcode, expected) => {
    const { body } = await get(
      api,
      `/search?postcode=${encodeURIComponent(postcode)}&kind=clinical&category=living-with-pain&per_page=50`,
    );
    const ids = new Set(services.map(({ id }) => id));
    const hits: { service: { id: string }; reach: { certain: boolean } }[] = body.results;
    const real = hits.filter(({ service }) => ids.has(service.id));
    const sure = real.filter(({ reach: { certain } }) => certain || !postcode.includes(' '));
    if (expected) expect(sure.map(({ service }) => service.id)).toContain(expected.id);
    if (postcode.includes(' ') || expected === null)
      expect(real.map(({ service }) => service.id)).toEqual(expected ? [expected.id] : []);
    for (const service of services) {
      const { kind } = (await reach(service, postcode)).reach;
      expect(kind !== 'not_serving', `${service.name} for ${postcode}`).toBe(
        real.some(({ service: { id } }) => id === service.id),
      );
    }
  });

  test('elsewhere the answer is no, with the reason, though no search lists it as near', async () => {
    const body = await reach(SOLENT, 'E8 1EA');
    expect(body.reach).toEqual({
      kind: 'not_serving',
      certain: true,
      why: 'Only for people in Southampton and Portsmouth',
    });
    expect(body.distance_m).toBeNull();
  });

  const TIER_2 = {
    whittington: 'Tier 2: Whittington secondary care team',
    haringey: 'Tier 2: Haringey Community Pain Service',
  };
  test.each([
    ['N15 4QN', [TIER_2.haringey]],
    ['N19 5NF', [TIER_2.whittington]],
    ['N19', [TIER_2.whittington]],
    ['N15', [TIER_2.haringey]],
    // Half of it is in each.
    ['N4', [TIER_2.whittington, TIER_2.haringey]],
  ])('%s: the right team of tier 2, and tier 1 for all', async (postcode, expected) => {
    const { clinical } = await reach(WHITTINGTON, postcode);
    const tiers: { name: string; answer: string }[] = clinical.tiers;
    expect(tiers[0]).toEqual({ name: 'Tier 1', answer: 'yes' });
    expect(tiers.slice(1).flatMap(({ name, answer }) => (answer === 'no' ? [] : [name]))).toEqual(expected);
  });

  test('the e-mail address is for Southampton and not for Portsmouth', async () => {
    const answers = async (postcode: string) =>
      (await reach(SOLENT, postcode)).clinical.referral_routes.map(({ answer }: { answer: string }) => answer);
    expect(await answers('SO14 7LY')).toEqual(['yes', 'yes', 'yes']);
    expect(await answers('PO1 2AL')).toEqual(['yes', 'yes', 'no']);
  });

  test('other listings have no such part', async () => {
    const other = readSeed(NOW).services[0]?.service as Service;
    expect(await reach(other, 'E8 1EA')).not.toHaveProperty('clinical');
  });

  test('the whole of it leaves by the api, and the card carries the warnings', async () => {
    const { body } = await get(api, `/services/${GLOUCESTER.id}`);
    expect(body.service.clinical).toEqual(JSON.parse(JSON.stringify(GLOUCESTER.clinical)));
    expect(body.cautions).toEqual([
      {
        kind: 'check_before_use',
        words: expect.stringMatching(/^Please check before use\. Copied on 21 November 2026/),
      },
      { kind: 'old_source', words: expect.stringMatching(/18 November 2015, 11 years ago/) },
    ]);
    const found = (await get(api, '/search?kind=clinical&per_page=50')).body.results;
    const card = (id: string) => found.find(({ service }: { service: Service }) => service.id === id).service;
    expect(card(GLOUCESTER.id).cautions).toEqual(body.cautions);
    expect(card(WHITTINGTON.id).cautions[1].words).toMatch(/overdue.*1 May 2026/);
    for (const { service } of found) expect('cautions' in service).toBe(!service.example);
    const document = await (await api.request('/api/v1/openapi.json')).json();
    const shape = document.components.schemas.Service.properties.clinical.properties;
    expect(Object.keys(shape)).toEqual(Object.keys(ClinicalSchema.shape));
  });
});

describe('where the ward is known', () => {
  const place = (district: string, ward: string | null): Place => ({
    label: 'N19 3',
    latitude: 51.57,
    longitude: -0.12,
    precision: 'postcode',
    spread_m: 0,
    outcode: 'N19',
    sector: 'N19 3',
    districts: [{ code: district, name: '' }],
    wards: ward === null ? null : [{ code: ward, name: '' }],
  });
  const teams = (at: Place) => clinicalReach(WHITTINGTON, at).tiers.map(({ answer }) => answer);

  test('a Haringey address in N19 has the Haringey team, though the outcode is the other’s', () => {
    expect(teams(place('E09000014', 'E05013590'))).toEqual(['yes', 'no', 'yes']);
    expect(teams(place('E09000019', 'E05013705'))).toEqual(['yes', 'yes', 'no']);
  });

  test('without a ward, the outcode answers', () => {
    expect(teams(place('E09000019', null))).toEqual(['yes', 'yes', 'no']);
  });

  test('in the south of Islington neither is claimed', () => {
    expect(teams({ ...place('E09000019', 'E05013698'), outcode: 'N1', sector: 'N1 1' })).toEqual(['yes', 'no', 'no']);
  });
});

describe('putting in and taking out', () => {
  const fresh = () => openStore(':memory:');

  test('dropping the examples leaves the real ones, and the other way about', () => {
    const db = fresh();
    const sample = seedExamples(db, NOW);
    expect(seedClinical(db, NOW)).toBe(4);
    expect(seedClinical(db, NOW)).toBe(0);
    expect(removeExamples(db).services).toBe(sample);
    expect(countListings(db)).toBe(4);
    expect(removeClinical(db)).toEqual({ services: 4, organizations: 4, locations: 1 });
    expect(countListings(db)).toBe(0);
    expect(seedClinical(db, NOW)).toBe(0);
    expect(loadClinical(db, NOW)).toBe(4);
    expect(findListing(db, HACKNEY.id)?.service.assured_date).toBe(SEED_WRITTEN_FOR);
    closeStore(db);
  });

  test('an operator who lists with such an organization keeps both', () => {
    const db = fresh();
    loadClinical(db, NOW);
    const id = '11111111-1111-4111-8111-111111111111';
    saveBatch(db, { services: [{ service: { ...HACKNEY, id }, state: 'published' }] }, NOW.toISOString());
    expect(removeClinical(db)).toEqual({ services: 4, organizations: 3, locations: 0 });
    expect(findListing(db, id)?.locations).toHaveLength(1);
    closeStore(db);
  });

  test('not put into a directory of one’s own, nor where the examples were dropped', () => {
    const own = fresh();
    expect(seedClinical(own, NOW)).toBe(0);
    closeStore(own);
    const dropped = fresh();
    seedExamples(dropped, NOW);
    removeExamples(dropped);
    expect(seedClinical(dropped, NOW)).toBe(0);
    closeStore(dropped);
  });

  test('the command says so, and does it', () => {
    const folder = temporaryFolder();
    const script = join(import.meta.dirname, '../../scripts/examples.ts');
    const say = (...words: string[]) =>
      execFileSync(process.execPath, [...AT_NOW.before, script, ...words], {
        env: { ...process.env, ...AT_NOW.env, DATABASE: folder.file('directory.sqlite') },
        encoding: 'utf8',
      });
    expect(say('load', 'clinical')).toMatch(
      /^4 clinical services are in the directory\. Please check each before use\./,
    );
    expect(say('load')).toMatch(/^\d{3} example listings/);
    expect(say('drop')).toMatch(/examples -- drop clinical/);
    expect(say('drop', 'clinical')).toMatch(/^Taken out: 4 clinical services, 4 organizations and 1 venue\./);
    expect(say('drop', 'clinical')).toMatch(/were not there/);
    folder.remove();
  });
});
