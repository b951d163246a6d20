#!/bin/sh
# Of the numbers that Ofcom keeps for drama, those of the cities count as valid and those of mobiles do not.
#
# Packages:  libphonenumber-js@1.13.16
# Expected:  Numbers that are never given to anybody are either all valid in form or all refused.
# Seen:      020 7946 0xxx, 0118 496 0xxx and 0808 157 0xxx are valid; 07700 900xxx and 01632 960xxx are possible, but
#            not valid, have no type, and would be thrown out by a form that asks isValid().
# Matters:   Test data and examples use these numbers so that no real person is rung. Half of them then test the
#            refusal and not what they were written for; and a directory that asks isValid() cannot show its own
#            example listing.
# Instead:   Take 020 7946 0xxx for a valid number in tests, and ask isPossible() of people: isValid() also refuses
#            ranges newer than its own table.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts libphonenumber-js@1.13.16
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

const seen = ['020 7946 0123', '0118 496 0123', '0808 157 0123', '07700 900123', '01632 960123', '03069 990123'].map((typed) => {
  const number = parsePhoneNumberFromString(typed, 'GB');
  console.log(`${typed.padEnd(16)}possible ${number.isPossible()}, valid ${number.isValid()}, type ${number.getType()}`);
  return [number.isPossible(), number.isValid()];
});
assert.deepEqual(seen, [[true, true], [true, true], [true, true], [true, false], [true, false], [true, true]]);
JS
node seen.mjs
