import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DownloadError, withCodePointOpen } from '#api/geocode/download.ts';
import { fillPostcodes } from '#api/geocode/fill.ts';
import { importPostcodes, postcodeSource } from '#api/geocode/import/import.ts';
import { takeImportLease } from '#api/store/import-lease.ts';
import { closeStore, type Db, openStore } from '#api/store/open.ts';
import { readSetting } from '#api/store/settings.ts';
import { CODE_POINT, codePointFiles, writeFolder, zipOf } from '../../fixtures/postcode-files.ts';
import { NOW } from '../../helpers/clock.ts';
import { type Folder, temporaryFolder } from '../../helpers/folder.ts';

let folder: Folder;
let db: Db;
let lines: string[];
let asked: number;
/** What was kept of it while it was under way. */
let tried: (string | null)[];
let server: Server;
let url: string;
/** What the server answers: a body, cut off after so many bytes, or nothing at all. */
let reply: { body?: Uint8Array; cut?: number; status?: number };

beforeEach(async () => {
  folder = temporaryFolder();
  db = openStore(':memory:');
  lines = [];
  asked = 0;
  tried = [];
  reply = {};
  server = createServer((_, response) => {
    asked++;
    const { body, cut, status = 200 } = reply;
    if (!body) return;
    response.writeHead(status, { 'content-length': body.length });
    response.write(body.subarray(0, cut ?? body.length));
    if (cut === undefined) response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/downloads`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  closeStore(db);
  folder.remove();
});

/** Patient with a server that will answer, however busy the machine is. */
const fill = (...folders: string[]) =>
  fillPostcodes(db, {
    now: () => new Date(NOW),
    log: (line) => lines.push(line),
    folders,
    download: { url, ...(reply.body ? {} : { patience: 100, stall: 100 }), onProgress: () => tried.push(mark()) },
  });
/** What is kept of a download that failed. */
const mark = () => readSetting(db, 'postcodes_download_tried');

test('the first folder that holds postcodes is taken', async () => {
  const first = folder.file('first');
  const second = writeFolder(folder.file('second'), codePointFiles(CODE_POINT, '2025.3.0', '202507'));
  const third = writeFolder(folder.file('third'), codePointFiles());
  await fill(first, second, third);
  expect(postcodeSource(db)).toMatchObject({ source: 'Code-Point Open 2025.3.0', live: 7 });
  expect(lines.at(-1)).toBe('Postcodes: Code-Point Open 2025.3.0, 7 in use and 0 withdrawn.');
  expect(asked).toBe(0);
});

test('a filled table is left as it is', async () => {
  await fill(writeFolder(folder.file('a'), codePointFiles()));
  const said = lines.length;
  await fill(writeFolder(folder.file('b'), codePointFiles(CODE_POINT, '2026.1.0', '202601')));
  expect(postcodeSource(db)?.source).toBe('Code-Point Open 2025.4.0');
  expect(lines).toHaveLength(said);
});

test.each<[string, (db: Db) => void]>([
  ['was never drawn', (it) => it.exec("DELETE FROM postcode_cell; DELETE FROM setting WHERE name = 'postcode_cells'")],
  [
    'is of another table',
    (it) => it.exec("DELETE FROM postcode_cell; UPDATE setting SET value = 'another' WHERE name = 'postcode_cells'"),
  ],
  [
    'is of an earlier version, which did not say of which table it is',
    (it) => it.exec("UPDATE setting SET value = json_remove(value, '$.ground') WHERE name = 'postcodes'"),
  ],
])('a map that %s is drawn anew from the table, once', async (_, spoil) => {
  await fill(writeFolder(folder.file('a'), codePointFiles()));
  const ground = () => [
    db.prepare('SELECT * FROM postcode_cell ORDER BY id').raw().all(),
    db.prepare("SELECT value FROM setting WHERE name = 'postcode_cells'").pluck().get(),
  ];
  const drawn = ground();
  spoil(db);
  await fill();
  expect(ground()).toEqual(drawn);
  expect(lines.at(-1)).toBe('Drawing the map from the postcodes anew …');
  const said = lines.length;
  await fill();
  expect(lines).toHaveLength(said);
  expect(asked).toBe(0);
});

test('a broken file is named and passed over, and the start goes on', async () => {
  const broken = writeFolder(folder.file('broken'), { 'codepo_gb.zip': 'not a zip' });
  await fill(broken, writeFolder(folder.file('whole'), codePointFiles()));
  expect(lines.join('\n')).toContain('codepo_gb.zip: it is no readable zip file');
  expect(postcodeSource(db)?.live).toBe(7);
});

test('without a folder the open download is fetched', async () => {
  reply = { body: zipOf(codePointFiles()) };
  await fill(folder.file('none'));
  expect(postcodeSource(db)?.source).toBe('Code-Point Open 2025.4.0');
  // Whoever is ended in the middle of it may try again.
  expect(new Set([...tried, mark()])).toEqual(new Set([null]));
});

test('a temporary folder that cannot be used is a clear sentence, and the start goes on', async () => {
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) vi.stubEnv(name, folder.file('nowhere'));
  try {
    await fill();
    expect(lines.join('\n')).toMatch(/the temporary folder .*nowhere cannot be used \(ENOENT\); set TMPDIR/);
    expect([asked, postcodeSource(db)]).toEqual([0, null]);
  } finally {
    vi.unstubAllEnvs();
  }
});

describe('another process that fills the same file is waited for', () => {
  const waiting = () => vi.waitUntil(() => lines.some((line) => line.startsWith('Another process')));

  test('and what it has put in is used', async () => {
    const lease = takeImportLease(db);
    const filled = fill(writeFolder(folder.file('mine'), codePointFiles(CODE_POINT, '2026.1.0', '202601')));
    await waiting();
    lease.release();
    await importPostcodes(db, writeFolder(folder.file('theirs'), codePointFiles()));
    await filled;
    expect(postcodeSource(db)?.source).toBe('Code-Point Open 2025.4.0');
  });

  test('and where it has put in nothing, this one does', async () => {
    const lease = takeImportLease(db);
    const filled = fill(writeFolder(folder.file('mine'), codePointFiles()));
    await waiting();
    lease.release();
    await filled;
    expect(postcodeSource(db)?.live).toBe(7);
    expect(lines.filter((line) => line.startsWith('Another process'))).toHaveLength(1);
  });
});

test('a network that does not answer is tried on the first start alone', async () => {
  await fill();
  expect(postcodeSource(db)).toBeNull();
  expect(lines.join('\n')).toMatch(/could not be fetched from 127\.0\.0\.1:\d+: no answer within 0\.1 seconds/);
  expect(asked).toBe(1);
  expect(mark()).toMatch(/^\d{4}-\d\d-\d\d$/);
  await fill();
  expect(asked).toBe(1);
  // A file that is put there later is taken all the same.
  await fill(writeFolder(folder.file('later'), codePointFiles()));
  expect(postcodeSource(db)?.live).toBe(7);
});

test.each([
  ['breaks off', () => ({ body: zipOf(codePointFiles()), cut: 300 }), /nothing more came for 0\.1 seconds/],
  ['answers with an error', () => ({ body: new Uint8Array(3), status: 503 }), /503/],
  ['never answers', () => ({}), /no answer within 0\.1 seconds/],
])('a download that %s is a clear sentence', async (_, answer, message) => {
  reply = answer();
  const fetched = withCodePointOpen({ url, patience: 100, stall: 100 }, async () => 'used');
  await expect(fetched).rejects.toThrow(DownloadError);
  await expect(fetched).rejects.toThrow(message);
  await expect(fetched).rejects.toThrow('npm run postcodes -- FILE');
});

test('nobody there is a clear sentence', async () => {
  await expect(withCodePointOpen({ url: 'http://127.0.0.1:1/' }, async () => null)).rejects.toThrow(
    /could not be fetched from 127\.0\.0\.1:1: no connection/,
  );
});

test('a download is removed when it has been used, and when its use failed', async () => {
  reply = { body: zipOf(codePointFiles()) };
  let path = '';
  const shares: number[] = [];
  await withCodePointOpen({ url, onProgress: (share) => shares.push(share) }, async (given) => {
    path = given;
    expect(existsSync(path)).toBe(true);
  });
  expect(existsSync(path)).toBe(false);
  expect(shares.at(-1)).toBe(1);
  await expect(
    withCodePointOpen({ url }, async (given) => {
      path = given;
      writeFileSync(given, 'x');
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  expect(existsSync(path)).toBe(false);
  expect(readdirSync(tmpdir())).not.toContain(path.split('/').at(-2));
});
