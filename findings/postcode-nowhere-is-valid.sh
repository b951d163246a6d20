#!/bin/sh
# Postcodes that are nowhere are valid, and one validator takes 'E8' for a whole postcode.
#
# Packages:  postcode@5.1.0, validator@13.15.35, postcode-validator@3.10.22, uk-postcode@0.1.1
# Expected:  The last two letters of a postcode are never C, I, K, M, O or V, and every postcode has them: AB12 3CD,
#            which forms like as a hint, and a bare E8 are refused. A valid postcode is somewhere.
# Seen:      AB12 3CD is valid for three of four. ZZ99 3VZ, which NHS systems write for 'no fixed abode', is valid for
#            three, and ZZ99 3WZ ('address not known') for all. validator.js and uk-postcode take 'E8' alone, and even
#            'E81', which is no district. GIR 0AA, the one real exception, is refused by two.
# Matters:   A clinician pastes ZZ99 3VZ from the record of somebody without a home. 'Not a postcode' is wrong and
#            'nothing near you' is worse: the honest answer is to ask where they are tonight.
# Instead:   Split by shape, then ask the table of postcodes: what is not in it is unknown, not invalid. Know ZZ99 by
#            name and answer it in words.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts postcode@5.1.0 validator@13.15.35 postcode-validator@3.10.22 uk-postcode@0.1.1
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { isValid } from 'postcode';
import validators from 'postcode-validator';
import ukPostcode from 'uk-postcode';
import validator from 'validator';

const judge = (text) => {
  const verdicts = [
    isValid(text),
    validator.isPostalCode(text, 'GB'),
    validators.postcodeValidator(text, 'GB'),
    ukPostcode.fromString(text).isValid(),
  ];
  const row = verdicts.map((valid) => (valid ? 'valid' : '-').padEnd(8)).join('');
  console.log(text.padEnd(10), row);
  return verdicts.map(Number).join('');
};
console.log('          ', 'postcode, validator, postcode-validator, uk-postcode');
assert.equal(judge('E8 1EA'), '1111');
assert.equal(judge('AB12 3CD'), '1110');
assert.equal(judge('ZZ99 3VZ'), '1110');
assert.equal(judge('ZZ99 3WZ'), '1111');
assert.equal(judge('GIR 0AA'), '0101');
assert.equal(judge('E8'), '0101');
assert.equal(judge('E81').slice(0, 3), '010');
JS
node seen.mjs
