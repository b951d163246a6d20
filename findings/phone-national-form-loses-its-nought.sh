#!/bin/sh
# The national form of a number that the table does not know is written without the nought it was typed with.
#
# Packages:  libphonenumber-js@1.13.16, google-libphonenumber@3.2.47
# Expected:  formatNational() writes a number as it is dialled at home: with 0 in front in the United Kingdom, whatever
#            comes after. Where a library does not know the number, it gives back what was typed.
# Seen:      0500 123456 comes out as 500123456, 048 9649 6123 (how Ireland once dialled Belfast) as 4896496123, and
#            01204 123 (digits missing) as 1204123. The nought is part of the pattern of each known range, and these
#            have none. isPossible() is true for all three. Both libraries agree.
# Matters:   New ranges, numbers with a digit missing and old ones are just those that a moderator has to look at;
#            shown like this, nobody sees what was meant, and dialled like this they are other numbers.
# Instead:   Show what was typed, unless isValid(); keep the typed text beside the parsed one.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts libphonenumber-js@1.13.16 google-libphonenumber@3.2.47
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import google from 'google-libphonenumber';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

const util = google.PhoneNumberUtil.getInstance();
const seen = ['020 7946 0123', '0500 123456', '048 9649 6123', '01204 123'].map((typed) => {
  const one = parsePhoneNumberFromString(typed, 'GB');
  const other = util.format(util.parse(typed, 'GB'), google.PhoneNumberFormat.NATIONAL);
  console.log(`${typed.padEnd(16)}js ${one.formatNational().padEnd(16)}google ${other.padEnd(16)}possible: ${one.isPossible()}`);
  assert.equal(other, one.formatNational());
  return [other, one.isPossible()];
});
assert.deepEqual(seen, [['020 7946 0123', true], ['500123456', true], ['4896496123', true], ['1204123', true]]);
JS
node seen.mjs
