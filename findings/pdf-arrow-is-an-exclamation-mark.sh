#!/bin/sh
# '10 → 12' is printed as '10 !’ 12', and 'Tŷ Gŵyl' with other letters, without a word.
#
# Packages:  pdfkit@0.20.2, pdf-lib@1.17.1, pdfjs-dist@5.6.205
# Expected:  The fonts that every PDF reader has know the letters of Western Europe (WinAnsi; ISO 32000-1, annex D).
#            What they lack is refused, or a box.
# Seen:      pdfkit writes the two bytes of such a letter as two others: ŵ, ŷ, an arrow, a tick and 'less or equal'
#            become letters, quotes and signs that read like a misprint; a tab is a dash. pdf-lib raises an error that
#            names the letter.
# Matters:   A handout for a patient in Cardiff has the clinic's name wrong, and '10 → 12' has no time that can be
#            read. Nothing in a log says so.
# Instead:   Embed a font that has the letters (registerFont with a file), for every text that people wrote; or refuse
#            what is outside WinAnsi before it is printed.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts pdfkit@0.20.2 pdf-lib@1.17.1 pdfjs-dist@5.6.205
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { PDFDocument, StandardFonts } from 'pdf-lib';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import PDFKit from 'pdfkit';

async function textOf(data) {
  const pdf = await getDocument({ data, verbosity: 0 }).promise;
  const { items } = await (await pdf.getPage(1)).getTextContent();
  return items.map(({ str }) => str).join('');
}
async function kit(text) {
  const document = new PDFKit();
  const parts = [];
  document.on('data', (part) => parts.push(part));
  const ended = new Promise((resolve) => document.on('end', resolve));
  document.font('Helvetica').text(text).end();
  await ended;
  return textOf(new Uint8Array(Buffer.concat(parts)));
}
async function lib(text) {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  try {
    document.addPage().drawText(text, { font });
    return await textOf(await document.save());
  } catch (error) {
    return error.message;
  }
}
const seen = {};
for (const text of ['Caf\u00e9 \u2013 \u00a35', 'T\u0177 G\u0175yl', '10 \u2192 12', '\u2713 free']) {
  seen[text] = [await kit(text), await lib(text)];
  console.log(text.padEnd(10), 'pdfkit', JSON.stringify(seen[text][0]), 'pdf-lib', JSON.stringify(seen[text][1]));
}
const [plain, welsh, arrow, tick] = Object.values(seen);
assert.deepEqual(plain, ['Caf\u00e9 \u2013 \u00a35', 'Caf\u00e9 \u2013 \u00a35']);
assert.ok(/^T\S* ?.*yl$/.test(welsh[0]) && !welsh[0].includes('\u0177'));
assert.deepEqual([arrow[0], tick[0]], ['10 !\u2019 12', "' free"]);
for (const [, message] of [welsh, arrow, tick]) assert.match(message, /WinAnsi cannot encode/);
JS
node seen.mjs
