#!/bin/sh
# A weekly session that starts at a date with its zone is an hour early all winter.
#
# Packages:  ical-generator@11.1.2, node-ical@0.27.2, temporal-polyfill@1.0.8
# Expected:  A start given as Temporal.ZonedDateTime (or luxon's DateTime) says its zone, so a rule repeats by the
#            clock of that zone: 10:30 in London, each week.
# Seen:      Without `timezone` of the event, DTSTART is in UTC and repeats there: from 26 October on it is 09:30 in
#            London. With `timezone` of the calendar alone DTSTART has no zone at all, and is 10:30 of wherever the
#            reader is. Only with `timezone` of the event is it right. A single event, or a test within one summer,
#            shows nothing.
# Matters:   Everybody who subscribed is there an hour too early, from the last Sunday of October.
# Instead:   Give `timezone` with each event that repeats, and a generator of VTIMEZONE with the calendar.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts ical-generator@11.1.2 node-ical@0.27.2 temporal-polyfill@1.0.8
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import 'temporal-polyfill/global';
import generate from 'ical-generator';
import ical from 'node-ical';

const ZONE = 'Europe/London';
const start = Temporal.ZonedDateTime.from(`2026-10-12T10:30[${ZONE}]`);
function write(ofCalendar, ofEvent) {
  const calendar = generate(ofCalendar);
  const repeating = { freq: 'WEEKLY', count: 4 };
  calendar.createEvent({ id: 'a', summary: 'Chair yoga', start, end: start.add({ hours: 1 }), repeating, ...ofEvent });
  const text = calendar.toString();
  const event = Object.values(ical.sync.parseICS(text)).find(({ type }) => type === 'VEVENT');
  const span = { from: new Date('2026-10-01T00:00:00Z'), to: new Date('2026-12-01T00:00:00Z') };
  const inUtc = ical.expandRecurringEvent(event, span).map(({ start }) => start.toISOString().slice(5, 16));
  const [line] = /DTSTART.*/.exec(text);
  console.log(line.padEnd(44), 'in UTC:', inUtc.join(' '));
  return [line, inUtc.at(-1)];
}
assert.deepEqual(write({}, {}), ['DTSTART:20261012T093000Z', '11-02T09:30']);
assert.equal(write({ timezone: ZONE }, {})[0], 'DTSTART:20261012T103000');
assert.deepEqual(write({}, { timezone: ZONE }), [`DTSTART;TZID=${ZONE}:20261012T103000`, '11-02T10:30']);
JS
TZ=UTC node seen.mjs
