#!/bin/sh
# An overnight event of one day ends an hour early when the clocks go back in between.
#
# Packages:  node-ical@0.27.2, ical.js@2.2.1
# Expected:  DURATION:P1D is a day of the calendar, PT24H is 24 hours (RFC 5545, 3.3.6). From Saturday 24 October
#            2026, 20:00 in London, one day lasts until Sunday 20:00, which is 20:00 UTC.
# Seen:      node-ical adds 24 hours: 19:00 UTC, an hour early. ical.js has 20:00. In March it is an hour late.
# Matters:   Sponsored sleeps-out, retreats and weekend helplines are given as days; the hour decides whether 'open
#            now' is true.
# Instead:   Work the end out from DTSTART and DURATION by the calendar of the zone (Temporal's add() does it).
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts node-ical@0.27.2 ical.js@2.2.1
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import ICAL from 'ical.js';
import ical from 'node-ical';

const event = ['BEGIN:VEVENT', 'UID:a', 'DTSTAMP:20260101T000000Z', 'DTSTART;TZID=Europe/London:20261024T200000'];
event.push('DURATION:P1D', 'END:VEVENT');
const calendar = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:x', ...event, 'END:VCALENDAR'].join('\r\n');
const one = Object.values(ical.sync.parseICS(calendar)).find(({ type }) => type === 'VEVENT').end.toISOString();
const other = new ICAL.Event(new ICAL.Component(ICAL.parse(event.join('\r\n')))).endDate.toString();
console.log(`node-ical  ${one}\nical.js    ${other} in London`);
assert.equal(one, '2026-10-25T19:00:00.000Z');
assert.equal(other, '2026-10-25T20:00:00');
JS
TZ=UTC node seen.mjs
