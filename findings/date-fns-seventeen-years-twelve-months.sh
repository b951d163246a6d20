#!/bin/sh
# Who was born on 29 February 2008 is '17 years 12 months' old on 28 February 2026.
#
# Packages:  date-fns@4.4.0, temporal-polyfill@1.0.8
# Expected:  intervalToDuration gives months from 0 to 11: a year, or eleven months and thirty days.
# Seen:      The years are counted as if the birthday were still to come, and the months as if it had been, for the end of
#            a month counts as its end: differenceInYears is 17 and differenceInMonths 216, which is 18 years. Nothing
#            but 29 February to 28 February does it, so no test with other days shows it.
# Matters:   'For people of 18 and over' answers by years or by months, and the two parts of one program disagree on one
#            day of one year.
# Instead:   Temporal's until(), which says 17 years, 11 months and 30 days; one function for age, and that alone.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts date-fns@4.4.0 temporal-polyfill@1.0.8
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { differenceInMonths, differenceInYears, formatDuration, intervalToDuration } from 'date-fns';
import { Temporal } from 'temporal-polyfill';

const start = new Date(2008, 1, 29);
const age = (year, month, day) => {
  const end = new Date(year, month - 1, day);
  return [formatDuration(intervalToDuration({ start, end })), differenceInYears(end, start), differenceInMonths(end, start) / 12];
};
const seen = [age(2009, 2, 28), age(2026, 2, 28), age(2026, 3, 1)];
const temporal = Temporal.PlainDate.from('2008-02-29').until('2026-02-28', { largestUnit: 'years' }).toString();
console.log(seen, temporal);
assert.deepEqual(seen, [
  ['12 months', 0, 1],
  ['17 years 12 months', 17, 18],
  ['18 years 1 day', 18, 18],
]);
assert.equal(temporal, 'P17Y11M30D');
JS
node seen.mjs
