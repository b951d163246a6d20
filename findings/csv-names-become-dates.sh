#!/bin/sh
# With cast_date, 'Room 5' is a day in May 2001.
#
# Packages:  csv-parse@7.0.3
# Expected:  cast_date makes dates of what looks like a date and leaves the rest.
# Seen:      Whatever the engine's Date.parse takes becomes a date, and that takes nearly any word before a number:
#            'Room 5', 'Group 2', 'Hub 2026' and 'Flat 3' are dates; 'May' and 'Sat 3pm' are not.
# Matters:   Names of rooms, groups and flats would be lost at import, for good, and only in the rows that have them.
# Instead:   No automatic casting. Read text, and turn into a date only the columns that are dates, by a pattern of
#            your own.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts csv-parse@7.0.3
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';

const values = ['Room 5', 'Group 2', 'Hub 2026', 'Flat 3', 'Studio 1a', 'May', 'E8 1EA', '020 7946 0123'];
const rows = parse(values.join('\n'), { cast: true, cast_date: true }).flat();
const dates = values.filter((_, index) => rows[index] instanceof Date);
for (const [index, value] of values.entries()) console.log(value.padEnd(15), rows[index]);
assert.deepEqual(dates, ['Room 5', 'Group 2', 'Hub 2026', 'Flat 3']);
JS
TZ=UTC node seen.mjs
