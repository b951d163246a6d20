import { describe, expect, test } from 'vitest';
import { outcodesOfGroup, readPostcode } from '#api/domain/postcode.ts';
import {
  outcodeNumber,
  outcodeOf,
  postcodeNumber,
  postcodeOf,
  sectorNumber,
  sectorOf,
  UNITS_IN_OUTCODE,
  UNITS_IN_SECTOR,
} from '#api/domain/postcode-number.ts';

describe('reading what people type', () => {
  test.each([
    'E8 1EA',
    'e81ea',
    ' e8  1ea ',
    'E8\u00A01EA',
    'E8-1EA',
    'E8.1EA',
    'e8–1ea',
    'E 8 1 E A',
    'Ｅ８ １ＥＡ',
    'E8 1EA.',
  ])('%j is E8 1EA', (text) => {
    expect(readPostcode(text)).toEqual({
      kind: 'unit',
      realm: 'great_britain',
      postcode: 'E8 1EA',
      sector: 'E8 1',
      outcode: 'E8',
    });
  });

  test.each([
    ['E8', 'E8'],
    ['e8 ', 'E8'],
    ['N1C', 'N1C'],
    ['SW1', 'SW1'],
    ['EC1A', 'EC1A'],
    ['N11', 'N11'],
  ])('%j is the outcode %s', (text, outcode) => {
    expect(readPostcode(text)).toMatchObject({ kind: 'outcode', outcode });
  });

  test.each([
    ['E8 1', 'E8 1'],
    ['EC1A1', 'EC1A 1'],
    ['E8 1E', 'E8 1'],
    ['n1c-4', 'N1C 4'],
  ])('%j is the sector %s', (text, sector) => {
    expect(readPostcode(text)).toMatchObject({ kind: 'sector', sector });
  });

  test.each([
    ['JE2 4WD', 'jersey'],
    ['GY1', 'guernsey'],
    ['im1 1ee', 'isle_of_man'],
    ['BT', 'northern_ireland'],
    ['BT1 5GS', 'northern_ireland'],
    ['BF1 3AA', 'bfpo'],
    ['BFPO 57', 'bfpo'],
    ['BX1 1LT', 'non_geographic'],
    ['gir0aa', 'non_geographic'],
    ['ZZ99 3VZ', 'pseudo'],
    ['GX11 1AA', 'overseas'],
    ['FIQQ 1ZZ', 'overseas'],
    ['E8', 'great_britain'],
  ])('%j belongs to %s', (text, realm) => {
    expect(readPostcode(text)).toMatchObject({ realm });
  });

  test.each([
    '',
    '  ',
    '12345',
    'E8 1EAX',
    'E8 1E4',
    'hackney',
    'D02 AF30',
    'P01 2AL',
    'E8 1EO',
    'E8 1CA',
    '🐈',
    'a'.repeat(500),
  ])('%j has the form of none', (text) => {
    expect(readPostcode(text).kind).toBe('invalid');
  });

  test('only C, I, K, M, O and V are missing from the end of a postcode', () => {
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
    expect(letters.filter((letter) => readPostcode(`E8 1A${letter}`).kind !== 'unit').join('')).toBe('CIKMOV');
    expect(letters.filter((letter) => readPostcode(`E8 1${letter}A`).kind !== 'unit').join('')).toBe('CIKMOV');
  });

  test('a group is the outcodes with one more letter, and never with one more digit', () => {
    const known = ['SW1A', 'SW1Y', 'SW10', 'SW1', 'W1A', 'SW11', 'EC1A'];
    expect(outcodesOfGroup('SW1', known)).toEqual(['SW1A', 'SW1Y']);
    expect(outcodesOfGroup('EC1', known)).toEqual(['EC1A']);
    expect(outcodesOfGroup('SW', known)).toEqual([]);
  });
});

describe('postcodes as numbers', () => {
  const outcodes = ['A0', 'A1', 'A1A', 'B9Z', 'E8', 'E81', 'EC1A', 'N1C', 'N10', 'N99', 'ZZ9', 'ZZ9Z', 'ZZ10', 'ZZ99'];

  test('come back as they were, below 2³¹, each its own', () => {
    const all = outcodes.flatMap((outcode) => ['0AA', '1EA', '5XY', '9ZZ'].map((inward) => `${outcode} ${inward}`));
    const numbers = all.map(postcodeNumber);
    expect(numbers.map(postcodeOf)).toEqual(all);
    expect(new Set(numbers).size).toBe(all.length);
    expect(Math.max(...numbers)).toBeLessThan(2 ** 31);
    expect(outcodes.map(outcodeNumber).map(outcodeOf)).toEqual(outcodes);
  });

  test('of a sector and of an outcode are one range', () => {
    const number = postcodeNumber('EC1A 1BB');
    expect(Math.floor(number / UNITS_IN_SECTOR)).toBe(sectorNumber('EC1A 1'));
    expect(Math.floor(number / UNITS_IN_OUTCODE)).toBe(outcodeNumber('EC1A'));
    expect(sectorOf(sectorNumber('EC1A 1'))).toBe('EC1A 1');
    expect(postcodeNumber('E8 1AA')).toBe(sectorNumber('E8 1') * UNITS_IN_SECTOR);
    expect(postcodeNumber('E8 1ZZ')).toBe((sectorNumber('E8 1') + 1) * UNITS_IN_SECTOR - 1);
  });

  test('are read with any number of spaces, and are -1 for what is none', () => {
    expect(postcodeNumber('E81EA')).toBe(postcodeNumber('E8   1EA'));
    for (const text of ['', 'E8', 'E8 1E', 'E8 1EO', '8 1EA', 'E08 1EA', 'EEE8 1EA', 'E8AB 1EA', 'e8 1ea', 'É8 1EA']) {
      expect(postcodeNumber(text), text).toBe(-1);
    }
    expect(sectorNumber('E8')).toBe(-1);
    expect(outcodeNumber('E')).toBe(-1);
  });
});
