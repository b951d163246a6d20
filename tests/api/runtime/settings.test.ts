import { describe, expect, test } from 'vitest';
import { readSettings, SETTINGS, SettingsError } from '../../../api/runtime/settings.ts';
import { pageHeaders } from '../../../api/server/headers.ts';

describe('settings', () => {
  test('without any, the defaults', () => {
    expect(readSettings({})).toEqual({
      PORT: 8080,
      HOST: '',
      DATABASE: 'data/signpost.sqlite',
      DATABASE_NEW: null,
      READ_ONLY: 0,
      FIRST_SERVER: null,
      LITESTREAM: 0,
      BACKUP_FOLDER: null,
      BACKUP_KEEP: 14,
      WORKERS: 1,
      SECRET: null,
      POSTCODES_IO_URL: null,
      MAP_TILES_URL: null,
      MAP_TILES_ATTRIBUTION: '',
      DIRECTIONS_URL: null,
      OPERATOR: '',
      CONTACT: null,
      SITE_URL: null,
      MODERATORS: [],
      SMTP_URL: null,
      MAIL_FROM: null,
      TRUST_PROXY: 0,
      EMBED_HOSTS: [],
      URGENT_FILE: null,
      NEEDS_FOLDER: null,
      RATE_LIMIT: 600,
      IMPORT_PRIVATE: 0,
    });
  });

  test('mail: who it is from, who looks after the directory, where links lead', () => {
    const { MODERATORS, SITE_URL, MAIL_FROM } = readSettings({
      MODERATORS: 'Ann@Example.org,  bob@example.org',
      SITE_URL: 'https://signpost.example.org/',
      SMTP_URL: 'smtp://user:secret@localhost:2525',
      MAIL_FROM: 'Signpost in Hackney <signpost@example.org>',
    });
    expect(MODERATORS).toEqual(['ann@example.org', 'bob@example.org']);
    expect(SITE_URL).toBe('https://signpost.example.org');
    expect(MAIL_FROM).toBe('Signpost in Hackney <signpost@example.org>');
    expect(() => readSettings({ SMTP_URL: 'smtp://localhost' })).toThrow('MAIL_FROM is missing');
  });

  test('an empty value counts as not set', () => {
    expect(readSettings({ PORT: '', DATABASE: ' ' })).toEqual(readSettings({}));
  });

  test.each([
    ['PORT', 'http', 'PORT must be a whole number from 0 to 65535.'],
    ['PORT', '70000', 'PORT must be a whole number from 0 to 65535.'],
    ['PORT', '-1', 'PORT must be a whole number from 0 to 65535.'],
    ['SITE_URL', 'signpost.example.org', 'SITE_URL must be a web address that starts with https://'],
    ['SITE_URL', 'http://signpost.example.org', 'over http:// anybody on the way could read the keys in the links'],
    ['MODERATORS', 'ann@example.org, bob', 'MODERATORS must be e-mail addresses with commas between'],
    ['SMTP_URL', 'smtp.example.org', 'SMTP_URL must look like smtp://user:password@host:587'],
    ['MAIL_FROM', 'Signpost', 'MAIL_FROM must be an e-mail address, or a name and an address'],
    ['TRUST_PROXY', 'yes', 'TRUST_PROXY must be a whole number from 0 to 10.'],
    ['RATE_LIMIT', '1.5', 'RATE_LIMIT must be a whole number from 0 to 100000.'],
    ['SECRET', 'hunter2', 'SECRET must have at least 32 characters'],
    ['POSTCODES_IO_URL', 'postcodes.io', 'POSTCODES_IO_URL must be a web address that starts with https://.'],
    ['POSTCODES_IO_URL', 'ftp://postcodes.io', 'POSTCODES_IO_URL must be a web address that starts with https://'],
    [
      'POSTCODES_IO_URL',
      'http://api.postcodes.io',
      'starts with https://: over http:// anybody on the way could read the postcodes that it is sent. http:// serves',
    ],
    ['POSTCODES_IO_URL', 'http://172.32.0.1:8000', 'over http:// anybody on the way'],
    ['POSTCODES_IO_URL', 'http://[2001:db8::1]', 'over http:// anybody on the way'],
    ['POSTCODES_IO_URL', 'http://localhost.example.org', 'over http:// anybody on the way'],
    [
      'MAP_TILES_URL',
      'http://tile.example.org/{z}/{x}/{y}.png',
      'over http:// anybody on the way could read which places people look at',
    ],
    ['MAP_TILES_URL', 'https://%zz/{z}/{x}/{y}', 'MAP_TILES_URL must be a web address'],
    ['MAP_TILES_URL', 'https://{z}/{x}/{y}', 'MAP_TILES_URL must be a web address'],
    ['MAP_TILES_URL', 'https://tile.example.org:port/{z}/{x}/{y}', 'MAP_TILES_URL must be a web address'],
    ['MAP_TILES_URL', 'https://tile.example.org/', 'MAP_TILES_URL must contain {z}, {x} and {y}'],
    ['MAP_TILES_URL', "https://a.org; script-src 'none'/{z}/{x}/{y}", 'MAP_TILES_URL must be a web address'],
  ])('%s=%s is refused by name, with the mend', (name, value, sentence) => {
    expect(() => readSettings({ [name]: value })).toThrow(SettingsError);
    expect(() => readSettings({ [name]: value })).toThrow(sentence);
  });

  test.each([
    'https://api.postcodes.io',
    'http://localhost:8000',
    'http://127.0.0.1:8000',
    'http://[::1]:8000',
    'http://10.1.2.3',
    'http://172.16.0.9',
    'http://192.168.1.2:8000',
    'http://[fd00::2]:8000',
    'http://postcodes:8000',
  ])('POSTCODES_IO_URL=%s is taken: nobody outside can read it', (url) => {
    expect(readSettings({ POSTCODES_IO_URL: url }).POSTCODES_IO_URL).toBe(url);
  });

  test.each([
    'https://{s}.tile.example.org:8443/{z}/{x}/{y}.png?key=1',
    'http://127.0.0.1:8000/{z}/{x}/{y}.png',
    'http://[::1]:8000/{z}/{x}/{y}.png',
  ])('MAP_TILES_URL=%s is taken, and the policy of pages can be made of it', (url) => {
    expect(readSettings({ MAP_TILES_URL: url, MAP_TILES_ATTRIBUTION: '© Somebody' }).MAP_TILES_URL).toBe(url);
    expect(pageHeaders(url)['content-security-policy']).toContain('img-src');
  });

  test('a secret is not repeated', () => {
    expect(() => readSettings({ SECRET: 'hunter2' })).not.toThrow(/hunter2/);
  });

  test('all mistakes are told at once', () => {
    expect(() => readSettings({ PORT: 'x', TRUST_PROXY: 'x' })).toThrow(/^PORT .*\nTRUST_PROXY /);
  });

  test('tiles of somebody else come with their name', () => {
    const MAP_TILES_URL = 'https://tile.example.org/{z}/{x}/{y}.png';
    expect(() => readSettings({ MAP_TILES_URL })).toThrow('MAP_TILES_ATTRIBUTION is missing');
    expect(readSettings({ MAP_TILES_URL, MAP_TILES_ATTRIBUTION: '© Somebody' }).MAP_TILES_URL).toBe(MAP_TILES_URL);
  });

  test('each has one line of description', () => {
    expect(SETTINGS.map(({ name }) => name)).toEqual(Object.keys(readSettings({})));
    for (const { description } of SETTINGS) expect(description).toMatch(/^[A-Z].{20,160}[.]$/);
  });
});
