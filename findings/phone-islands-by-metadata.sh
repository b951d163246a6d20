#!/bin/sh
# Where a number is depends on which table of the same version was imported, and on how the number was written.
#
# Packages:  libphonenumber-js@1.13.16, awesome-phonenumber@7.8.0
# Expected:  country and getType() are facts of the number. 'min', 'max' and 'mobile' differ in size, and at most
#            leave an answer out.
# Seen:      Jersey's own example number is JE with 'min' and 'max', GB with 'mobile'; 020 7946 0123 is GB with
#            'mobile', but has no country when written with +44. With 'min' the Isle of Man alone has no type.
#            awesome-phonenumber calls Jersey GB.
# Matters:   Feeds give no nation; the country of a number is a tempting way to tell the islands, which are not in the
#            United Kingdom and have no NHS England.
# Instead:   Never take a place from a telephone number; the postcode says it.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts libphonenumber-js@1.13.16 awesome-phonenumber@7.8.0
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { parsePhoneNumber } from 'awesome-phonenumber';
import { parsePhoneNumberFromString as max } from 'libphonenumber-js/max';
import { parsePhoneNumberFromString as min } from 'libphonenumber-js/min';
import { parsePhoneNumberFromString as mobile } from 'libphonenumber-js/mobile';

const countries = (typed) => {
  const found = [min, max, mobile].map((parse) => parse(typed, 'GB').country ?? 'none');
  found.push(parsePhoneNumber(typed, { regionCode: 'GB' }).regionCode);
  console.log(`${typed.padEnd(20)}min ${found[0]}, max ${found[1]}, mobile ${found[2]}, awesome ${found[3]}`);
  return found.join(' ');
};
assert.equal(countries('01534 456789'), 'JE JE GB GB');
assert.equal(countries('020 7946 0123'), 'GB GB GB GB');
assert.equal(countries('+44 20 7946 0123'), 'GB GB none GB');
// The numbers that Google's library gives as its examples for the three.
const types = ['01534 456789', '01481 256789', '01624 756789'].map((typed) => min(typed, 'GB').getType());
console.log('types by min, Jersey, Guernsey, Isle of Man:', types.join(', '));
assert.deepEqual(types, ['FIXED_LINE', 'FIXED_LINE', undefined]);
JS
node seen.mjs
