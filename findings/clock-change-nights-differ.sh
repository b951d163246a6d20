#!/bin/sh
# On the two nights when clocks change, libraries differ on when a session is, whether it is at all, and when the
# series ends.
#
# Packages:  rrule@2.8.1, ical.js@2.2.1, node-ical@0.27.2, rrule-temporal@2.2.8, temporal-polyfill@1.0.8
# Expected:  A time that the clocks skip in March is no occurrence and does not count (RFC 5545, 3.3.10); a time that
#            comes twice in October is the first of the two (3.3.5). Daily at 01:30 in London from 28 March 2026,
#            three times: 28, 30 and 31 March.
# Seen:      rrule and ical.js put 01:30 of 29 March at 00:30 UTC, which is half past midnight, count it, and end on
#            30 March; they take the second 01:30 of 25 October. rrule-temporal and node-ical follow the standard in
#            both. But node-ical's EXDATE for that October night stands for the second 01:30, so it takes nothing out.
# Matters:   Night shelters and helpline shifts run at these hours. 'Three nights' ends on another day for each reader
#            of the same feed.
# Instead:   In what you send out, no COUNT and no EXDATE for times between 01:00 and 02:00: write those sessions
#            singly and in UTC.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts rrule@2.8.1 ical.js@2.2.1 node-ical@0.27.2 rrule-temporal@2.2.8 temporal-polyfill@1.0.8
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import ICAL from 'ical.js';
import ical from 'node-ical';
import rrule from 'rrule';
import 'temporal-polyfill/global';
import { RRuleTemporal } from 'rrule-temporal';

const LONDON = `BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19810329T010000
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE`;

const minute = (date) => date.toISOString().slice(5, 16);
const readers = {
  rrule: (lines) => rrule.rrulestr(lines, { forceset: true }).all().map(minute),
  'ical.js': (lines) => {
    const calendar = new ICAL.Component(ICAL.parse(whole(lines)));
    ICAL.TimezoneService.register(new ICAL.Timezone(calendar.getFirstSubcomponent('vtimezone')));
    const iterator = new ICAL.Event(calendar.getFirstSubcomponent('vevent')).iterator();
    const found = [];
    for (let next = iterator.next(); next; next = iterator.next()) found.push(minute(next.toJSDate()));
    return found;
  },
  'node-ical': (lines) => {
    const event = Object.values(ical.sync.parseICS(whole(lines))).find(({ type }) => type === 'VEVENT');
    const span = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2026-12-31T00:00:00Z') };
    return ical.expandRecurringEvent(event, span).map(({ start }) => minute(start));
  },
  'rrule-temporal': (lines) =>
    new RRuleTemporal({ rruleString: lines }).all().map((date) => minute(new Date(date.epochMilliseconds))),
};
function whole(lines) {
  const event = `BEGIN:VEVENT\nUID:a\nDTSTAMP:20260101T000000Z\n${lines}\nEND:VEVENT`;
  return `BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n${LONDON}\n${event}\nEND:VCALENDAR`.replaceAll('\n', '\r\n');
}

function read(lines) {
  console.log(lines.split('\n').slice(1).join(' '));
  return Object.entries(readers).map(([name, of]) => {
    const found = of(lines).join(' ');
    console.log(`  ${name.padEnd(16)}${found}`);
    return found;
  });
}
const march = read('DTSTART;TZID=Europe/London:20260328T013000\nRRULE:FREQ=DAILY;COUNT=3');
const early = '03-28T01:30 03-29T00:30 03-30T00:30';
const right = '03-28T01:30 03-30T00:30 03-31T00:30';
assert.deepEqual(march, [early, early, right, right]);

const october = 'DTSTART;TZID=Europe/London:20261018T013000\nRRULE:FREQ=WEEKLY;COUNT=2';
const second = '10-18T00:30 10-25T01:30';
const first = '10-18T00:30 10-25T00:30';
assert.deepEqual(read(october), [second, second, first, first]);
const without = '10-18T00:30';
assert.deepEqual(read(`${october}\nEXDATE;TZID=Europe/London:20261025T013000`), [without, without, first, without]);
JS
TZ=UTC node seen.mjs
