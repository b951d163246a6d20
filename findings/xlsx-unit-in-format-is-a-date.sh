#!/bin/sh
# A number shown as '5h' or '3d' comes out as a day in January 1900.
#
# Packages:  exceljs@4.4.0, read-excel-file@9.3.17
# Expected:  A backslash in a number format makes the next letter plain text (ECMA-376, 18.8.31): 0\\h is a number of
#            hours. It is read as the number 7.
# Seen:      exceljs takes the letter for hours or days and hands out a Date, 6 January 1900. With the letter in
#            quotes, 0"h", it is the number 7. read-excel-file reads both as 7.
# Matters:   Spreadsheet programs write both forms for the same cell, so a column 'hours a week' turns into dates with
#            one sender and not with another.
# Instead:   Where exceljs is used, turn a Date before 1950 back into its number, or read with read-excel-file.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts exceljs@4.4.0 read-excel-file@9.3.17
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import ExcelJS from 'exceljs';
import { readSheet } from 'read-excel-file/node';

const workbook = new ExcelJS.Workbook();
const sheet = workbook.addWorksheet('Listings');
for (const format of ['0\\h', '0"h"', '0\\d']) sheet.addRow([7]).getCell(1).numFmt = format;
const file = Buffer.from(await workbook.xlsx.writeBuffer());
const read = new ExcelJS.Workbook();
await read.xlsx.load(file);
const seen = [1, 2, 3].map((row) => read.worksheets[0].getCell(row, 1).value);
const other = (await readSheet(file)).flat();
console.log('exceljs:', seen, ' read-excel-file:', other);
assert.deepEqual(
  seen.map((value) => value instanceof Date),
  [true, false, true],
);
assert.deepEqual(other, [7, 7, 7]);
JS
TZ=UTC node seen.mjs
