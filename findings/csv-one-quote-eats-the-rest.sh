#!/bin/sh
# 'Skip bad rows' skips every good row after one stray quote.
#
# Packages:  csv-parse@7.0.3
# Expected:  With skip_records_with_error the row that cannot be read is left out, and reading goes on at the next
#            line: rows 1 and 3 of three.
# Seen:      A row such as "The Hub" cafe,Hackney (text after a closing quote) leaves the parser inside the field:
#            every row up to the next quote in the file is swallowed with it, here all of them, and two errors are
#            told for four lost rows. A row with a column too few is skipped alone.
# Matters:   Spreadsheets saved by hand hold such names. The option is made for imports that must not stop at one bad
#            row, and loses most of the file instead.
# Instead:   Read without it and tell the sender the line; or with relax_quotes, which keeps the quotes as text, and
#            count rows against lines.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts csv-parse@7.0.3
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';

const quoted = ['name,town', 'Chair yoga,Hackney', '"The Hub" cafe,Hackney', 'Walking,Homerton', 'Singing,Dalston', 'Art,Bow'];
const short = ['name,town', 'Chair yoga,Hackney', 'The Hub', 'Walking,Homerton', 'Singing,Dalston', 'Art,Bow'];
const names = (lines, options) => parse(lines.join('\n'), { columns: true, ...options }).map(({ name }) => name);

const told = [];
const lost = names(quoted, { skip_records_with_error: true, on_skip: (error) => told.push(error.code) });
const kept = names(short, { skip_records_with_error: true });
const relaxed = names(quoted, { relax_quotes: true });
console.log(`stray quote    ${lost} (told: ${told})\ncolumn short   ${kept}\nrelax_quotes   ${relaxed}`);
assert.deepEqual(lost, ['Chair yoga']);
assert.equal(told.length, 2);
assert.deepEqual(kept, ['Chair yoga', 'Walking', 'Singing', 'Art']);
assert.equal(relaxed.length, 5);
JS
node seen.mjs
