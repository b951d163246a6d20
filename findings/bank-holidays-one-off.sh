#!/bin/sh
# The bank holiday of 15 June 2026 in Scotland is not there; 'GB' alone is no nation's list.
#
# Packages:  date-holidays@3.37.0, opening_hours@3.15.0
# Expected:  Rules give the yearly days; one-off days are entered once they are proclaimed (as 19 September 2022 was).
#            Scotland's of Monday 15 June 2026 was proclaimed in February 2026. 'GB' is what all of Great Britain
#            shares, or the most that anybody has off.
# Seen:      Neither library knows 15 June 2026. 'GB' has Easter Monday, which Scotland does not have, and lacks the
#            August holiday, which everybody has on one day or another: it matches none of the three nations.
# Matters:   'Closed on bank holidays' is an exception that many groups state. A wrong answer sends somebody to a
#            locked door.
# Instead:   Take the days from gov.uk's bank-holidays.json by division, kept with the data and renewed; a library
#            serves for years that it does not list yet. Never ask without a division.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts date-holidays@3.37.0 opening_hours@3.15.0
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import Holidays from 'date-holidays';
import OpeningHours from 'opening_hours';

const days = (...where) =>
  new Holidays(...where)
    .getHolidays(2026)
    .filter(({ type }) => type === 'public')
    .map(({ date }) => date.slice(5, 10));
const scotland = days('GB', 'SCT');
const all = days('GB');
const england = days('GB', 'ENG');
const open = new OpeningHours('Mo-Fr 09:00-17:00; PH off', { address: { country_code: 'gb', state: 'Scotland' } });
const football = open.getState(new Date(2026, 5, 15, 11));
console.log(`GB      ${all.join(' ')}\nGB-ENG  ${england.join(' ')}\nGB-SCT  ${scotland.join(' ')}`);
console.log(`opening_hours, Scotland, 15 June 2026: ${football ? 'open' : 'off'}`);
assert.ok(!scotland.includes('06-15') && football, '15 June is missing in both');
assert.ok(days('GB', 'SCT').length > 8 && new Holidays('GB', 'SCT').getHolidays(2022).some(({ date }) => date.startsWith('2022-09-19')));
assert.ok(all.includes('04-06') && !scotland.includes('04-06'), 'Easter Monday');
assert.ok(!all.includes('08-31') && england.includes('08-31') && scotland.includes('08-03'), 'August');
JS
TZ=Europe/London node seen.mjs
