#!/bin/sh
# Words after a number are dialled: 'Mon-Fri' becomes six more digits, without an error.
#
# Packages:  google-libphonenumber@3.2.47, libphonenumber-js@1.13.16
# Expected:  A parser meant for what people type stops at the first word, or refuses the whole, for '020 7946 0123
#            (Mon-Fri)' and '01632 960123 option 2'.
# Seen:      Letters are read as on a dial, as in 0808 157 0ART: +442079460123666374 and +4416329601236784662, both
#            parsed without an error. libphonenumber-js stops at the bracket, but gives nothing for 'option 2', and of
#            0808 157 0ART keeps the digits alone.
# Matters:   'Phone' columns of real spreadsheets hold opening times, names and menu options. A tel: link made of them
#            rings nobody.
# Instead:   Split off everything from the first letter or bracket on before parsing, keep it as a note, and never
#            link a number that is not valid.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts google-libphonenumber@3.2.47 libphonenumber-js@1.13.16
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import google from 'google-libphonenumber';
import { parsePhoneNumberFromString } from 'libphonenumber-js';

const util = google.PhoneNumberUtil.getInstance();
const read = (typed) => {
  const one = util.format(util.parse(typed, 'GB'), google.PhoneNumberFormat.E164);
  const other = parsePhoneNumberFromString(typed, 'GB')?.number ?? 'nothing';
  console.log(`${typed.padEnd(26)}google ${one.padEnd(22)}js ${other}`);
  return [one, other];
};
assert.deepEqual(read('020 7946 0123 (Mon-Fri)'), ['+442079460123666374', '+442079460123']);
assert.deepEqual(read('01632 960123 option 2'), ['+4416329601236784662', 'nothing']);
assert.deepEqual(read('0808 157 0ART'), ['+448081570278', '+448081570']);
JS
node seen.mjs
