#!/bin/sh
# 'The same time tomorrow' over the October night is an hour early on one server and right on another, and both write
# +01:00.
#
# Packages:  dayjs@1.11.23, luxon@3.7.2
# Expected:  dayjs.tz('2026-10-24T20:00', 'Europe/London').add(1, 'day') is 25 October, 20:00 in London, which is
#            +00:00 by then: 20:00 UTC. The zone of the machine has no say.
# Seen:      format() writes 20:00:00+01:00, which is 19:00 UTC. toISOString() is 19:00 UTC where the process runs in
#            UTC, and 20:00 UTC where it runs in London: there one date gives two times. luxon has 20:00+00:00 on both.
#            March is the same the other way round.
# Matters:   'Next session' is the last one and a week: the two weeks of the clock changes are wrong in the data, right
#            on the laptop, and only then.
# Instead:   Add days with luxon or Temporal, or take the text without its offset and put it into the zone again.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts dayjs@1.11.23 luxon@3.7.2
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

writeFileSync(
  'next.mjs',
  `import dayjs from 'dayjs';
  import timezone from 'dayjs/plugin/timezone.js';
  import utc from 'dayjs/plugin/utc.js';
  import { DateTime } from 'luxon';
  dayjs.extend(utc);
  dayjs.extend(timezone);
  const [start, zone] = ['2026-10-24T20:00', 'Europe/London'];
  const next = dayjs.tz(start, zone).add(1, 'day');
  const other = DateTime.fromISO(start, { zone }).plus({ days: 1 });
  console.log(next.format(), next.toISOString(), other.toISO());`,
);
const seen = ['UTC', 'Europe/London'].map((TZ) => {
  const told = spawnSync('node', ['next.mjs'], { env: { ...process.env, TZ }, encoding: 'utf8' }).stdout.trim();
  console.log(TZ.padEnd(14), told);
  return told.split(' ');
});
const right = '2026-10-25T20:00:00.000+00:00';
assert.deepEqual(seen, [
  ['2026-10-25T20:00:00+01:00', '2026-10-25T19:00:00.000Z', right],
  ['2026-10-25T20:00:00+01:00', '2026-10-25T20:00:00.000Z', right],
]);
JS
node seen.mjs
