#!/bin/sh
# A cancelled session comes back in the calendar file, in summer, and only where the writer's computer is in London.
#
# Packages:  ics@3.12.0, ical.js@2.2.1
# Expected:  With startOutputType 'local' the start is written without a zone, and exclusionDates in the same form: an
#            EXDATE names a date only where both have one type (RFC 5545, 3.8.5.1). A line has at most 75 octets
#            (3.1), a comma in a category is escaped (3.3.11).
# Seen:      DTSTART is 10:30 without a zone, EXDATE 09:30 UTC: the reader keeps 8 June. Where the process runs in UTC
#            the digits happen to agree and the reader drops it. Lines are folded by letters, so 63 letters of é make
#            one of 138 octets, and the category 'Yoga, seated' is read as two.
# Matters:   A server in UTC passes the test that a laptop fails, or the other way round; a person goes to a session
#            that was called off.
# Instead:   Write EXDATE lines yourself, in the form of DTSTART, and fold by octets; or send single events.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts ics@3.12.0 ical.js@2.2.1
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

writeFileSync(
  'write.mjs',
  `import ICAL from 'ical.js';
  import { createEvent } from 'ics';
  const { value } = createEvent({
    title: 'Chair yoga', start: [2026, 6, 1, 10, 30], startOutputType: 'local', duration: { hours: 1 },
    recurrenceRule: 'FREQ=WEEKLY;COUNT=3', exclusionDates: [[2026, 6, 8, 10, 30]],
    description: '\\u00e9'.repeat(80), categories: ['Yoga, seated'],
  });
  const event = new ICAL.Component(ICAL.parse(value)).getFirstSubcomponent('vevent');
  const iterator = new ICAL.Event(event).iterator();
  const days = [];
  for (let next = iterator.next(); next; next = iterator.next()) days.push(next.toString().slice(0, 10));
  const lines = value.split('\\r\\n');
  console.log(JSON.stringify([
    lines.find((line) => line.startsWith('EXDATE')),
    days.join(' '),
    Math.max(...lines.map((line) => Buffer.byteLength(line))),
    event.getFirstProperty('categories').getValues(),
  ]));`,
);
const seen = ['Europe/London', 'UTC'].map((TZ) => {
  const { stdout } = spawnSync('node', ['write.mjs'], { env: { ...process.env, TZ }, encoding: 'utf8' });
  console.log(TZ.padEnd(14), stdout.trim());
  return JSON.parse(stdout);
});
const categories = ['Yoga', ' seated'];
assert.deepEqual(seen, [
  ['EXDATE:20260608T093000Z', '2026-06-01 2026-06-08 2026-06-15', 138, categories],
  ['EXDATE:20260608T103000Z', '2026-06-01 2026-06-15', 138, categories],
]);
JS
node seen.mjs
