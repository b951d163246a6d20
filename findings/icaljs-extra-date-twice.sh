#!/bin/sh
# A date that both the rule and RDATE name comes twice, and 29 February comes each year on 1 March.
#
# Packages:  ical.js@2.2.1
# Expected:  A recurrence set is a set: a date generated twice is one occurrence (RFC 5545, 3.8.5.2). A yearly rule
#            from 29 February skips the years without one (3.3.10).
# Seen:      8 June is handed out twice in a row; after 29 February 2024 follow 1 March 2025 and 1 March 2026.
# Matters:   Counting sessions, 'next date' lists and reminders all show the same session twice. Systems that publish
#            RDATE for 'the dates we have confirmed' beside the rule are common.
# Instead:   Compare each date with the one before and drop equals; treat a start on 29 February as a case of its own.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts ical.js@2.2.1
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import ICAL from 'ical.js';

const dates = (...lines) => {
  const event = ['BEGIN:VEVENT', 'UID:a', 'DTSTAMP:20240101T000000Z', ...lines, 'END:VEVENT'].join('\r\n');
  const iterator = new ICAL.Event(new ICAL.Component(ICAL.parse(event))).iterator();
  const found = Array.from({ length: 3 }, () => iterator.next().toString().slice(0, 10));
  console.log(found.join(' '));
  return found;
};
assert.deepEqual(dates('DTSTART:20260601T100000', 'RRULE:FREQ=WEEKLY;COUNT=3', 'RDATE:20260608T100000'), [
  '2026-06-01',
  '2026-06-08',
  '2026-06-08',
]);
assert.deepEqual(dates('DTSTART:20240229T100000', 'RRULE:FREQ=YEARLY;COUNT=3'), ['2024-02-29', '2025-03-01', '2026-03-01']);
JS
node seen.mjs
