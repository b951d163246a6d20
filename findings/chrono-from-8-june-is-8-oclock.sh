#!/bin/sh
# 'Open from 8 June' is read as eight o'clock on 1 June, and '24/7' as 24 July.
#
# Packages:  chrono-node@2.10.3
# Expected:  The British parser of a library made for such sentences reads '8 June', 'on 8 June' and 'from 8 June' as
#            one day; what it does not know ('24/7', 'Friday week') it leaves.
# Seen:      After 'from' the number becomes an hour: 1 June, 08:00. '24/7' is 24 July and '1/2 hour' is 1 February.
#            'Friday week' is this Friday, a week early; 'last Friday of each month' is one date; of 'Tuesday 10 June',
#            which is a Wednesday, the Tuesday is dropped without a word.
# Matters:   'From 8 June' is how a new group announces itself. The date looks sure, so a form that fills itself in
#            with it is believed.
# Instead:   Use it to offer a date that a person confirms, show the words it took (`text`) beside it, and compare the
#            weekday that was written.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts chrono-node@2.10.3
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { en } from 'chrono-node';

// A Wednesday.
const now = new Date(2026, 5, 3, 12);
const two = (number) => String(number).padStart(2, '0');
const said = ['starts 8 June', 'starts from 8 June', 'open 24/7', '1/2 hour', 'Friday week', 'last Friday of each month', 'Tuesday 10 June'];
const seen = said.map((text) => {
  const [first] = en.GB.parse(text, now);
  const date = first.start.date();
  const time = first.start.isCertain('hour') ? ` ${two(date.getHours())}:${two(date.getMinutes())}` : '';
  const found = `${first.text} = ${two(date.getDate())}/${two(date.getMonth() + 1)}${time}`;
  console.log(text.padEnd(28), found);
  return found;
});
assert.deepEqual(seen, [
  '8 June = 08/06',
  'from 8 June = 01/06 08:00',
  '24/7 = 24/07',
  '1/2 = 01/02',
  'Friday = 05/06',
  'last Friday = 29/05',
  'Tuesday 10 June = 10/06',
]);
JS
TZ=Europe/London node seen.mjs
