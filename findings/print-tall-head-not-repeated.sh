#!/bin/sh
# The head of a table is printed on every page until it is a quarter of the page high; then on the first alone.
#
# Packages:  @sparticuz/chromium@153.0.0, playwright-core@1.65.1, pdfjs-dist@5.6.205
# Expected:  A thead is repeated on each page that its table runs over, whatever its height, as long as a row fits
#            under it.
# Seen:      With a head of 250 px on A4 (1,123 px high) it stands on all three pages; with 300 px it is on the first
#            page only, without any warning.
# Matters:   The usual way to carry the name of a service, the date and 'please check before use' over a printed list
#            is a thead. In large print it grows past the limit, for just those readers who need it.
# Instead:   Put running words into margin boxes of @page (@top-left and so on, with counter(page)), which Chromium
#            prints by now, or keep the head to one line.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts @sparticuz/chromium@153.0.0 playwright-core@1.65.1 pdfjs-dist@5.6.205
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import chromium from '@sparticuz/chromium';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { chromium as browsers } from 'playwright-core';

const browser = await browsers.launch({ executablePath: await chromium.executablePath(), args: chromium.args });
const page = await browser.newPage();
/** The words of each printed page. */
async function print(html, options) {
  await page.setContent(html);
  const data = new Uint8Array(await page.pdf({ format: 'A4', ...options }));
  const paper = await getDocument({ data, verbosity: 0 }).promise;
  const pages = Array.from({ length: paper.numPages }, async (_, index) => {
    const { items } = await (await paper.getPage(index + 1)).getTextContent();
    return items.map(({ str }) => str.trim()).filter(Boolean).join(' ');
  });
  return Promise.all(pages);
}

const table = (height) => {
  const rows = Array.from({ length: 40 }, (_, row) => `<tr><td style="height:50px">row ${row}`).join('');
  return `<style>* { margin: 0 }</style><table><thead><tr><th style="height:${height}px">HEAD<tbody>${rows}</table>`;
};
const seen = [];
for (const height of [250, 300]) {
  const pages = await print(table(height));
  seen.push(pages.map((words) => words.includes('HEAD')));
  console.log(`a head of ${height} px is on pages`, pages.map((words, at) => (words.includes('HEAD') ? at + 1 : '-')).join(' '));
}
await browser.close();
assert.deepEqual(seen, [[true, true, true], [true, false, false]]);
JS
TMPDIR="$dir" node seen.mjs
