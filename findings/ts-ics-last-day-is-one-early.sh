#!/bin/sh
# 'The last day of the month' is the day before the last, and a fifth Monday is any next Monday.
#
# Packages:  ts-ics@2.4.6, rrule@2.8.1
# Expected:  BYMONTHDAY=-1 is the last day of the month, BYDAY with BYSETPOS=-1 the last of those days, 5MO a fifth
#            Monday alone; months without one are skipped, as is a month without a 31st (RFC 5545, 3.3.10).
# Seen:      From 31 January on, -1 leaves out the start and gives 27 February and 30 March; the last weekday is 26
#            February, a Thursday, where Friday the 27th is right; after Monday 30 March, a fifth one, comes 4 May; the
#            31st becomes 28 February and stays on the 28th. rrule has all four right.
# Matters:   'The last Friday' and 'the fifth Monday' are how clubs meet. Each of these dates looks likely, and
#            somebody is at the door a day early.
# Instead:   Read files with ts-ics, where its types help, and hand the text of the rule to rrule or ical.js.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts ts-ics@2.4.6 rrule@2.8.1
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import rrule from 'rrule';
import { convertIcsRecurrenceRule, extendByRecurrenceRule } from 'ts-ics';

const day = (date) => date.toISOString().slice(5, 10);
function dates(start, rule) {
  const parsed = convertIcsRecurrenceRule(undefined, { value: rule });
  const span = { start: new Date(`${start}T10:00:00Z`), end: new Date('2027-12-31T00:00:00Z') };
  const found = extendByRecurrenceRule(parsed, span).map(day).join(' ');
  const dtstart = `${start.replaceAll('-', '')}T100000Z`;
  const right = rrule.rrulestr(`DTSTART:${dtstart}\nRRULE:${rule}`).all().map(day).join(' ');
  console.log(`${rule}\n  ts-ics  ${found}\n  rrule   ${right}`);
  return [found, right];
}
const seen = [
  dates('2026-01-31', 'FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3'),
  dates('2026-01-30', 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3'),
  dates('2026-03-30', 'FREQ=MONTHLY;BYDAY=5MO;COUNT=3'),
  dates('2026-01-31', 'FREQ=MONTHLY;COUNT=3'),
];
assert.deepEqual(seen, [
  ['02-27 03-30 04-29', '01-31 02-28 03-31'],
  ['02-26 03-30 04-29', '01-30 02-27 03-31'],
  ['05-04 06-01 06-29', '03-30 06-29 08-31'],
  ['01-31 02-28 03-28', '01-31 03-31 05-31'],
]);
JS
TZ=UTC node seen.mjs
