#!/bin/sh
# In print, a media query on the width answers with the margins or without them, by who set the margins.
#
# Packages:  @sparticuz/chromium@153.0.0, playwright-core@1.65.1, pdfjs-dist@5.6.205
# Expected:  The width that a media query sees in print is the width of the page box (Media Queries 5), or else that
#            of what is printed on: one of them, however the margins were given.
# Seen:      With @page { margin: 40mm } the query sees 794 px, all of A4, though the text has 491 px. With the same
#            margins given to page.pdf() it sees the 491 px.
# Matters:   A narrow layout for handouts in large print never comes where the style sheet sets the margins, and comes
#            where a script prints the same page: the preview and the sent PDF differ.
# Instead:   Lay print out by container queries, which see the true width in both.
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

const widths = [480, 500, 780, 800];
const rules = widths.map((width) => `@media (min-width: ${width}px) { .m${width} { display: inline } }`);
rules.push('.box { container-type: inline-size }', ...widths.map((width) => `@container (min-width: ${width}px) { .c${width} { display: inline } }`));
const spans = widths.map((width) => `<span class="m${width}">media ${width} </span><span class="c${width}">box ${width} </span>`);
const html = (page) => `<style>${page} body { margin: 0 } span { display: none } ${rules.join(' ')}</style><div class="box">${spans.join('')}</div>`;
const seen = [
  (await print(html('@page { margin: 40mm }')))[0],
  (await print(html(''), { margin: { top: '40mm', right: '40mm', bottom: '40mm', left: '40mm' } }))[0],
];
await browser.close();
console.log(`by @page       ${seen[0]}\nby page.pdf()  ${seen[1]}`);
assert.deepEqual(seen, ['media 480 box 480 media 500 media 780', 'media 480 box 480']);
JS
TMPDIR="$dir" node seen.mjs
