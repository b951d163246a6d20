#!/bin/sh
# A monthly event on the 31st wanders to the 28th and stays there; one in the missing hour of March stays an hour
# late.
#
# Packages:  node-ical@0.26.1
# Expected:  A month without a 31st is skipped (RFC 5545, 3.3.10), and each date is worked out from the start.
# Seen:      Each date is worked out from the one before, cut to fit: 31 January, 28 February, 28 March, 28 April. A
#            daily event at 01:30 moves to 02:30 on the last Sunday of March and is at 02:30 on every later day.
# Matters:   npm takes this version on Node 20 without a word, since 0.27 asks for Node 22 in 'engines': the same
#            package.json gives right dates on one machine and wrong ones on another.
# Instead:   Ask for 0.27.2 or later by number, and let the CI run on the Node that runs in service.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts node-ical@0.26.1
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import ical from 'node-ical';

const dates = (start, rule) => {
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:x', 'BEGIN:VEVENT', 'UID:a', 'DTSTAMP:20260101T000000Z'];
  lines.push(`DTSTART;TZID=Europe/London:${start}`, `RRULE:${rule}`, 'END:VEVENT', 'END:VCALENDAR');
  const event = Object.values(ical.sync.parseICS(lines.join('\r\n'))).find(({ type }) => type === 'VEVENT');
  const span = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2026-12-31T00:00:00Z') };
  const found = ical.expandRecurringEvent(event, span).map(({ start }) => start.toISOString().slice(0, 16));
  console.log(found.join(' '));
  return found.slice(0, 4);
};
assert.deepEqual(dates('20260131T180000', 'FREQ=MONTHLY;COUNT=4'), [
  '2026-01-31T18:00',
  '2026-02-28T18:00',
  '2026-03-28T18:00',
  '2026-04-28T17:00',
]);
// In UTC: 01:30 is 00:30 once summer time has begun.
assert.deepEqual(dates('20260327T013000', 'FREQ=DAILY;COUNT=4'), [
  '2026-03-27T01:30',
  '2026-03-28T01:30',
  '2026-03-29T01:30',
  '2026-03-30T01:30',
]);
JS
TZ=UTC node seen.mjs
