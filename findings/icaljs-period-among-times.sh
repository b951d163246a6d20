#!/bin/sh
# An extra date with a length of its own comes out of the iterator as something that is not a time.
#
# Packages:  ical.js@2.2.1, ical-expander@3.2.0, node-ical@0.27.2
# Expected:  RDATE may hold a period, start and length (RFC 5545, 3.8.5.2): a session on 8 January of three hours in a
#            series of one hour. The iterator gives times, as its type ICAL.Time says.
# Seen:      ical.js hands out an ICAL.Period in between, which has no toJSDate(); ical-expander, which is built on it,
#            raises a TypeError for the whole file; node-ical leaves the date out, and every other RDATE beside a rule
#            as well.
# Matters:   One longer session in a feed stops the import of that group's whole calendar, or takes the session away.
# Instead:   Take the start and the length out of each ICAL.Period; in what you send out, write such a session as an
#            event of its own.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts ical.js@2.2.1 ical-expander@3.2.0 node-ical@0.27.2
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import ICAL from 'ical.js';
import IcalExpander from 'ical-expander';
import ical from 'node-ical';

const event = ['BEGIN:VEVENT', 'UID:a', 'DTSTAMP:20260101T000000Z', 'DTSTART:20260105T100000Z', 'DTEND:20260105T110000Z'];
event.push('RRULE:FREQ=WEEKLY;COUNT=2', 'RDATE;VALUE=PERIOD:20260108T120000Z/PT3H', 'END:VEVENT');
const calendar = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:x', ...event, 'END:VCALENDAR'].join('\r\n');
const [from, to] = [new Date('2026-01-01T00:00:00Z'), new Date('2026-02-01T00:00:00Z')];

const iterator = new ICAL.Event(new ICAL.Component(ICAL.parse(event.join('\r\n')))).iterator();
const found = Array.from({ length: 3 }, () => iterator.next());
const kinds = found.map((next) => (next instanceof ICAL.Time ? 'time' : `${next.icalclass}, toJSDate ${next.toJSDate}`));
let thrown;
try {
  new IcalExpander({ ics: calendar }).between(from, to);
} catch (error) {
  thrown = error;
}
const only = Object.values(ical.sync.parseICS(calendar)).find(({ type }) => type === 'VEVENT');
const other = ical.expandRecurringEvent(only, { from, to }).map(({ start }) => start.toISOString().slice(0, 10));
console.log(`ical.js        ${found.join('  ')} (${kinds.join(' | ')})\nical-expander  ${thrown}\nnode-ical      ${other.join('  ')}`);
assert.deepEqual(kinds, ['time', 'icalperiod, toJSDate undefined', 'time']);
assert.ok(thrown instanceof TypeError);
assert.deepEqual(other, ['2026-01-05', '2026-01-12']);
JS
TZ=UTC node seen.mjs
