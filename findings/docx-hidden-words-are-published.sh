#!/bin/sh
# Words that are hidden in a Word document stand on the page that is made from it.
#
# Packages:  docx@9.15.2, mammoth@1.13.0
# Expected:  What Word neither shows nor prints (Font, Hidden: w:vanish, ECMA-376-1, 17.3.2.41) is left out, as deleted
#            text of tracked changes is; or there is a message about it, as about other things that are not supported.
# Seen:      The hidden words are in the HTML, the Markdown and the raw text like all others, and `messages` is empty.
# Matters:   What somebody hid instead of deleting (a note to the printer, who has the key) is published by turning a
#            leaflet into a listing, and whoever compares the two in Word sees no difference.
# Instead:   Take out runs with w:vanish (and w:webHidden) from word/document.xml first, or show what was read to a person.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts docx@9.15.2 mammoth@1.13.0
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { DeletedTextRun, Document, Packer, Paragraph, TextRun } from 'docx';
import mammoth from 'mammoth';

const children = [
  new TextRun('Come in. '),
  new TextRun({ text: 'The key is with Ann. ', vanish: true }),
  new DeletedTextRun({ text: 'No dogs. ', id: 1, author: 'Ann', date: '2026-06-01T10:00:00Z' }),
  new TextRun('Tea at ten.'),
];
const buffer = await Packer.toBuffer(new Document({ sections: [{ children: [new Paragraph({ children })] }] }));
const { value, messages } = await mammoth.convertToHtml({ buffer });
const raw = (await mammoth.extractRawText({ buffer })).value.trim();
console.log(value, messages, raw);
assert.equal(value, '<p>Come in. The key is with Ann. Tea at ten.</p>');
assert.equal(raw, 'Come in. The key is with Ann. Tea at ten.');
assert.deepEqual(messages, []);
JS
node seen.mjs
