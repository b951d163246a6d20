#!/bin/sh
# A helpline named right after a date is not found in a text, and a room number is.
#
# Packages:  libphonenumber-js@1.13.16
# Expected:  findPhoneNumbersInText finds the numbers that stand in a sentence, whatever stands before them, and
#            leaves other numbers alone.
# Seen:      'until 26 January 2026 0306 999 0123' holds no number: date and helpline are taken for one run of digits
#            that is too long. With a full stop or 'tel' in between it is found. 'Room 2079 460123' is a London
#            number. Numbers that are possible but not valid in its table, 07700 900123 among them, are never found.
# Matters:   Descriptions in feeds are such sentences. Numbers lifted from them would miss the helpline and offer the
#            room.
# Instead:   Take numbers from fields made for them; in running text only mark what is found, and never replace or
#            drop the sentence.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts libphonenumber-js@1.13.16
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { findPhoneNumbersInText } from 'libphonenumber-js/max';

const seen = [
  'Open until 26 January 2026 0306 999 0123',
  'Open until 26 January 2026. 0306 999 0123',
  'Open until 26 January 2026, tel 0306 999 0123',
  'Room 2079 460123',
  'Text Ann on 07700 900123',
].map((text) => {
  const found = findPhoneNumbersInText(text, 'GB').map(({ number }) => number.number).join(' ');
  console.log(text.padEnd(48), found || '-');
  return found;
});
assert.deepEqual(seen, ['', '+443069990123', '+443069990123', '+442079460123', '']);
JS
node seen.mjs
