import { expect, test } from 'vitest';
import { repairs } from '#api/domain/repair.ts';

const meant = (compact: string): string[] =>
  repairs(compact).map((typed) =>
    'postcode' in typed ? typed.postcode : 'sector' in typed ? typed.sector : typed.outcode,
  );

test.each([
  ['E8IEA', 'E8 1EA'],
  ['EB1EA', 'E8 1EA'],
  ['S0147LY', 'SO14 7LY'],
  ['ECIA1BB', 'EC1A 1BB'],
  ['GLI2TJ', 'GL1 2TJ'],
  ['GLL2TJ', 'GL1 2TJ'],
  ['P012AL', 'PO1 2AL'],
  ['PO1ZAL', 'PO1 2AL'],
  ['5O147LY', 'SO14 7LY'],
  ['SOI47LY', 'SO14 7LY'],
  ['S0I47LY', 'SO14 7LY'],
  ['E8I', 'E81'],
  ['S014', 'SO14'],
])('%s may have been meant as %s', (typed, postcode) => {
  expect(meant(typed)).toContain(postcode);
});

test('the fewest changes come first, and a digit for a letter before a letter for a letter', () => {
  expect(meant('GLI2TJ')[0]).toBe('GL1 2TJ');
  expect(meant('S0147LY')[0]).toBe('SO14 7LY');
});

test.each(['', 'BILL', 'HACKNEY', '12345', '15200', 'E81EAX', 'D02AF30', 'ÉÉ11AA', 'E8'.repeat(50)])(
  '%j is past repair',
  (compact) => {
    expect(meant(compact)).toEqual([]);
  },
);
