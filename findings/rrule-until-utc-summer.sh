#!/bin/sh
# A weekly rule that ends in UTC, as RFC 5545 asks for, loses its last summer session; an EXDATE in UTC takes none
# out.
#
# Packages:  rrule@2.8.1
# Expected:  DTSTART has a TZID, so UNTIL must be in UTC (RFC 5545, 3.3.10). A Monday group at 10:30 in London until
#            20260615T093000Z, which is 10:30 that Monday, meets on 1, 8 and 15 June; the EXDATE 20260608T093000Z
#            takes 8 June out.
# Seen:      The digits of UNTIL and EXDATE are held against the wall clock as they stand: 10:30 comes after 09:30, so
#            15 June is gone, and 8 June stays although it was cancelled. In winter both clocks agree, so a test
#            written in January passes.
# Matters:   Feeds write both this way. People would be told that the last session before the holidays is off, and
#            that a cancelled one is on.
# Instead:   Put UNTIL and EXDATE into the zone of DTSTART before rrule sees them, or use a library that compares
#            moments (rrule-temporal, rrule-rust).
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts rrule@2.8.1
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import rrule from 'rrule';

const days = (from, until, without) =>
  rrule
    .rrulestr(`DTSTART;TZID=Europe/London:${from}\nRRULE:FREQ=WEEKLY;UNTIL=${until}\nEXDATE:${without}`, { forceset: true })
    .all()
    .map((date) => date.toISOString().slice(0, 10))
    .join(' ');

const winter = days('20260105T103000', '20260119T103000Z', '20260112T103000Z');
const summer = days('20260601T103000', '20260615T093000Z', '20260608T093000Z');
console.log(`winter  ${winter}\nsummer  ${summer}`);
assert.equal(winter, '2026-01-05 2026-01-19');
assert.equal(summer, '2026-06-01 2026-06-08');
JS
TZ=UTC node seen.mjs
