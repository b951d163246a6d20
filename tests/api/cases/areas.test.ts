import { beforeAll, describe, expect, test } from 'vitest';
import { RIGHT } from '../import/csv-file.ts';
import { group, harvested, sentTable, type Taken } from './front-door.ts';

/** Areas as real directories write them: what they come to, what is kept in words, and what is asked about. */

type Area = { type: string; code: string; name: string; said_as?: string; approximate?: boolean };

const area = (name: string, more: Record<string, unknown> = {}) => ({ name, ...more });
const coded = (name: string, code: string) =>
  area(name, { uri: `http://statistics.data.gov.uk/id/statistical-geography/${code}` });
/** A triangle over Hackney Downs, as GeoJSON. */
const TRIANGLE = {
  type: 'Polygon',
  coordinates: [
    [
      [-0.075, 51.55],
      [-0.05, 51.55],
      [-0.06, 51.565],
      [-0.075, 51.55],
    ],
  ],
};

/** What a feed names, and the codes that it comes to; a code with '~' before it is only approximately what is meant. */
const READ: [areas: Record<string, unknown>[], codes: string | RegExp, count?: number][] = [
  // London is its boroughs, and not the City.
  [[area('London')], /^E09/, 33],
  [[area('Greater London')], /^E09/, 33],
  [[area('All London boroughs')], /^E09/, 33],
  [[area('City of London')], 'E09000001'],
  // Of Haringey, Newham and Greenwich accounts differ.
  [[area('Inner London')], /^~?E09/, 15],
  [[area('Outer London')], /^~?E09/, 21],
  // Regions, by name and by code.
  [[area('North East')], /^E0[68]/, 12],
  [[area('South West England')], /^E0[67]/, 27],
  [[area('Yorkshire & the Humber')], /^E0[68]/, 15],
  [[coded('The north', 'E12000001')], /^E0[68]/, 12],
  // Counties.
  [[area('Kent')], /^E07/, 12],
  [[area('Kent County Council')], /^E07/, 12],
  [[area('Derbyshire')], /^E07/, 8],
  [[area('Sussex')], /^E0[67]/, 13],
  [[area('Herts')], /^E07/, 10],
  [[coded('Here', 'E10000016')], /^E07/, 12],
  // Combined authorities and metropolitan counties.
  [[area('Greater Manchester')], /^E08/, 10],
  [[area('Greater Manchester Combined Authority')], /^E08/, 10],
  [[area('Liverpool City Region')], /^E0[68]/, 6],
  [[area('Tees Valley')], /^E06/, 5],
  [[area('West Yorkshire')], /^E08/, 5],
  // Integrated care boards and health boards.
  [[area('NHS North East London Integrated Care Board')], /^E09/, 8],
  [[area('North Central London ICB')], /^E09/, 5],
  [[area('Kent and Medway ICB')], /^E0[67]/, 13],
  [[area('Bath and North East Somerset, Swindon and Wiltshire')], /^E06/, 3],
  [[area('Betsi Cadwaladr University Health Board')], /^W06/, 6],
  [[area('NHS Lothian')], /^S12/, 4],
  // '&' for 'and'; names with 'and' in them, beside others.
  [[area('Hammersmith & Fulham')], 'E09000013'],
  [[area('Brighton & Hove')], 'E06000043'],
  [[area('Kensington & Chelsea and Hammersmith & Fulham')], 'E09000013 E09000020'],
  [[area('Bournemouth, Christchurch & Poole')], 'E06000058'],
  // Postcode districts.
  [[area('E8 and E9')], 'E8 E9'],
  [[area('Postcodes N16, E5 & E8')], 'E5 E8 N16'],
  [[area('E5 - E9')], 'E5 E6 E7 E8 E9'],
  [[area('SW1')], /^SW1[A-Z]$/, 8],
  [[area('E8 1')], 'E8 1'],
  // Nations, one by one and together.
  [[area('England and Wales')], 'E92000001 W92000004'],
  [[area('Great Britain')], 'E92000001 S92000003 W92000004'],
  [[area('England, Scotland & Northern Ireland')], 'E92000001 N92000002 S92000003'],
  [[area('UK-wide')], 'K02000001'],
  [[area('Nationwide')], 'K02000001'],
  // Welsh and Gaelic names.
  [[area('Ynys Môn')], 'W06000001'],
  [[area('Caerdydd')], 'W06000015'],
  [[area('Sir Benfro')], 'W06000009'],
  [[area('Cymru')], 'W92000004'],
  [[area('Western Isles')], 'S12000013'],
  // Abolished authorities, with what stands in their place.
  [[area('Harrogate')], '~E06000065'],
  [[area('Corby')], '~E06000061'],
  [[area('Mendip')], '~E06000066'],
  [[area('Wycombe')], '~E06000060'],
  [[coded('Taunton Deane', 'E07000190')], '~E06000066'],
  [[area('Barrow-in-Furness')], '~E06000064'],
  // Shortened names, and former names of what is still there.
  [[area('North Yorks')], 'E06000065'],
  [[area('Co. Durham')], 'E06000047'],
  [[area('Bucks')], 'E06000060'],
  [[area('Northants')], /^E06/, 2],
  [[area('Shepway')], 'E07000112'],
  [[area('Bournemouth')], '~E06000058'],
  [[area('St Edmundsbury')], '~E07000245'],
  [[area('Tower Hamlets & Newham')], 'E09000025 E09000030'],
  [[area('LB Hackney')], 'E09000012'],
  // One postcode is somebody's address, and what lies around it is perhaps meant.
  [[area('E8 2AB')], '~E8 2'],
  // A code beats a name.
  [[coded('Hackney', 'E09000019')], 'E09000019'],
  [[coded('Our patch', 'E05009372')], 'E05009372'],
  [[coded('London', 'E09000001')], 'E09000001'],
  // A ward, with its council.
  [[area('Homerton, Hackney')], 'E05009376'],
  // Several records of one list.
  [[area('Hackney'), area('Tower Hamlets')], 'E09000012 E09000030'],
  [[area('Islington; Camden; Haringey')], 'E09000007 E09000014 E09000019'],
  // Words around the name.
  [[area('Residents of the London Borough of Newham only')], 'E09000025'],
  [[area('People living in Camden')], 'E09000007'],
  [[area('Anywhere in Camden')], 'E09000007'],
  // What is taken out, whether or not it lies in what is named.
  [[area('whole of Kent except Medway')], /^E07/, 12],
  [[area('Kent (excluding Thanet and Dover)')], /^E07(?!000108|000114)/, 10],
  [[area('Greater Manchester, but not Bury')], /^E08(?!000002)/, 9],
  // Nations without one of them, and all of something.
  [[area('nationwide (not NI)')], 'E92000001 S92000003 W92000004'],
  [[area('UK except Scotland')], 'E92000001 N92000002 W92000004'],
  [[area('Kent (not Medway)')], /^E07/, 12],
  [[area('Hackney (all wards)')], 'E09000012'],
  [[area('London wide')], /^E09/, 33],
  [[area('All of London')], /^E09/, 33],
  [[area('within the City of London')], 'E09000001'],
  [[area('Hackney', { code: 'E09000030' })], 'E09000030'],
  // What lies around is perhaps served: districts around districts, sectors around what is smaller.
  [[area('Cornwall and the surrounding area')], /^E06000052$|^~E0[67]/, 6],
  [[area('Leeds & neighbouring districts')], /^E08000035$|^~E0[68]/, 10],
  [[area('In and around Leeds')], /^E08000035$|^~E0[68]/, 10],
  [[area('York & district')], /^E06000014$|^~E0[68]/, 4],
  [[area('E8, E9 and surrounding areas')], /^E[89]$|^~E0[6-9]/],
  [[area('Penzance and nearby villages')], /^~TR\d+ \d$/],
  [[area('Fakenham (and the villages around it)')], /^~(NR|PE)\d+ \d$/],
  // Less than all of an area.
  [[area('Parts of Hackney')], '~E09000012'],
  [[area('E8, E9 and part of E5')], '~E5 E8 E9'],
  [[area('Some wards of Newham')], '~E09000025'],
  [[area('Most of Kent')], /^~E07/, 12],
  [[area('All areas of Hackney')], 'E09000012'],
  // Two boards of one name: what belongs to one of them alone is perhaps meant.
  [[area('Cambridgeshire & Peterborough')], /^E0[67]|^~E0[67]/],
  [[area('GM', { identifier: 'E47000001' })], /^E08/, 10],
  // What is drawn on a map is approximate where its border runs through a sector, or may: some reach far.
  [[area('Round the Downs', { extent: TRIANGLE })], /^~?(E|EC|N|W)\d+[A-Z]? \d$/],
  [[area('', { extent: JSON.stringify({ type: 'Feature', geometry: TRIANGLE }) })], /^~?(E|EC|N|W)\d+[A-Z]? \d$/],
  [
    [area('Two parts', { extent: { type: 'MultiPolygon', coordinates: [TRIANGLE.coordinates] } })],
    /^~?(E|EC|N|W)\d+[A-Z]? \d$/,
  ],
  // Towns are approximate too.
  [[area('Fakenham')], /^~NR\d+ \d$/],
  [[area('Hebden Bridge')], /^~(HX|OL)\d+ \d$/],
  [[area('Tottenham')], /^~[EN]\d+ \d$/],
];

/** What a feed names that is no one area: it is kept in words, and the report says what it may be. */
const ASKED: [areas: Record<string, unknown>[], words: string[], says: string][] = [
  [[area('West Midlands')], ['West Midlands'], '‘West Midlands’ may be'],
  [[area('Newport Road and round about')], ['Newport Road and round about'], 'is no area that is known here'],
  [[area('Abbey')], ['Abbey'], '‘Abbey’ may be'],
  [[area('Victoria')], ['Victoria'], '‘Victoria’ may be'],
  [[area('St Mary’s')], ['St Mary’s'], '‘St Mary’s’ may be'],
  // Half of a list would keep out people whom the rest lets in.
  [[area('Hackney'), area('the estate')], ['Hackney', 'the estate'], '‘the estate’ is no area'],
  [[coded('Hackney', 'E09999999')], ['Hackney'], 'is no area that is known here'],
  [[area('West Mids')], ['West Mids'], '‘West Mids’ may be'],
  [[area('All')], ['All'], 'is no area that is known here'],
  [[area('Sheffield City Region')], ['Sheffield City Region'], 'is no area that is known here'],
  [[area('5 miles around Truro')], ['5 miles around Truro'], 'is no area that is known here'],
  // Less than a district, an area of a name that several bear, and a list that may go on with what is served.
  [[area('Kent, except Broadstairs')], ['Kent, except Broadstairs'], 'is no area that is known here'],
  [[area('Kent, except Kingston')], ['Kent, except Kingston'], '‘Kingston’ may be'],
  [[area('Kent, except Medway, Surrey')], ['Kent, except Medway, Surrey'], 'is no area that is known here'],
  [[area('Hackney excluding Hackney')], ['Hackney excluding Hackney'], 'is no area that is known here'],
  [[area('within the M25')], ['within the M25'], 'is no area that is known here'],
  [[area('M4 corridor')], ['M4 corridor'], 'is no area that is known here'],
  [[area('UK and surrounding areas')], ['UK and surrounding areas'], 'is no area that is known here'],
  [[area('villages around Truro')], ['villages around Truro'], 'is no area that is known here'],
  [[area('Part of the borough')], ['Part of the borough'], 'is no area that is known here'],
  [[area('Dalston and surrounding area')], ['Dalston and surrounding area'], '‘Dalston’ may be'],
  [[area('within 5 miles of Truro')], ['within 5 miles of Truro'], 'is no area that is known here'],
  [[area('England except Hackney')], ['England except Hackney'], 'is no area that is known here'],
  [[area('Hackney, not Dalston')], ['Hackney, not Dalston'], '‘not Dalston’ is no area that is known here'],
  [[area('Not Hackney')], ['Not Hackney'], 'is no area that is known here'],
  // A ward of that name lies at the other end of the country.
  [
    [area('Skelmersdale South')],
    ['Skelmersdale South'],
    '‘Skelmersdale South’ may be ‘Skelmersdale South, West Lancashire’',
  ],
  [[area('Wherever we can drive to')], ['Wherever we can drive to'], 'is no area that is known here'],
];

const nameOf = (areas: readonly Record<string, unknown>[], index: number) =>
  `${areas.map((it) => it['name'] || 'a shape').join(' + ')} (${index})`;
const codesOf = (areas: readonly Area[]) => areas.map(({ code, approximate }) => `${approximate ? '~' : ''}${code}`);

const byCode = (a: string, b: string) => a.replace('~', '').localeCompare(b.replace('~', ''));

let feed: Taken;
const TOLD = 'A group whose places say it';
const BY_PLACE = group(TOLD, {});
Object.assign((BY_PLACE['service_at_locations'] as Record<string, unknown>[])[0]!, {
  service_areas: [area('Hackney')],
});

beforeAll(async () => {
  feed = await harvested([
    ...[...READ, ...ASKED].map(([areas], index) => group(nameOf(areas, index), { service_areas: areas })),
    BY_PLACE,
    group('A group that says nothing', {}),
  ]);
});

describe('areas of a feed', () => {
  test.each(READ.map(([areas, codes, count], index) => [nameOf(areas, index), codes, count] as const))(
    '%s',
    async (name, codes, count) => {
      const { service } = await feed.answer(name);
      const found = codesOf(service.service_areas);
      expect(service).toMatchObject({ service_area_status: 'said', service_area_words: [] });
      if (typeof codes === 'string') expect(found.toSorted(byCode).join(' ')).toBe(codes);
      else {
        expect(found.length).toBeGreaterThan(0);
        for (const code of found) expect(code).toMatch(codes);
      }
      if (count !== undefined) expect(found).toHaveLength(count);
    },
  );

  test.each(ASKED.map(([areas, words, says], index) => [nameOf(areas, READ.length + index), words, says] as const))(
    '%s is kept in words',
    async (name, words, says) => {
      const { service } = await feed.answer(name);
      expect(service).toMatchObject({
        service_areas: [],
        service_area_status: 'unread',
        service_area_words: words,
      });
      expect(feed.notes(name).join('\n')).toContain(says);
    },
  );

  test('the area of the place counts where the service names none', async () => {
    expect((await feed.answer(TOLD)).service.service_areas).toEqual([
      { type: 'district', code: 'E09000012', name: 'Hackney' },
    ]);
  });

  test('no area at all is not everywhere; the home of the feed stands beside it', async () => {
    const { service } = await feed.answer('A group that says nothing');
    expect(service).toMatchObject({
      service_areas: [],
      service_area_status: 'unsaid',
      service_area_home: 'Hackney',
    });
  });

  test.each(['A group that says nothing', nameOf(ASKED[7]![0], READ.length + 7)])(
    '%s serves nobody with certainty, near or far',
    async (name) => {
      const { service } = await feed.answer(name);
      for (const from of ['E8', 'TR1']) {
        const answer = await feed.signpost.api.request(`/api/v1/services/${service.id}/reach?postcode=${from}`);
        const { reach } = (await answer.json()) as { reach: { kind: string; certain: boolean; why: string } };
        expect(reach).toMatchObject({ kind: 'unclear', certain: false });
        expect(reach.why).toMatch(new RegExp(`Elsewhere; ask whether it takes people from ${from}$`));
      }
      const search = await feed.signpost.api.request('/api/v1/search?postcode=E8&per_page=100');
      const { results } = (await search.json()) as {
        results: { service: { name: string }; reach: { kind: string } }[];
      };
      for (const one of results) if (one.service.name === name) expect(one.reach.kind).toBe('unclear');
      expect(JSON.stringify(results)).not.toContain('from anywhere');
    },
  );
});

describe('areas of a spreadsheet', () => {
  const READ_CELLS: [cell: string, codes: string | RegExp, count?: number][] = [
    ['London', /^E09/, 33],
    ['Devon', /^E07/, 8],
    ['Kent', /^E07/, 12],
    ['Greater Manchester', /^E08/, 10],
    ['E8; E9', 'E8 E9'],
    ['Hammersmith & Fulham', 'E09000013'],
    ['Harrogate', '~E06000065'],
    ['Sir Fynwy', 'W06000021'],
    ['Cornwall and surrounding areas', /^E06000052$|^~E0[67]/, 6],
    ['Parts of Hackney', '~E09000012'],
  ];
  const REFUSED: [cell: string, says: string][] = [
    ['West Midlands', 'Several areas are called ‘West Midlands’. Write'],
    ['Abbey', 'Several areas are called ‘Abbey’.'],
    ['Hakney', 'Did you mean ‘Hackney’?'],
    ['Skelmersdale South', 'far from the venue'],
  ];

  test('what is understood is used, and what is not is said', async () => {
    const row = (cell: string) => ({ ...RIGHT, name: `Row for ${cell}`, 'area served': cell });
    const table = await sentTable([...READ_CELLS, ...REFUSED].map(([cell]) => row(cell)));
    for (const [cell, codes, count] of READ_CELLS) {
      const found = codesOf((await table.answer(`Row for ${cell}`)).service.service_areas);
      if (typeof codes === 'string') expect(found.toSorted().join(' ')).toBe(codes);
      else for (const code of found) expect(code).toMatch(codes);
      if (count !== undefined) expect(found).toHaveLength(count);
    }
    for (const [cell, says] of REFUSED) expect(table.notes(`Row for ${cell}`).join('\n')).toContain(says);
  });

  test('that nobody has said them, or not so that it could be read, is said by the cell and comes back so', async () => {
    const cells = [
      ['Not said', 'unsaid', []],
      ['N/A', 'unsaid', []],
      ['not understood: Our patch; Round about', 'unread', ['Our patch', 'Round about']],
      ['', 'said', []],
    ] as const;
    const table = await sentTable(
      cells.map(([cell]) => ({ ...RIGHT, name: `Row of ${cell || 'nothing'}`, 'area served': cell })),
    );
    for (const [cell, status, words] of cells)
      expect((await table.answer(`Row of ${cell || 'nothing'}`)).service).toMatchObject({
        service_areas: [],
        service_area_status: status,
        service_area_words: words,
      });
  });
});
