#!/bin/sh
# Every fourth time of day that one library writes is read a minute early by another.
#
# Packages:  exceljs@4.4.0, xlsx@0.18.5
# Expected:  A time of a whole minute is that minute when it is read back: the file has the fraction of a day with as many
#            digits as a number holds, and exceljs reads all of them right.
# Seen:      With cellDates, xlsx cuts off what is left of a millisecond instead of rounding it: 352 of the 1,440 minutes
#            of 1 June 2026 come out as the last millisecond of the minute before, 10:20 as 10:19:59.999. The text of the
#            cell (`w`) is right, and so are the hours, halves and quarters that people try first.
# Matters:   A class at 10:20 begins at 10:19, on some days; what is meant to be equal to last month's file is not.
# Instead:   Round to the second before use, or read the number (without cellDates) and round that.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts exceljs@4.4.0 xlsx@0.18.5
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import ExcelJS from 'exceljs';
import XLSX from 'xlsx';

const MINUTES = 24 * 60;
const clock = (minute) => new Date(minute * 60_000).toISOString().slice(11, 16);
const book = new ExcelJS.Workbook();
const sheet = book.addWorksheet('Times');
for (let minute = 0; minute < MINUTES; minute++) {
  sheet.addRow([new Date(Date.UTC(2026, 5, 1, 0, minute))]).getCell(1).numFmt = 'hh:mm';
}
const file = await book.xlsx.writeBuffer();
const dates = XLSX.read(file, { cellDates: true }).Sheets.Times;
const texts = XLSX.read(file).Sheets.Times;
const early = [];
let wrongTexts = 0;
for (let minute = 0; minute < MINUTES; minute++) {
  const cell = `A${minute + 1}`;
  const off = dates[cell].v.getTime() % 60_000;
  if (off !== 0) early.push({ minute, off: off - 60_000 });
  if (texts[cell].w !== clock(minute)) wrongTexts++;
}
console.log(early.length, 'of', MINUTES, 'are early:', early.filter(({ minute }) => minute % 5 === 0 && minute > 480).map(({ minute }) => clock(minute)).join(' '), [...new Set(early.map(({ off }) => off))]);
const wellKnown = early.filter(({ minute }) => minute % 15 === 0);
const again = new ExcelJS.Workbook();
await again.xlsx.load(file);
assert.equal(early.length, 352);
assert.ok(early.every(({ off }) => off === -1));
assert.deepEqual(wellKnown, []);
assert.ok(early.some(({ minute }) => clock(minute) === '10:20'));
assert.equal(wrongTexts, 0);
assert.equal(again.worksheets[0].getColumn(1).values.filter((value) => value.getTime() % 60_000 !== 0).length, 0);
JS
TZ=UTC node seen.mjs
