import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { postcodeNumber } from '#api/domain/postcode-number.ts';
import { geography } from '#api/geocode/geography.ts';

const FOLDER = join(import.meta.dirname, '../../../data/geography');
const FILES = ['sectors.csv', 'districts.csv', 'wards.csv'];

test('the files are small enough to commit, sorted, and credit their sources', () => {
  expect(FILES.reduce((sum, file) => sum + statSync(join(FOLDER, file)).size, 0)).toBeLessThan(1_000_000);
  for (const file of FILES) {
    const lines = readFileSync(join(FOLDER, file), 'utf8').trimEnd().split('\n');
    const head = lines.filter((line) => line.startsWith('#')).join('\n');
    expect(head).toContain('Contains OS data © Crown copyright and database right 2025');
    expect(head).toContain('Contains Royal Mail data © Royal Mail copyright and database right 2025');
    expect(head).toContain('Office for National Statistics licensed under the Open Government Licence v3.0');
    const rows = lines.filter((line) => !line.startsWith('#')).slice(1);
    const keys = rows.map((row) => row.split(',')[0] ?? '');
    const order = file === 'sectors.csv' ? keys.map((sector) => postcodeNumber(`${sector}AA`)) : keys;
    expect(order).toEqual(order.toSorted((a, b) => (a < b ? -1 : 1)));
    expect(new Set(keys).size).toBe(keys.length);
  }
});

describe('what they hold', () => {
  const { sectors, outcodes, districts, wards } = geography();
  const inBritain = ({ latitude, longitude }: { latitude: number; longitude: number }) =>
    latitude > 49.8 && latitude < 60.9 && longitude > -8.7 && longitude < 1.8;

  test('all of Great Britain', () => {
    const live = [...sectors.values()].filter(({ ended }) => ended === null);
    expect(live.length).toBeGreaterThan(10_000);
    expect(districts.size).toBe(350);
    expect(wards.size).toBeGreaterThan(7_900);
    expect(outcodes.size).toBeGreaterThan(2_800);
    expect(live.reduce((sum, { postcodes }) => sum + postcodes, 0)).toBeGreaterThan(1_700_000);
  });

  test('every point is in Great Britain, every code a district that is there', () => {
    for (const { sector, middle, districts: codes, ended } of sectors.values()) {
      if (middle) {
        expect(inBritain(middle), sector).toBe(true);
        expect(middle.spread_m, sector).toBeLessThan(100_000);
      }
      if (middle && ended !== null) expect(codes, sector).toHaveLength(1);
      for (const code of codes) expect(districts.has(code), `${sector} ${code}`).toBe(true);
    }
    for (const ward of wards.values()) {
      expect(inBritain(ward.middle), ward.name).toBe(true);
      expect(districts.has(ward.district), ward.name).toBe(true);
      expect(ward.name).not.toMatch(/^[EWS]\d{8}$|Ward$| ED$/);
    }
  });

  test('nations are those of the codes', () => {
    expect(new Set([...districts.values()].map(({ nation }) => nation))).toEqual(
      new Set(['England', 'Scotland', 'Wales']),
    );
    expect(districts.get('W06000015')).toMatchObject({ name: 'Cardiff', nation: 'Wales' });
  });

  test('places that are known', () => {
    expect(sectors.get('E8 1')).toMatchObject({ outcode: 'E8', ended: null });
    expect(sectors.get('E8 1')?.districts[0]).toBe('E09000012');
    expect(sectors.get('AB1 0')).toMatchObject({ ended: '', postcodes: 0, districts: ['S12000033'] });
    expect(sectors.get('N1P 3')).toMatchObject({ middle: null, ended: null });
    expect(wards.get('E05009376')).toMatchObject({ name: 'Homerton', district: 'E09000012' });
    expect(outcodes.get('AB1')?.live).toBe(false);
    expect(sectors.has('BT1 5')).toBe(false);
  });
});
