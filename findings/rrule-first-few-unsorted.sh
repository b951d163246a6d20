#!/bin/sh
# The first few dates of a set are not the earliest ones.
#
# Packages:  rrule@2.8.1
# Expected:  all(iterator) stops once the iterator answers false, so stopping at four gives the next four sessions.
# Seen:      Dates of RDATE come first, then those of each rule to its end, and only a whole list is sorted. A Monday
#            group with one extra session in December answers December, then June. A 'stop' ends one rule only: the
#            next rule still hands over a date after it.
# Matters:   'Next dates' on a card are made by taking the first few. Open-ended rules cannot be asked for all.
# Instead:   Ask between(from, to) for a window, which is sorted, and cut that.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts rrule@2.8.1
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import rrule from 'rrule';

const set = rrule.rrulestr(
  ['DTSTART:20260601T100000Z', 'RRULE:FREQ=WEEKLY', 'RRULE:FREQ=MONTHLY;BYDAY=1FR', 'RDATE:20261205T100000Z'].join('\n'),
  { forceset: true },
);
const day = (date) => date.toISOString().slice(0, 10);
const taken = [];
set.all((date) => taken.push(day(date)) < 4);
const window = set.between(new Date('2026-06-01T00:00:00Z'), new Date('2026-06-15T00:00:00Z'), true).map(day);
console.log(`taken    ${taken.join(' ')}\nbetween  ${window.join(' ')}`);
assert.deepEqual(taken, ['2026-12-05', '2026-06-01', '2026-06-08', '2026-06-15', '2026-06-05']);
assert.deepEqual(window, ['2026-06-01', '2026-06-05', '2026-06-08']);
JS
node seen.mjs
