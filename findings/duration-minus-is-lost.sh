#!/bin/sh
# 'A quarter of an hour before' is read as a quarter of an hour after, and an hour and a half with a comma as nothing.
#
# Packages:  iso8601-duration@2.1.4, dayjs@1.11.23, luxon@3.7.2, tinyduration@3.4.1, temporal-polyfill@1.0.8
# Expected:  -PT15M is fifteen minutes back (RFC 5545, 3.3.6): so reminders are written. PT1,5H is an hour and a half:
#            ISO 8601 allows the comma and prefers it.
# Seen:      iso8601-duration and dayjs know the minus, let it through, and leave it out: plus 15 minutes. Of PT1,5H
#            dayjs makes 0 and luxon NaN; the others 90 minutes. None raises an error.
# Matters:   A reminder comes when the session has begun. The length of an OpenActive session from a program that
#            writes commas is 0, and the session is over before it starts.
# Instead:   Temporal.Duration.from() reads both. With others look at the first letter yourself, and put a point for
#            the comma.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts iso8601-duration@2.1.4 dayjs@1.11.23 luxon@3.7.2 tinyduration@3.4.1 temporal-polyfill@1.0.8
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import dayjs from 'dayjs';
import duration from 'dayjs/plugin/duration.js';
import { parse as isoParse, toSeconds } from 'iso8601-duration';
import { Duration } from 'luxon';
import { Temporal } from 'temporal-polyfill';
import { parse as tinyParse } from 'tinyduration';

dayjs.extend(duration);
const tiny = ({ hours = 0, minutes = 0, negative = false }) => (negative ? -1 : 1) * (hours * 60 + minutes);
const minutes = {
  'iso8601-duration': (text) => toSeconds(isoParse(text)) / 60,
  dayjs: (text) => dayjs.duration(text).asMinutes(),
  luxon: (text) => Duration.fromISO(text).as('minutes'),
  tinyduration: (text) => tiny(tinyParse(text)),
  Temporal: (text) => Temporal.Duration.from(text).total('minutes'),
};
const seen = Object.fromEntries(
  Object.entries(minutes).map(([name, read]) => [name, ['PT15M', '-PT15M', 'PT1,5H'].map(read)]),
);
console.log('minutes of PT15M, -PT15M, PT1,5H', seen);
assert.deepEqual(seen, {
  'iso8601-duration': [15, 15, 90],
  dayjs: [15, 15, 0],
  luxon: [15, -15, Number.NaN],
  tinyduration: [15, -15, 90],
  Temporal: [15, -15, 90],
});
JS
node seen.mjs
