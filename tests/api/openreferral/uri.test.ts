import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { asUri } from '../../../api/openreferral/uri.ts';

/** Addresses that browsers take and the standard's format does not. */
const WRITTEN: [string, string][] = [
  ['https://a.example.org/path?x=1&y=%20#top', 'https://a.example.org/path?x=1&y=%20#top'],
  ['https://a.example.org/two words', 'https://a.example.org/two%20words'],
  ['https://a.example.org/café', 'https://a.example.org/caf%C3%A9'],
  ['https://a.example.org/a|b[c]{d}^e', 'https://a.example.org/a%7Cb%5Bc%5D%7Bd%7D%5Ee'],
  ['https://a.example.org/100%', 'https://a.example.org/100%25'],
  ['https://a.example.org/?q=50%&r=%zz', 'https://a.example.org/?q=50%25&r=%25zz'],
  ['https://a.example.org/#one#two', 'https://a.example.org/#one%23two'],
  ['https://bücher.example.org/', 'https://xn--bcher-kva.example.org/'],
  ['HTTP://A.example.org', 'HTTP://A.example.org'],
];

const ajv = new Ajv2020();
(addFormats as unknown as (it: Ajv2020) => void)(ajv);
const isUri = ajv.compile({ type: 'string', format: 'uri' });

describe('addresses', () => {
  test.each(WRITTEN)('%s', (address, written) => {
    expect(asUri(address)).toBe(written);
    expect(asUri(written)).toBe(written);
    expect(isUri(written)).toBe(true);
  });
});
