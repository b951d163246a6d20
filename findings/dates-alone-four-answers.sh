#!/bin/sh
# An event with a start and a list of extra dates, but no rule: four libraries, four answers.
#
# Packages:  rrule@2.8.1, ical.js@2.2.1, node-ical@0.27.2, rrule-temporal@2.2.8, temporal-polyfill@1.0.8
# Expected:  DTSTART is the first of the set, RDATE adds to it, and a rule is not needed (RFC 5545, 3.8.5.2): 5
#            January, 12 January and 2 February.
# Seen:      rrule and ical.js leave out the start; node-ical has the start alone; rrule-temporal raises an error.
#            None has all three.
# Matters:   It is how a group with irregular dates ('5 and 12 January, then 2 February') is written properly.
# Instead:   Write each date as an event of its own when sending, and when reading put DTSTART and RDATE together
#            yourself.
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

const lines = ['DTSTART:20260105T100000Z', 'RDATE:20260112T100000Z,20260202T100000Z'];
const event = ['BEGIN:VEVENT', 'UID:a', 'DTSTAMP:20260101T000000Z', ...lines, 'END:VEVENT'];
const calendar = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:x', ...event, 'END:VCALENDAR'].join('\r\n');
const day = (date) => date.toISOString().slice(5, 10);

const readers = {
  rrule: () => rrule.rrulestr(lines.join('\n'), { forceset: true }).all().map(day),
  'ical.js': () => {
    const iterator = new ICAL.Event(new ICAL.Component(ICAL.parse(event.join('\r\n')))).iterator();
    const found = [];
    for (let next = iterator.next(); next; next = iterator.next()) found.push(day(next.toJSDate()));
    return found;
  },
  'node-ical': () => {
    const [only] = Object.values(ical.sync.parseICS(calendar)).filter(({ type }) => type === 'VEVENT');
    const span = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2026-12-31T00:00:00Z') };
    return ical.expandRecurringEvent(only, span).map(({ start }) => day(start));
  },
  'rrule-temporal': () => new RRuleTemporal({ rruleString: lines.join('\n') }).all().map(String),
};
const answers = Object.entries(readers).map(([name, read]) => {
  let answer;
  try {
    answer = read().join(' ');
  } catch (error) {
    answer = `error: ${error.message}`;
  }
  console.log(`${name.padEnd(16)}${answer}`);
  return answer;
});
assert.deepEqual(answers, ['01-12 02-02', '01-12 02-02', '01-05', 'error: RRULE must include FREQ']);
JS
TZ=UTC node seen.mjs
