#!/bin/sh
# A workbook counted from 1904 is read right or four years early, by how its writer spelt 'true'.
#
# Packages:  exceljs@4.4.0, fflate@0.8.3, read-excel-file@9.3.17, xlsx@0.18.5
# Expected:  date1904 is an XML Schema boolean: "1" and "true" are the same. One cell with one format is one date.
# Seen:      read-excel-file takes "1" alone; with "true", as SheetJS writes it, every date is 1,462 days early.
#            SheetJS contradicts itself in one cell: the shown text is 01/06/2026, the date (cellDates) is 31 May
#            2022, whichever way it is spelt.
# Matters:   Start and review dates would be in the past and groups count as over. Old workbooks from Macs still count
#            from 1904, and are passed on from year to year.
# Instead:   Look for date1904 in xl/workbook.xml yourself, or refuse dates more than a year old with a question. From
#            SheetJS take the text.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts exceljs@4.4.0 fflate@0.8.3 read-excel-file@9.3.17 xlsx@0.18.5
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import ExcelJS from 'exceljs';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import readSheets from 'read-excel-file/node';
import XLSX from 'xlsx';

const workbook = new ExcelJS.Workbook();
workbook.properties.date1904 = true;
workbook.addWorksheet('Listings').addRow([new Date('2026-06-01T00:00:00Z')]).getCell(1).numFmt = 'dd/mm/yyyy';
const written = unzipSync(new Uint8Array(await workbook.xlsx.writeBuffer()));
const spelt = (word) => {
  const xml = strFromU8(written['xl/workbook.xml']).replace('date1904="1"', `date1904="${word}"`);
  return Buffer.from(zipSync({ ...written, 'xl/workbook.xml': strToU8(xml) }));
};
const day = (date) => date.toISOString().slice(0, 10);
const seen = [];
for (const word of ['1', 'true']) {
  const [{ data }] = await readSheets(spelt(word));
  const cell = XLSX.read(spelt(word), { cellDates: true }).Sheets.Listings.A1;
  seen.push([day(data[0][0]), cell.w, day(cell.v)]);
  console.log(`date1904="${word}"`.padEnd(16), `read-excel-file ${seen.at(-1)[0]}  SheetJS text ${cell.w}, date ${seen.at(-1)[2]}`);
}
assert.deepEqual(seen, [
  ['2026-06-01', '01/06/2026', '2022-05-31'],
  ['2022-05-31', '01/06/2026', '2022-05-31'],
]);
const sheet = XLSX.utils.book_new();
XLSX.utils.book_append_sheet(sheet, XLSX.utils.aoa_to_sheet([[1]]), 'A');
sheet.Workbook = { WBProps: { date1904: true } };
const own = unzipSync(new Uint8Array(XLSX.write(sheet, { type: 'buffer', bookType: 'xlsx' })));
assert.match(strFromU8(own['xl/workbook.xml']), /date1904="true"/);
JS
TZ=UTC node seen.mjs
