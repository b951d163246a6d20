import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { importPostcodes, postcodeSource } from '#api/geocode/import/import.ts';
import { closeStore, type Db, openStore } from '#api/store/open.ts';
import { eachPostcode, postcodeTable } from '#api/store/postcodes.ts';
import {
  CODE_POINT,
  codePointFiles,
  directoryCsv,
  directoryRow,
  writeFolder,
  zipOf,
} from '../../fixtures/postcode-files.ts';
import { type Folder, temporaryFolder } from '../../helpers/folder.ts';

let folder: Folder;
let db: Db;

beforeEach(() => {
  folder = temporaryFolder();
  db = openStore(folder.file('signpost.sqlite'));
});
afterEach(() => {
  closeStore(db);
  folder.remove();
});

const put = (name: string, content: string | Uint8Array): string => {
  writeFileSync(folder.file(name), content);
  return folder.file(name);
};
const putZip = (name: string, areas = CODE_POINT, version?: string, month?: string) =>
  put(name, zipOf(codePointFiles(areas, version, month)));
const find = (postcode: string) => postcodeTable(db).find(postcode);

const E8 = { latitude: 51.54503, longitude: -0.05643, district: 'E09000012', ward: 'E05009372', ended: null };

describe('each layout', () => {
  test('Code-Point Open as a zip', async () => {
    const made = await importPostcodes(db, putZip('codepo_gb.zip'));
    expect(made).toEqual({ source: 'Code-Point Open 2025.4.0', edition: '2025-10', live: 7, withdrawn: 0 });
    expect(postcodeSource(db)).toEqual(made);
    expect(find('E8 1EA')).toEqual(E8);
    expect(find('N1P 3AA')).toMatchObject({ latitude: null, longitude: null, district: null, ended: null });
    expect(find('B29 6XE')).toMatchObject({ latitude: 52.43704, district: null, ward: null });
    expect(find('E8 4ZZ')).toBeNull();
  });

  test('Code-Point Open as a folder, and as one of its files', async () => {
    await importPostcodes(db, writeFolder(folder.file('codepo'), codePointFiles()));
    expect(find('E8 1EA')).toEqual(E8);
    const one = put('e.csv', '"E8 1EB",10,534870,184694,"E92000001","","","","E09000012","E05009372"\n');
    await importPostcodes(db, one);
    expect(find('E8 1EB')).toEqual(E8);
    expect(find('N1 1AA')).toMatchObject({ ended: null });
  });

  const rows = [
    directoryRow('E8 1EA'),
    directoryRow('AB1 0AA', {
      until: '199606',
      district: 'S12000033',
      ward: 'S13002843',
      lat: '57.101474',
      long: '-2.242851',
    }),
    directoryRow('N1P 3AA', { district: '', ward: '', lat: '99.999999', long: '0.000000' }),
    directoryRow('JE2 4WD', { district: 'L99999999', ward: 'L99999999', lat: '99.999999', long: '0.000000' }),
    directoryRow('BT1 5GS', {
      from: '202405',
      district: 'N09000003',
      ward: 'N08000310',
      lat: '54.596',
      long: '-5.934',
    }),
    directoryRow('GIR 0AA', { district: '', ward: '', lat: '99.999999', long: '0.000000' }),
  ];

  test.each([
    ['a CSV', (text: string) => put('ONSPD_MAY_2024_UK.csv', text)],
    ['a .gz', (text: string) => put('onspd.csv.gz', gzipSync(text))],
    [
      'a zip',
      (text: string) =>
        put(
          'ONSPD.zip',
          zipOf({ 'Data/ONSPD_MAY_2024_UK.csv': text, 'Data/multi_csv/AB.csv': 'x', 'Documents/readme.csv': 'a,b' }),
        ),
    ],
  ])('the ONS Postcode Directory as %s', async (_, write) => {
    const made = await importPostcodes(db, write(directoryCsv(rows)));
    expect(made).toEqual({ source: 'ONS Postcode Directory of 2024-05', edition: '2024-05', live: 2, withdrawn: 1 });
    expect(find('E8 1EA')).toMatchObject({ latitude: 51.54503, longitude: -0.05641, district: 'E09000012' });
    expect(find('AB1 0AA')).toMatchObject({ latitude: 57.10147, ended: '1996-06' });
    expect(find('N1P 3AA')).toMatchObject({ latitude: null, longitude: null });
    expect(find('JE2 4WD')).toBeNull();
    expect(find('BT1 5GS')).toBeNull();
  });

  test.each([
    ['of 2025', 'pcd7,pcd8,pcds,dointr,doterm,lad25cd,wd25cd,east1m,north1m,gridind,lat,long'],
    ['of NSPL', 'pcd,pcd2,pcds,dointr,doterm,laua,ward,oseast1m,osnrth1m,osgrdind,lat,long'],
    [
      'in quotation marks',
      '"PCD7","PCD8","PCDS","DOINTR","DOTERM","OSLAUA","OSWARD","OSEAST1M","OSNRTH1M","OSGRDIND","LAT","LONG"',
    ],
  ])('with the header %s', async (_, header) => {
    await importPostcodes(db, put('directory.csv', directoryCsv(rows, header)));
    expect(find('E8 1EA')).toMatchObject({ latitude: 51.54503, district: 'E09000012', ward: 'E05009372' });
  });

  test('Northern Ireland only where it is asked for', async () => {
    await importPostcodes(db, put('onspd.csv', directoryCsv(rows)), { northernIreland: true });
    expect(find('BT1 5GS')).toMatchObject({ latitude: 54.596, longitude: -5.934, district: 'N09000003' });
    expect(find('JE2 4WD')).toBeNull();
  });

  test('a list of withdrawn ones', async () => {
    const text = 'postcode,lat,lng,district_2014,ward_2014\nE8 1EB,51.5,-0.1,E09000012,E05000231\nN1P 9ZZ,,,,\n';
    const made = await importPostcodes(db, put('terminated.csv.gz', gzipSync(text)));
    expect(made).toMatchObject({ live: 0, withdrawn: 2 });
    expect(find('E8 1EB')).toMatchObject({ latitude: 51.5, ended: '' });
    expect(find('N1P 9ZZ')).toMatchObject({ latitude: null, ended: '' });
  });

  test('names from the code list reach the table', async () => {
    await importPostcodes(db, putZip('codepo_gb.zip'));
    expect(postcodeTable(db).nameOf('E05009376')).toBe('Homerton');
    expect(postcodeTable(db).nameOf('E09000012')).toBe('Hackney');
    expect(postcodeTable(db).nameOf('E09999999')).toBeNull();
  });

  test('every postcode with a point is handed out once, by sector', async () => {
    await importPostcodes(db, putZip('codepo_gb.zip'));
    const all = [...eachPostcode(db)].length;
    const seen: unknown[] = [];
    for (const { sector, district } of eachPostcode(db)) seen.push([sector, district]);
    expect(all).toBe(6);
    expect(seen).toEqual([
      ['B29 6', 'E08000025'],
      ['B29 6', null],
      ['E8 1', 'E09000012'],
      ['E8 1', 'E09000012'],
      ['E8 3', 'E09000012'],
      ['N1 1', 'E09000019'],
    ]);
  });
});

describe('editions over each other', () => {
  const withdrawnList = 'postcode,lat,lng\nE8 1EA,51.1,-0.1\nE8 9AA,51.2,-0.2\n';

  test('one in use wins over a list of withdrawn ones, whichever comes first', async () => {
    const zip = putZip('codepo_gb.zip');
    const list = put('terminated.csv', withdrawnList);
    for (const order of [
      [zip, list],
      [list, zip],
    ]) {
      db.exec("DELETE FROM postcode; DELETE FROM setting WHERE name = 'postcodes'");
      for (const path of order) await importPostcodes(db, path);
      expect(find('E8 1EA')).toEqual(E8);
      expect(find('E8 9AA')).toMatchObject({ latitude: 51.2, ended: '' });
      expect(postcodeSource(db)).toMatchObject({ source: 'Code-Point Open 2025.4.0', live: 7, withdrawn: 1 });
    }
  });

  test('a folder with several is read together', async () => {
    putZip('codepo_gb.zip');
    put('terminated.csv', withdrawnList);
    put('districts.csv', 'code,name\nE09000012,Hackney\n');
    put('onspd.csv', directoryCsv([directoryRow('AB1 0AA', { until: '199606', lat: '57.101474', long: '-2.242851' })]));
    const made = await importPostcodes(db, folder.path);
    expect(made).toMatchObject({ source: 'Code-Point Open 2025.4.0', edition: '2025-10', live: 7, withdrawn: 2 });
    expect(find('AB1 0AA')).toMatchObject({ ended: '1996-06' });
  });

  test('a reused postcode: withdrawn in the older edition, in use in the newer', async () => {
    await importPostcodes(
      db,
      put('old.csv', directoryCsv([directoryRow('E8 1EA', { until: '201006', lat: '50', long: '-3' })])),
    );
    expect(find('E8 1EA')).toMatchObject({ ended: '2010-06' });
    await importPostcodes(db, putZip('codepo_gb.zip'));
    expect(find('E8 1EA')).toEqual(E8);
  });

  test('the newest wins whatever the order: withdrawn in the newer edition, in use in the older', async () => {
    const newer = put('new.csv', directoryCsv([directoryRow('E8 1EA', { until: '202601' })]));
    const older = putZip('codepo_gb.zip');
    for (const order of [
      [newer, older],
      [older, newer],
    ]) {
      db.exec("DELETE FROM postcode; DELETE FROM setting WHERE name = 'postcodes'");
      for (const path of order) await importPostcodes(db, path);
      expect(find('E8 1EA')).toMatchObject({ ended: '2026-01' });
      expect(find('N1 1AA')).toMatchObject({ ended: null });
      expect(postcodeSource(db)?.edition).toBe('2026-01');
    }
  });

  test('what a newer Code-Point Open no longer names is withdrawn, in the areas that it holds', async () => {
    await importPostcodes(db, putZip('old.zip'));
    const fewer = { e: CODE_POINT['e']?.slice(0, 2) ?? [] };
    await importPostcodes(db, putZip('new.zip', fewer, '2026.1.0', '202601'));
    expect(find('E8 3AB')).toMatchObject({ latitude: 51.54337, ended: '' });
    expect(find('N1 1AA')).toMatchObject({ ended: null });
    expect(postcodeSource(db)).toMatchObject({ source: 'Code-Point Open 2026.1.0', live: 6, withdrawn: 1 });
    // The older edition once more changes nothing.
    await importPostcodes(db, putZip('old.zip'));
    expect(find('E8 3AB')).toMatchObject({ ended: '' });
    expect(postcodeSource(db)).toMatchObject({ source: 'Code-Point Open 2026.1.0', live: 6, withdrawn: 1 });
  });

  test('codes that no postcode in use has any more are dropped from withdrawn ones', async () => {
    await importPostcodes(db, putZip('codepo_gb.zip'));
    const text =
      'postcode,lat,lng,district_2014,ward_2014\nNN1 1AA,52.2,-0.9,E07000154,E05008700\n' +
      'E8 9AA,51.5,-0.1,E09000012,E05000231\nE8 9AB,51.5,-0.1,E09000012,E05009376\n';
    await importPostcodes(db, put('terminated.csv', text));
    expect(find('NN1 1AA')).toMatchObject({ district: null, ward: null });
    expect(find('E8 9AA')).toMatchObject({ district: 'E09000012', ward: null });
    expect(find('E8 9AB')).toMatchObject({ district: 'E09000012', ward: 'E05009376' });
  });
});

describe('a broken file names the place and leaves the old table whole', () => {
  const cut = (area: string, change: (text: string) => string) => {
    const files = codePointFiles();
    files[`Data/CSV/${area}.csv`] = change(files[`Data/CSV/${area}.csv`] as string);
    return files;
  };
  const replaced = (from: string, to: string) => cut('e', (text) => text.replace(from, to));
  const directoryOf = (...rows: string[]) => put('onspd.csv', directoryCsv([directoryRow('E8 1EA'), ...rows]));

  const CASES: [name: string, path: () => string, message: RegExp][] = [
    [
      'a zip cut short',
      () => put('half.zip', zipOf(codePointFiles()).slice(0, -60)),
      /^half\.zip: .*damaged or was not fetched/,
    ],
    ['a zip that is none', () => put('page.zip', '<html>Not found</html>'), /^page\.zip: it is no readable zip file/],
    ['a file of nothing', () => put('none.zip', ''), /^none\.zip: /],
    [
      'a zip with a byte changed',
      () => {
        const bytes = zipOf(codePointFiles());
        const at = Buffer.from(bytes).indexOf('Data/CSV/e.csv') + 40;
        return put(
          'bent.zip',
          bytes.map((byte, index) => (index === at ? byte ^ 0xff : byte)),
        );
      },
      /^bent\.zip: Data\/CSV\/e\.csv, line \d+: cannot be read beyond here/,
    ],
    [
      'a line cut short',
      () => put('a.zip', zipOf(cut('e', (text) => text.slice(0, -20)))),
      /Data\/CSV\/e\.csv, line 3, column 9 \(district\): a quotation mark is out of place/,
    ],
    [
      'a file cut between lines',
      () => put('a.zip', zipOf(cut('e', (text) => text.split('\r\n').slice(0, 2).join('\r\n')))),
      /e\.csv, line 3: the file ends here with 2 postcodes, where Doc\/metadata\.txt counts 3/,
    ],
    [
      'a file that is missing',
      () => {
        const { 'Data/CSV/e.csv': _, ...files } = codePointFiles();
        return put('a.zip', zipOf(files));
      },
      /metadata\.txt: it counts postcodes of E, whose CSV is missing/,
    ],
    [
      'a number that is none',
      () => put('a.zip', zipOf(replaced('534971', '53x971'))),
      /e\.csv, line 2, column 3 \(easting\): expected a number from 0 to 700000, found '53x971'/,
    ],
    [
      'a number out of range',
      () => put('a.zip', zipOf(replaced('184694', '9184694'))),
      /e\.csv, line 1, column 4 \(northing\): .* found '9184694'/,
    ],
    [
      'a postcode that is none',
      () => put('a.zip', zipOf(replaced('E8 1HE', 'E8 1HEX'))),
      /e\.csv, line 2, column 1 \(postcode\): expected a postcode, found 'E8 1HEX'/,
    ],
    [
      'a district that is none',
      () => put('a.zip', zipOf(replaced('E09000012', 'Hackney'))),
      /e\.csv, line 1, column 9 \(district\): .* found 'Hackney'/,
    ],
    [
      'a quotation mark that is not closed',
      () => put('a.zip', zipOf(replaced('"E8 1HE"', '"E8 1HE'))),
      /e\.csv, line 2/,
    ],
    [
      'one column too many',
      () => put('a.zip', zipOf(replaced('"E05009376"', '"E05009376",""'))),
      /e\.csv, line 2, column 11: expected 10 columns, found 11/,
    ],
    [
      'half a directory',
      () => put('onspd.csv', directoryCsv([directoryRow('E8 1EA'), directoryRow('E8 1HE').slice(0, 30)])),
      /^onspd\.csv, line 3, column \d+: expected 12 columns/,
    ],
    [
      'a latitude that is none',
      () => directoryOf(directoryRow('E8 1HE', { lat: 'north' })),
      /^onspd\.csv, line 3, column 11 \(lat\): .* found 'north'/,
    ],
    ['no latitude', () => directoryOf(directoryRow('E8 1HE', { lat: '' })), /^onspd\.csv, line 3, column 11 \(lat\)/],
    [
      'a month that is none',
      () => directoryOf(directoryRow('E8 1HE', { until: '201613' })),
      /^onspd\.csv, line 3, column 5 \(doterm\): .* found '201613'/,
    ],
    [
      'a .gz cut short',
      () =>
        put(
          'onspd.csv.gz',
          gzipSync(
            directoryCsv(
              Array.from({ length: 9000 }, (_, at) => directoryRow(`E8 ${at % 10}EA`, { lat: String(51 + at / 1e5) })),
            ),
          ).subarray(0, -3000),
        ),
      /^onspd\.csv\.gz, line \d+: cannot be read beyond here/,
    ],
    [
      'a list with half a point',
      () => put('gone.csv', 'postcode,lat,lng\nE8 1EA,51.5,\n'),
      /^gone\.csv, line 2, column 3 \(lng\)/,
    ],
    [
      'some other CSV',
      () => put('other.csv', 'name,phone\nx,1\n'),
      /other\.csv: in no layout that is known; expected Code-Point Open/,
    ],
    ['a path to nowhere', () => folder.file('nowhere.zip'), /nowhere\.zip: there is no such file or folder/],
  ];

  test.each(CASES)('%s', async (_, path, message) => {
    await importPostcodes(db, putZip('codepo_gb.zip', CODE_POINT, '2025.3.0', '202507'));
    const before = contents();
    await expect(importPostcodes(db, path())).rejects.toThrow(message);
    expect(contents()).toEqual(before);
  });

  test('so does an import that fails while it writes', async () => {
    await importPostcodes(db, putZip('old.zip', CODE_POINT, '2025.3.0', '202507'));
    const before = contents();
    const onProgress = (stage: string) => {
      if (stage === 'writing') throw new Error('the disk is full');
    };
    await expect(importPostcodes(db, putZip('codepo_gb.zip'), { onProgress })).rejects.toThrow('the disk is full');
    expect(contents()).toEqual(before);
    // And it can be done again.
    await expect(importPostcodes(db, putZip('codepo_gb.zip'))).resolves.toMatchObject({ edition: '2025-10' });
  });

  test('so does one that fails while it puts the map’s ground in', async () => {
    await importPostcodes(db, putZip('old.zip', CODE_POINT, '2025.3.0', '202507'));
    db.exec(`CREATE TRIGGER full BEFORE INSERT ON postcode_cell BEGIN SELECT RAISE (ABORT, 'the disk is full'); END`);
    const before = contents();
    await expect(importPostcodes(db, putZip('codepo_gb.zip'))).rejects.toThrow('the disk is full');
    expect(contents()).toEqual(before);
  });

  const contents = () => ({
    postcodes: db.prepare('SELECT * FROM postcode').raw().all(),
    areas: db.prepare('SELECT * FROM postcode_area').raw().all(),
    cells: db.prepare('SELECT * FROM postcode_cell').raw().all(),
    settings: db.prepare('SELECT * FROM setting').raw().all(),
    tables: db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all(),
  });
});

test('whoever reads meanwhile has the old table whole, then the new one, without being opened again', async () => {
  const old = { e: [(CODE_POINT['e']?.[0] ?? '').replace('E05009372', 'E05009376')] };
  await importPostcodes(db, putZip('old.zip', old, '2025.3.0', '202507'));
  const reader = openStore(folder.file('signpost.sqlite'));
  try {
    const table = postcodeTable(reader);
    expect(table.find('E8 1EA')).toMatchObject({ ward: 'E05009376' });
    const during: unknown[] = [];
    const onProgress = (stage: string) => {
      if (stage === 'writing') during.push(table.find('E8 1EA')?.ward, table.find('N1 1AA'));
    };
    await importPostcodes(db, putZip('codepo_gb.zip'), { onProgress });
    expect(during).toEqual(['E05009376', null]);
    expect(table.find('E8 1EA')).toMatchObject({ ward: 'E05009372' });
    expect(table.find('N1 1AA')).toMatchObject({ ward: 'E05013710' });
  } finally {
    closeStore(reader);
  }
});

test('progress goes from nothing to all of each stage, and never back', async () => {
  const told: Record<string, number[]> = {};
  await importPostcodes(db, putZip('codepo_gb.zip'), {
    onProgress: (stage, share) => {
      told[stage] ??= [];
      told[stage].push(share);
    },
  });
  expect(Object.keys(told)).toEqual(['reading', 'drawing the map', 'writing']);
  for (const shares of Object.values(told)) {
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  }
});
