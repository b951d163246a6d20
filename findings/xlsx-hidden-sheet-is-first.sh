#!/bin/sh
# The first sheet is the one nobody sees, and '#N/A' is an empty cell.
#
# Packages:  exceljs@4.4.0, read-excel-file@9.3.17
# Expected:  readSheet() without a name gives the sheet that a person sees first. A cell with an error is an error, or
#            its text.
# Seen:      A hidden sheet in front, where templates keep the choices of their drop-downs, is what is read. '#N/A' of
#            a broken look-up is null, the same as a cell left empty.
# Matters:   Templates with drop-downs have such sheets. The import reads the list of choices as listings, or says
#            that the columns are missing; a broken look-up silently empties a postcode.
# Instead:   Read all sheets and take the one with the expected headings. For errors look at the cells of type 'e' in
#            the XML, or ask the sender for values in place of formulas.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts exceljs@4.4.0 read-excel-file@9.3.17
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import ExcelJS from 'exceljs';
import readSheets, { readSheet } from 'read-excel-file/node';

const workbook = new ExcelJS.Workbook();
const choices = workbook.addWorksheet('choices');
choices.state = 'hidden';
choices.addRow(['free', 'paid']);
const listings = workbook.addWorksheet('Listings');
listings.addRow(['name', 'postcode']);
listings.addRow(['Chair yoga', { error: '#N/A' }]);
const file = Buffer.from(await workbook.xlsx.writeBuffer());

const first = await readSheet(file);
const all = await readSheets(file);
console.log('first:', JSON.stringify(first), ' all:', JSON.stringify(all));
assert.deepEqual(first, [['free', 'paid']]);
assert.deepEqual(all[1].data[1], ['Chair yoga', null]);
JS
node seen.mjs
