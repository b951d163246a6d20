import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGeocoder, type Geocoder } from '#api/geocode/geocoder.ts';
import { importPostcodes } from '#api/geocode/import/import.ts';
import { closeStore, type Db, openStore } from '#api/store/open.ts';
import { codePointFiles, directoryCsv, directoryRow, writeFolder } from '../../fixtures/postcode-files.ts';
import { type Folder, temporaryFolder } from '../../helpers/folder.ts';

const TOWNS = [
  { name: 'Romsey', latitude: 50.989, longitude: -1.497, count: 3 },
  { name: 'London', latitude: 51.54, longitude: -0.06, count: 90 },
  { name: 'Southampton', latitude: 50.905, longitude: -1.404, count: 20 },
  { name: 'Bitterne', latitude: 50.914, longitude: -1.36, count: 2 },
  { name: 'Little Nowhere', latitude: 52.914, longitude: -1.36, count: 2 },
];

let folder: Folder;
let db: Db;
let geocoder: Geocoder;

beforeAll(() => {
  folder = temporaryFolder();
  db = openStore(':memory:');
  geocoder = createGeocoder({ db, postcodesIoUrl: null, towns: () => TOWNS });
});
afterAll(() => {
  closeStore(db);
  folder.remove();
});

const label = async (text: string) => {
  const answer = await geocoder.locate(text);
  return 'place' in answer
    ? answer.place?.label
    : answer.outcome === 'several'
      ? answer.choices.map((each) => each.label)
      : answer.outcome;
};

describe('names of places', () => {
  test.each([
    ['Homerton', 'Homerton, Hackney'],
    ['homerton ward', 'Homerton, Hackney'],
    ['Homerton, Hackney', 'Homerton, Hackney'],
    ['HACKNEY', 'Hackney'],
    ['London Borough of Hackney', 'Hackney'],
    ['City of London', 'City of London'],
    ['Brighton & Hove', 'Brighton and Hove'],
    ['bristol', 'Bristol'],
    ['City of Bristol', 'Bristol'],
    ['Hull', 'Kingston upon Hull'],
    ['St Helens', 'St. Helens'],
    ['saint helens', 'St. Helens'],
    ['Ynys Môn', 'Isle of Anglesey'],
    ['ynys mon', 'Isle of Anglesey'],
    ['sir y fflint', 'Flintshire'],
    ['kings park', "King's Park, Hackney"],
    ["King's Park", "King's Park, Hackney"],
    ['stockton on tees', 'Stockton-on-Tees'],
    ['Southampton', 'Southampton'],
  ])('%s is %s', async (text, place) => {
    const found = await label(text);
    // A ward's name may be used elsewhere too; the one meant is among them.
    expect(Array.isArray(found) ? found : [found]).toContain(place);
  });

  test('a district wins over wards of its name', async () => {
    expect(await geocoder.locate('Lincoln')).toMatchObject({
      outcome: 'approximate',
      why: 'typed',
      place: { precision: 'district' },
    });
  });

  test('a name that several places have is several, each with its district, in order', async () => {
    const answer = await geocoder.locate('Abbey');
    expect(answer.outcome).toBe('several');
    const labels = answer.outcome === 'several' ? answer.choices.map((each) => each.label) : [];
    expect(labels.length).toBeGreaterThan(5);
    expect(labels).toContain('Abbey, Merton');
    expect(labels).toEqual(labels.toSorted((a, b) => a.localeCompare(b, 'en')));
  });

  test('London is its boroughs', async () => {
    const answer = await label('London');
    expect(answer).toHaveLength(33);
    expect(answer).toContain('Hackney');
  });

  test("a town is told from a ward far off, and one of the directory's own venues is found", async () => {
    expect(await geocoder.locate('romsey')).toMatchObject({
      place: { label: 'Romsey, Test Valley', precision: 'town' },
      others: [{ label: 'Romsey, Cambridge' }],
    });
    const place = geocoder.placeOf({ kind: 'town', code: 'Romsey' });
    expect(place).toMatchObject({ precision: 'town', latitude: 50.989, wards: null, sector: null });
    expect(place?.districts.map(({ name }) => name)).toContain('Test Valley');
    expect(await label('Little Nowhere')).toBe('Little Nowhere');
    // The ward of the same name lies in the town: one place.
    expect(await label('Bitterne')).toBe('Bitterne');
  });

  test.each([
    ['Truro', 'Truro, Cornwall', 50.263, -5.051],
    ['Penzance', 'Penzance, Cornwall', 50.119, -5.537],
    ['fakenham', 'Fakenham, North Norfolk', 52.83, 0.849],
    ['Lochinver', 'Lochinver, Highland', 58.147, -5.241],
    ['TOTTENHAM', 'Tottenham, Haringey', 51.604, -0.068],
    ['Stamford Hill', 'Stamford Hill, Hackney', 51.571, -0.073],
    ['Clapton', 'Clapton, Hackney', 51.56, -0.055],
    ['Lerwick', 'Lerwick, Shetland Islands', 60.155, -1.145],
    ['Aberystwyth', 'Aberystwyth, Ceredigion', 52.415, -4.083],
    ['Hebden Bridge', 'Hebden Bridge, Calderdale', 53.741, -2.013],
    ['Y Fenni', 'Abergavenny, Monmouthshire', 51.823, -3.017],
    ['St. Ives, Cornwall', 'St Ives, Cornwall', 50.211, -5.481],
    ['Newport, Shropshire', 'Newport, Telford and Wrekin', 52.769, -2.378],
    ['Tonbridge, Kent', 'Tonbridge', 51.195, 0.274],
  ])('%s is %s', async (text, called, latitude, longitude) => {
    const answer = await geocoder.locate(text);
    const place = 'place' in answer ? answer.place : null;
    expect(place).toMatchObject({ label: called });
    expect(Math.abs((place?.latitude ?? 0) - latitude)).toBeLessThan(0.02);
    expect(Math.abs((place?.longitude ?? 0) - longitude)).toBeLessThan(0.03);
  });

  test('of towns that bear one name the one nearest to what is listed is taken, and the others are named', async () => {
    const others = async (text: string, here: typeof TOWNS) => {
      const own = createGeocoder({ db, postcodesIoUrl: null, towns: () => here });
      const answer = await own.locate(text);
      return answer.outcome === 'approximate' ? [answer.place.label, answer.others?.map((each) => each.label)] : [];
    };
    const inYorkshire = [{ name: 'Catterick', latitude: 54.37, longitude: -1.63, count: 4 }];
    const [inLondon, afterwards] = await others('Richmond', TOWNS);
    expect(inLondon).toBe('Richmond');
    expect(afterwards).toContain('Richmond, North Yorkshire');
    expect((await others('Richmond', inYorkshire))[0]).toBe('Richmond, North Yorkshire');
    expect((await others('Richmond', inYorkshire))[1]).toContain('Richmond');
    // Without any listing the largest is.
    expect((await others('Newport', []))[0]).toBe('Newport');
    const onWight = [{ name: 'Ryde', latitude: 50.73, longitude: -1.16, count: 9 }];
    expect(await others('Newport', onWight)).toEqual(['Newport, Isle of Wight', expect.arrayContaining(['Newport'])]);
  });

  test('a county is a place with all its districts; a name that two have is asked about', async () => {
    const kent = await geocoder.locate('Kent');
    expect(kent).toMatchObject({ outcome: 'approximate', place: { label: 'Kent', precision: 'county' } });
    expect('place' in kent && kent.place?.districts).toHaveLength(12);
    expect(await label('West Midlands')).toEqual(['West Midlands county', 'West Midlands region']);
    expect(await label('West Midlands county')).toBe('West Midlands county');
    expect(geocoder.placeOf({ kind: 'county', code: 'E10000016' })?.label).toBe('Kent');
    expect(geocoder.placeOf({ kind: 'county', code: 'E10999999' })).toBeNull();
  });

  test('a town of Northern Ireland is out of coverage, and said to be', async () => {
    for (const town of ['Belfast', 'Omagh', 'Lisburn'])
      expect(await geocoder.locate(town)).toEqual({ outcome: 'outside_coverage', where: 'Northern Ireland' });
  });

  test.each(['asdf', 'Homertn', 'the', '-', "'", 'abq', 'XX', '📍', 'a'.repeat(10_000), 'Hackney1', '%', '\0'])(
    '%j is no place',
    async (text) => {
      expect((await geocoder.locate(text)).outcome).toBe('not_a_postcode');
    },
  );

  test('a district knows its wards, a ward its district', async () => {
    const hackney = geocoder.placeOf({ kind: 'district', code: 'E09000012' });
    expect(hackney?.wards?.map(({ name }) => name)).toContain('Homerton');
    expect(hackney?.wards).toHaveLength(21);
    const homerton = geocoder.placeOf({ kind: 'ward', code: 'E05009376' });
    expect(homerton).toMatchObject({ districts: [{ code: 'E09000012', name: 'Hackney' }], precision: 'ward' });
    expect(homerton?.spread_m).toBeGreaterThan(300);
    for (const kind of ['ward', 'district', 'sector', 'outcode', 'town'] as const) {
      expect(geocoder.placeOf({ kind, code: 'nowhere' })).toBeNull();
    }
  });
});

describe('suggestions', () => {
  test('begin with districts, then towns, then wards', () => {
    const labels = geocoder.suggest('ha', 50).map((each) => each.label);
    expect(labels.indexOf('Hackney')).toBeLessThan(labels.findIndex((each) => each.includes(',')));
    expect(geocoder.suggest('hackney', 3)[0]).toEqual({
      label: 'Hackney',
      key: { kind: 'district', code: 'E09000012' },
    });
    expect(geocoder.suggest('hom', 5).map((each) => each.label)).toContain('Homerton, Hackney');
    expect(geocoder.suggest('roms', 9).map((each) => each.label)).toContain('Romsey, Test Valley');
    expect(geocoder.suggest('little now', 9).map((each) => each.label)).toEqual(['Little Nowhere']);
    expect(geocoder.suggest('totte', 1).map((each) => each.label)).toEqual(['Tottenham, Haringey']);
    expect(geocoder.suggest('kent', 1).map((each) => each.label)).toEqual(['Kent']);
  });

  test('a town that is a district is one suggestion; London is none', () => {
    expect(geocoder.suggest('southampton', 9).filter((each) => each.label === 'Southampton')).toHaveLength(1);
    expect(geocoder.suggest('london', 9).map((each) => each.label)).not.toContain('London');
  });

  test('later words and whole labels are found', () => {
    expect(geocoder.suggest('fulham', 5).map((each) => each.label)).toContain('Hammersmith and Fulham');
    expect(geocoder.suggest('homerton, hack', 5).map((each) => each.label)).toEqual(['Homerton, Hackney']);
  });

  test.each(['e8', 'E8 1', 'hackney 1', '８', '', 'h'])('never for %j', (text) => {
    expect(geocoder.suggest(text, 10)).toEqual([]);
  });

  test('are no more than asked for', () => {
    expect(geocoder.suggest('st', 4)).toHaveLength(4);
    expect(geocoder.suggest('st', 0)).toEqual([]);
  });
});

describe('slips', () => {
  test.each([
    ['GLI 2TJ', 'GL1 2TJ'],
    ['gll 2tj', 'GL1 2TJ'],
    ['P01 2AL', 'PO1 2AL'],
    ['s014 7ly', 'SO14 7LY'],
    ['s014', 'SO14'],
    ['E8 IEA', 'E8 1EA'],
    ['ECIA 1BB', 'EC1A 1BB'],
    ['B51 1AA', 'BS1 1AA'],
  ])('%s is asked about as %s', async (text, suggestion) => {
    expect(await geocoder.locate(text)).toMatchObject({ outcome: 'confirm', suggestion });
  });

  test('of a place out of coverage get the answer of that place', async () => {
    expect(await geocoder.locate('BTI 5GS')).toMatchObject({ outcome: 'outside_coverage', where: 'Northern Ireland' });
  });

  test('what looks like a postcode and cannot be one is unknown', async () => {
    expect(await geocoder.locate('E8 1EO')).toMatchObject({ outcome: 'unknown', nearby: { label: 'E8 1' } });
    expect(await geocoder.locate('S01 4AA')).toEqual({ outcome: 'unknown', nearby: null });
    expect(await geocoder.locate('XX1 1AA')).toEqual({ outcome: 'unknown', nearby: null });
  });

  test('a sector typed without its space is one, where no such outcode exists', async () => {
    expect(await geocoder.locate('E81')).toMatchObject({ outcome: 'approximate', place: { label: 'E8 1' } });
    expect(await geocoder.locate('E11')).toMatchObject({ outcome: 'approximate', place: { label: 'E11' } });
  });
});

describe('parts of postcodes', () => {
  test('an outcode is the middle of its sectors, with the districts that it may lie in', async () => {
    const answer = await geocoder.locate('E8');
    expect(answer).toMatchObject({
      outcome: 'approximate',
      why: 'typed',
      place: { precision: 'outcode', sector: null, wards: null },
    });
    const place = 'place' in answer ? answer.place : null;
    expect(place?.districts[0]?.name).toBe('Hackney');
    expect(place?.spread_m).toBeGreaterThan(800);
    expect(place?.spread_m).toBeLessThan(2500);
  });

  test('one that is gone as a whole is withdrawn', async () => {
    expect(await geocoder.locate('AB1')).toMatchObject({ outcome: 'terminated', place: { label: 'AB1' } });
    expect(await geocoder.locate('AB1 0')).toMatchObject({ outcome: 'terminated', place: { label: 'AB1 0' } });
    expect(await geocoder.locate('AB1 0AA')).toMatchObject({ outcome: 'terminated', place: { precision: 'sector' } });
  });

  test('one that never was is unknown, with what is next to it', async () => {
    expect(await geocoder.locate('E8 7')).toMatchObject({ outcome: 'unknown', nearby: { label: 'E8' } });
    expect(await geocoder.locate('EC9')).toEqual({ outcome: 'unknown', nearby: null });
  });
});

describe('a point without a postcode', () => {
  const at = (latitude: number, longitude: number) =>
    geocoder.placeOf({ kind: 'point', latitude, longitude, sector: null, district: null, ward: null });

  test('is near a sector', () => {
    expect(at(51.5468, -0.0478)).toMatchObject({
      label: 'near E9 6',
      precision: 'postcode',
      districts: [{ name: 'Hackney' }],
    });
  });

  test.each([
    ['Dublin', 53.35, -6.26],
    ['Belfast', 54.6, -5.93],
    ['Calais', 50.95, 1.85],
    ['Douglas', 54.15, -4.48],
    ['the Gulf of Guinea', 0, 0],
  ])('is nowhere in %s', (_, latitude, longitude) => {
    expect(at(latitude, longitude)).toBeNull();
  });

  test.each([
    ['Lerwick', 60.155, -1.145, 'Shetland Islands'],
    ['Altnaharra', 58.286, -4.44, 'Highland'],
    ['Hugh Town', 49.914, -6.315, 'Isles of Scilly'],
  ])('is in Great Britain in %s', (_, latitude, longitude, district) => {
    expect(at(latitude, longitude)?.districts.map(({ name }) => name)).toContain(district);
  });
});

test('Northern Ireland is covered once its rows are imported', async () => {
  const own = openStore(':memory:');
  try {
    const rows = [
      directoryRow('BT1 5GS', { district: 'N09000003', ward: 'N08000310', lat: '54.596', long: '-5.934' }),
      directoryRow('BT1 5GT', { district: 'N09000003', ward: 'N08000310', lat: '54.598', long: '-5.936' }),
    ];
    const path = writeFolder(folder.file('ni'), { 'onspd.csv': directoryCsv(rows) });
    await importPostcodes(own, path, { northernIreland: true });
    const here = createGeocoder({ db: own, postcodesIoUrl: null, towns: () => [] });
    expect(await here.locate('BT1 5GS')).toMatchObject({
      outcome: 'found',
      place: { label: 'BT1 5', latitude: 54.596 },
    });
    expect(await here.locate('BT1')).toMatchObject({
      outcome: 'approximate',
      place: { label: 'BT1', latitude: 54.597 },
    });
    expect(await here.locate('BT1 5')).toMatchObject({
      outcome: 'approximate',
      place: { wards: [{ code: 'N08000310' }] },
    });
    expect(await here.locate('BT1 5ZZ')).toMatchObject({ outcome: 'unknown', nearby: { label: 'BT1 5' } });
    expect(await here.locate('BT9 5ZZ')).toEqual({ outcome: 'outside_coverage', where: 'Northern Ireland' });
  } finally {
    closeStore(own);
  }
});

test('a table of a part of the country leaves the rest to the sectors', async () => {
  const own = openStore(':memory:');
  try {
    await importPostcodes(own, writeFolder(folder.file('part'), codePointFiles()));
    const here = createGeocoder({ db: own, postcodesIoUrl: null, towns: () => [] });
    expect(await here.locate('E8 1EA')).toMatchObject({ outcome: 'found' });
    expect(await here.locate('E8 1EB')).toMatchObject({ outcome: 'approximate', why: 'table' });
    expect(here.precision().improve).toContain('a part of Great Britain');
  } finally {
    closeStore(own);
  }
});
