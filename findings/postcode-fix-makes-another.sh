#!/bin/sh
# Repairing a mistyped postcode leaves the likeliest mistakes alone, and makes a valid one where there was none.
#
# Packages:  postcode@5.1.0
# Expected:  fix() puts right what people confuse (O and 0, I and 1): P01 3AX is PO1 3AX, CF1O 3AA is CF10 3AA. What
#            it cannot put right stays invalid.
# Seen:      Only what has an impossible shape is touched. A nought for an O in P01 3AX has the shape of A99 9AA, so
#            it counts as valid and stays; so do CF1O 3AA and OO1 1OO. W12A 1AA, which cannot be, is turned into WI2A
#            1AA, which is 'valid' in an area that does not exist.
# Matters:   In Portsmouth, Southampton, Oxford or Cardiff a misread nought is an easy slip; the repair says all is
#            well and the table then says 'no such place'.
# Instead:   Make every spelling that differs by O/0, I/1, S/5 and B/8 and take the one that the table has, if it is
#            one alone; say what was understood.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts postcode@5.1.0
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { fix, isValid } from 'postcode';

const seen = ['SOI4 3AA', 'P01 3AX', 'CF1O 3AA', 'OO1 1OO', 'W12A 1AA'].map((typed) => {
  console.log(`${typed.padEnd(10)}${fix(typed).padEnd(10)}valid before: ${isValid(typed)}, after: ${isValid(fix(typed))}`);
  return [fix(typed), isValid(typed), isValid(fix(typed))];
});
assert.deepEqual(seen, [
  ['SO14 3AA', false, true],
  ['P01 3AX', true, true],
  ['CF1O 3AA', true, true],
  ['OO1 1OO', true, true],
  ['WI2A 1AA', false, true],
]);
JS
node seen.mjs
