#!/bin/sh
# 'Term time only' cannot be read for the United Kingdom; with the place left out it is read by German school
# holidays.
#
# Packages:  opening_hours@3.15.0
# Expected:  'Mo 10:00-12:00; SH off' (SH: school holidays) is valid OpenStreetMap. A library that does not know a
#            country's school holidays says so with an Error, or leaves that part out.
# Seen:      With an address in England the constructor throws a bare string, not an Error, so error.message is
#            undefined. With null for the place, which reads as 'nowhere', a default place is taken that is in
#            Germany: open on 4 May, a bank holiday, and on 27 July, when schools in England are out; shut on 7
#            September, when they are back.
# Matters:   'Term time only' is what many community groups say. Hours exported or imported by OpenStreetMap's
#            notation would lose it, or send people to a locked door.
# Instead:   Give the country always, catch whatever is thrown and put it through String(), keep 'term time' as words,
#            and say them beside the times instead of working them out.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts opening_hours@3.15.0
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import OpeningHours from 'opening_hours';

const monday = (hours, month, day) => (hours.getState(new Date(2026, month - 1, day, 11)) ? 'open' : 'shut');
const england = { address: { country_code: 'gb', state: 'England' } };
let thrown;
try {
  new OpeningHours('Mo 10:00-12:00; SH off', england);
} catch (error) {
  thrown = error;
}
console.log(`England: throws a ${typeof thrown}, ${String(thrown).slice(-73)}`);
assert.equal(typeof thrown, 'string');

const nowhere = new OpeningHours('Mo 10:00-12:00; PH off; SH off', null);
const seen = [monday(nowhere, 5, 4), monday(nowhere, 7, 27), monday(nowhere, 9, 7)];
console.log(`nowhere: 4 May (bank holiday) ${seen[0]}, 27 July (schools are out) ${seen[1]}, 7 September (back) ${seen[2]}`);
assert.deepEqual(seen, ['open', 'open', 'shut']);
JS
TZ=Europe/London node seen.mjs
