#!/bin/sh
# A rule of whole days starts today instead of on its first day.
#
# Packages:  rrule@2.8.1
# Expected:  DTSTART;VALUE=DATE is how iCalendar writes a day without a time (RFC 5545, 3.3.4). With
#            DTSTART;VALUE=DATE:20010101 and RRULE:FREQ=YEARLY;COUNT=2 the dates are 1 January 2001 and 2002.
# Seen:      The line is read, its date is dropped without a word, and the rule begins at the moment of the call: two
#            dates, this day of this year and of the next. With UNTIL in the past, nothing at all comes.
# Matters:   Open days, holiday clubs and exhibitions come as whole days. Each would be shown from today on, on a
#            weekday it never had, and differently every day: no fixed test sees it.
# Instead:   Write DTSTART:20010101T000000Z before the rule goes in, or hand it over as dtstart of the options.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts rrule@2.8.1
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import rrule from 'rrule';

const years = (lines) => rrule.rrulestr(lines, { forceset: true }).all().map((date) => date.getUTCFullYear());
const whole = years('DTSTART;VALUE=DATE:20010101\nRRULE:FREQ=YEARLY;COUNT=2');
const timed = years('DTSTART:20010101T000000Z\nRRULE:FREQ=YEARLY;COUNT=2');
console.log(`as whole days  ${whole}\nwith a time    ${timed}`);
assert.deepEqual(timed, [2001, 2002]);
assert.ok(whole[0] >= new Date().getUTCFullYear(), 'it starts today');
JS
node seen.mjs
