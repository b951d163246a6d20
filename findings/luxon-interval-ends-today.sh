#!/bin/sh
# '2026-06-01T10:00/12:00' lasts from the first of June until noon of the day on which it is read.
#
# Packages:  luxon@3.7.2
# Expected:  ISO 8601 (2004, 4.4.5): what the end of an interval leaves out is as in its start, so this is two hours of one
#            day. Interval.fromISO names ISO 8601 intervals.
# Seen:      The end is read alone, and a time alone is today's: three weeks long on 20 June, not valid ('end before
#            start') in May. '2026-06-01/05' is no five days: its end is five o'clock of today.
# Matters:   A feed whose sessions are written the short way shows a two-hour session as one of weeks; tests written on
#            the day of their data pass.
# Instead:   Split at the stroke; where the end has no date, put that of the start before it.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts luxon@3.7.2
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { Interval, Settings } from 'luxon';

const days = { '20 May': Date.UTC(2026, 4, 20), '20 June': Date.UTC(2026, 5, 20) };
const seen = Object.entries(days).flatMap(([day, now]) => {
  Settings.now = () => now;
  return ['2026-06-01T10:00/12:00', '2026-06-01/05', '2026-06-01T10:00/2026-06-01T12:00'].map((text) => {
    const interval = Interval.fromISO(text, { zone: 'utc' });
    return `${day}: ${text} = ${interval.isValid ? interval.toISO({ suppressSeconds: true, suppressMilliseconds: true }) : interval.invalidReason}`;
  });
});
console.log(seen.join('\n'));
assert.deepEqual(seen.map((line) => line.split(' = ')[1]), [
  'end before start',
  'end before start',
  '2026-06-01T10:00Z/2026-06-01T12:00Z',
  '2026-06-01T10:00Z/2026-06-20T12:00Z',
  '2026-06-01T00:00Z/2026-06-20T05:00Z',
  '2026-06-01T10:00Z/2026-06-01T12:00Z',
]);
JS
node seen.mjs
