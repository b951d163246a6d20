#!/bin/sh
# Rows added by another program keep a carriage return at the end of the last column.
#
# Packages:  csv-parse@7.0.3, papaparse@5.7.1
# Expected:  Left to find the line ends itself, the parser takes LF, CRLF and CR alike, row by row, as a spreadsheet
#            does.
# Seen:      The first line decides for the whole file. A heading that ends in LF and rows in CRLF leave '\r' behind
#            the last value of each row; a heading in CRLF and rows in LF join all rows into one. papaparse is the
#            same.
# Matters:   It happens where a heading is put before an export by a script, or two files are joined. 'E8 1EA\r' is no
#            postcode; 'yes\r' is not yes.
# Instead:   Give record_delimiter: ['\r\n', '\n', '\r'] (papaparse: even the ends out first).
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts csv-parse@7.0.3 papaparse@5.7.1
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import Papa from 'papaparse';

const file = 'name,postcode\nChair yoga,E8 1EA\r\nWalking,E9 6AA\r\n';
const left = parse(file, { columns: true }).map(({ postcode }) => postcode);
const papa = Papa.parse(file, { header: true, skipEmptyLines: true }).data.map(({ postcode }) => postcode);
const named = parse(file, { columns: true, record_delimiter: ['\r\n', '\n', '\r'] }).map(({ postcode }) => postcode);
console.log('csv-parse', left, 'papaparse', papa, 'with the ends named', named);
assert.deepEqual(left, ['E8 1EA\r', 'E9 6AA\r']);
assert.deepEqual(papa, left);
assert.deepEqual(named, ['E8 1EA', 'E9 6AA']);
assert.throws(() => parse('name,postcode\r\nChair yoga,E8 1EA\nWalking,E9 6AA\n', { columns: true }));
JS
node seen.mjs
