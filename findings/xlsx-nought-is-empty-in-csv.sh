#!/bin/sh
# '0 places left' is an empty cell in the CSV file, and a cell with one bold word is JSON.
#
# Packages:  exceljs@4.4.0, csv-parse@7.0.3
# Expected:  The CSV file of a sheet has what its cells show.
# Seen:      A formula that comes to 0 is written as nothing, and one that comes to 3 as 3; cell.text is empty there too.
#            'Closed *Tuesdays*' is '{"richText":[{"text":"Closed "}...', where cell.text has the words. Of a link the
#            address is written, and not its words.
# Matters:   Full and unknown become the same; and the one word that somebody made bold, for it mattered, turns the
#            whole cell into code on a page.
# Instead:   Write the rows yourself: cell.result for a formula, cell.text for all else.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts exceljs@4.4.0 csv-parse@7.0.3
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import ExcelJS from 'exceljs';

const cells = {
  'none left': { formula: '5-5', result: 0 },
  'three left': { formula: '5-2', result: 3 },
  bold: { richText: [{ text: 'Closed ' }, { font: { bold: true }, text: 'Tuesdays' }] },
  link: { text: 'Our page', hyperlink: 'https://example.org/' },
};
const book = new ExcelJS.Workbook();
book.addWorksheet('Sheet1').addRow(Object.values(cells));
const read = new ExcelJS.Workbook();
await read.xlsx.load(await book.xlsx.writeBuffer());
const [row] = parse(await read.csv.writeBuffer());
const texts = Object.keys(cells).map((_, index) => read.worksheets[0].getCell(1, index + 1).text);
const seen = Object.keys(cells).map((name, index) => ({ name, text: texts[index], written: row[index] }));
console.log(seen);
assert.equal(read.worksheets[0].getCell(1, 1).result, 0);
assert.deepEqual(texts, ['', '3', 'Closed Tuesdays', 'Our page']);
assert.equal(row[0], '');
assert.equal(row[1], '3');
assert.deepEqual(Object.keys(JSON.parse(row[2])), ['richText']);
assert.equal(row[3], 'https://example.org/');
JS
node seen.mjs
