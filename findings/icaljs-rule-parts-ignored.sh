#!/bin/sh
# Three parts of a rule are read, kept, written out again, and left out of account.
#
# Packages:  ical.js@2.2.1
# Expected:  FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=2 is Wednesdays; FREQ=YEARLY;BYDAY=20MO is the twentieth Monday of
#            each year; FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO is the Monday of week 1. A part that a library cannot do
#            raises an error.
# Seen:      All three days come each week; every Monday comes; every Monday comes. toString() gives the rule back
#            whole, so a round trip shows nothing.
# Matters:   A group that meets once a year would be listed weekly. ical.js is what Thunderbird and many calendars on
#            the web use, so what one sends out is also read that way.
# Instead:   Before trusting it with a foreign rule, refuse BYSETPOS with WEEKLY, BYWEEKNO, and numbered days with
#            YEARLY but no BYMONTH; in what you send out, write such dates singly.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts ical.js@2.2.1
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import ICAL from 'ical.js';

const dates = (rule) => {
  const recur = ICAL.Recur.fromString(rule);
  assert.equal(recur.toString(), rule, 'the part is known');
  const iterator = recur.iterator(ICAL.Time.fromDateTimeString('2026-06-01T10:00:00'));
  const found = Array.from({ length: 4 }, () => iterator.next().toString().slice(0, 10));
  console.log(`${rule.padEnd(44)}${found.join(' ')}`);
  return found;
};
assert.deepEqual(dates('FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=2'), ['2026-06-01', '2026-06-03', '2026-06-05', '2026-06-08']);
assert.deepEqual(dates('FREQ=YEARLY;BYDAY=20MO'), ['2026-06-01', '2026-06-08', '2026-06-15', '2026-06-22']);
assert.deepEqual(dates('FREQ=YEARLY;BYDAY=MO;BYWEEKNO=1'), ['2026-06-01', '2026-06-08', '2026-06-15', '2026-06-22']);
JS
node seen.mjs
