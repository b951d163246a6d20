#!/bin/sh
# The text of a mail with a timetable reads 'DayFromToMonday1012': cells are joined without a space.
#
# Packages:  mailparser@3.14.2, html-to-text@9.0.5
# Expected:  `text` of a mail that has HTML alone is what a person would read aloud: cells apart, rows on lines of their
#            own.
# Seen:      All cells of all rows are written one after the other: Monday 10 to 12 and Tuesday 1 to 4 are
#            'Monday1012Tuesday14'. Paragraphs, lists and line breaks are kept, so that most mails look fine.
# Matters:   Groups send their week as a table pasted from a word processor. What is read out of it has no days, and its
#            times are other numbers: 10 and 12 are 1012.
# Instead:   Take `html`, and turn it into text with html-to-text and { selector: 'table', format: 'dataTable' }.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts mailparser@3.14.2 html-to-text@9.0.5
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { convert } from 'html-to-text';
import { simpleParser } from 'mailparser';

const rows = [['Day', 'From', 'To'], ['Monday', '10', '12'], ['Tuesday', '1', '4']];
const table = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('');
const head = ['From: hall@example.org', 'Subject: Our week', 'Content-Type: text/html; charset=utf-8'];
const mail = await simpleParser(`${head.join('\r\n')}\r\n\r\n<p>Our week</p><table>${table}</table>`);
const apart = convert(mail.html, { selectors: [{ selector: 'table', format: 'dataTable' }] });
console.log(JSON.stringify(mail.text), '\n' + apart);
assert.equal(mail.text, 'Our week\n\nDayFromToMonday1012Tuesday14');
assert.match(apart, /Monday +10 +12\nTuesday +1 +4/);
JS
node seen.mjs
