#!/bin/sh
# 0845 has the same type as 09, and 0300 the same as no price at all.
#
# Packages:  libphonenumber-js@1.13.16, awesome-phonenumber@7.8.0
# Expected:  The types follow what a call costs: PREMIUM_RATE is 09, SHARED_COST what lies between (084 and 087, with a
#            service charge of some pence), and 03, which costs what a call to 01 costs, is told apart from dear ones.
# Seen:      The old NHS line 0845 46 47 is PREMIUM_RATE, as is 0909 879 0123; SHARED_COST is never given in the United
#            Kingdom. 0306 999 0123 is UAN, 'universal access number', a company's number, of which the price is not
#            said.
# Matters:   A warning made from the type says the same of 7 pence a minute and of several pounds, so it is either
#            alarming or of no use; and somebody who counts pence is not told that 03 is in their free minutes.
# Instead:   By the first digits, as Ofcom orders them: 080 free, 01, 02 and 03 alike, 084 and 087 with a service
#            charge, 09 premium, 070 not a mobile.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts libphonenumber-js@1.13.16 awesome-phonenumber@7.8.0
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { parsePhoneNumber } from 'awesome-phonenumber';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

const seen = ['0909 879 0123', '0845 46 47', '0306 999 0123', '0808 157 0123'].map((typed) => {
  const one = parsePhoneNumberFromString(typed, 'GB').getType();
  const other = parsePhoneNumber(typed, { regionCode: 'GB' }).type;
  console.log(`${typed.padEnd(16)}js ${one.padEnd(14)}awesome ${other}`);
  return [one, other];
});
assert.deepEqual(seen, [
  ['PREMIUM_RATE', 'premium-rate'],
  ['PREMIUM_RATE', 'premium-rate'],
  ['UAN', 'uan'],
  ['TOLL_FREE', 'toll-free'],
]);
JS
node seen.mjs
