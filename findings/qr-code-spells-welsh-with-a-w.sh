#!/bin/sh
# A code for example.org/tŷ leads to example.org/tw, and a curly apostrophe is lost.
#
# Packages:  qrcode-generator@2.0.4, qrcode@1.5.4, jsqr@1.4.0
# Expected:  Text that cannot be written in one byte a letter is written as UTF-8, as qrcode does, or refused.
# Seen:      By default the lower half of each letter's number is written and the upper half dropped: ŷ is 0177, so it
#            becomes 77, a w; the curly apostrophe 2019 becomes 19, which no reader shows. The code scans well, for
#            another address. qrcode gives the text back.
# Matters:   A poster is printed and hung up before somebody scans it with another phone; the address it leads to may
#            be anybody's.
# Instead:   Give it stringToBytes = (text) => [...new TextEncoder().encode(text)] before the first code (the table of
#            such functions that its types name is not there in the module); or put nothing but ASCII in.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts qrcode-generator@2.0.4 qrcode@1.5.4 jsqr@1.4.0
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import jsQR from 'jsqr';
import QRCode from 'qrcode';
import generate from 'qrcode-generator';

const SCALE = 4;
const MARGIN = 4;
function scan(size, isDark) {
  const width = (size + 2 * MARGIN) * SCALE;
  const picture = new Uint8ClampedArray(width * width * 4).fill(255);
  for (let y = 0; y < width; y++) {
    for (let x = 0; x < width; x++) {
      const [row, column] = [Math.floor(y / SCALE) - MARGIN, Math.floor(x / SCALE) - MARGIN];
      const inside = row >= 0 && column >= 0 && row < size && column < size;
      if (inside && isDark(row, column)) picture.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
    }
  }
  return jsQR(picture, width, width)?.data;
}
function read(text) {
  const one = generate(0, 'M');
  one.addData(text);
  one.make();
  const { size, data } = QRCode.create(text, { errorCorrectionLevel: 'M' }).modules;
  const seen = [scan(one.getModuleCount(), (row, column) => one.isDark(row, column)), scan(size, (row, column) => data[row * size + column])];
  console.log(JSON.stringify(text), 'qrcode-generator', JSON.stringify(seen[0]), 'qrcode', JSON.stringify(seen[1]));
  return seen;
}
const house = 'https://example.org/t\u0177';
const apostrophe = 'Ann\u2019s club';
assert.deepEqual(read(house), ['https://example.org/tw', house]);
assert.deepEqual(read(apostrophe), ['Ann\u0019s club', apostrophe]);
generate.stringToBytes = (letters) => [...new TextEncoder().encode(letters)];
assert.equal(read(house)[0], house);
JS
node seen.mjs
