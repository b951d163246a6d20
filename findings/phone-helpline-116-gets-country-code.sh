#!/bin/sh
# 116 123 parses: to +44116123, a number that does not exist.
#
# Packages:  libphonenumber-js@1.13.16, google-libphonenumber@3.2.47
# Expected:  A short code is not a number with a country code. Parsing 116 123 (Samaritans), 111, 101 or 999 answers
#            nothing, or says that it is a short code.
# Seen:      Each comes back as an object with +44 before it: tel:+44116123, +44111, +44999. isPossible of the two
#            libraries disagrees on 116 123, so a check by that lets it through with one of them. Only google's
#            ShortNumberInfo knows them.
# Matters:   Crisis lines are the numbers that matter most here; +44999 rings nothing. From a mobile the plain
#            tel:116123 works.
# Instead:   Look for short codes first (all digits, at most six, or 116 and three more) and print and link them as
#            typed.
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
const short = google.ShortNumberInfo.getInstance();
const seen = ['116 123', '111', '999'].map((typed) => {
  const one = parsePhoneNumberFromString(typed, 'GB');
  const other = util.parse(typed, 'GB');
  const row = [one.number, one.isPossible(), util.isPossibleNumber(other), short.isValidShortNumberForRegion(other, 'GB')];
  console.log(`${typed.padEnd(9)}${one.getURI().padEnd(16)}possible: js ${row[1]}, google ${row[2]}; short code: ${row[3]}`);
  return row;
});
assert.deepEqual(seen, [
  ['+44116123', false, true, true],
  ['+44111', false, false, true],
  ['+44999', false, false, true],
]);
JS
node seen.mjs
