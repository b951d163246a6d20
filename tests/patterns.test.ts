import { expect, test } from 'vitest';
import { faultsOf, patternsIn } from './helpers/patterns.ts';

/** No pattern of ours is worse than linear: a long run of one character holds nobody up, in a text of any length. */

test.each(['api', 'site'])(
  'every pattern that is written out in %s takes steps in proportion to the text',
  (folder) => {
    const patterns = patternsIn(folder);
    expect(patterns.length).toBeGreaterThan(30);
    expect(
      patterns.flatMap(({ file, pattern }) => faultsOf(pattern).map((fault) => `${file}: ${pattern} ${fault}`)),
    ).toEqual([]);
  },
);

test('the checker finds what it is to find', () => {
  for (const slow of [/\s+$/, /^(a+)+$/, /\s*,\s*/, /^(.*),(.*)$/, /\((.*)\)/, /[/\s]{2,}$/]) {
    expect(faultsOf(slow), String(slow)).not.toEqual([]);
  }
});
