#!/bin/sh
# Step 3 of a Word document is step 1 on the page, and points a) and b) go on counting as 2 and 3.
#
# Packages:  docx@9.15.2, mammoth@1.13.0
# Expected:  A numbered list is kept: what Word shows as 3 is 3 on the page (`start`), and two lists one after the other
#            are two.
# Seen:      A list is whatever numbered paragraphs stand next to each other. A sentence between steps 2 and 3 begins
#            anew at 1; points a) and b) right after step 3 are the same list, without letters. `messages` is empty.
# Matters:   'Ring, then go to step 3' of the way into a building leads nowhere, and a form says 'see point b'.
# Instead:   Read word/numbering.xml beside the document and set `start` and `type`, or write such lists as plain text.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts docx@9.15.2 mammoth@1.13.0
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { Document, LevelFormat, Packer, Paragraph } from 'docx';
import mammoth from 'mammoth';

const list = (reference, format, text) => ({ reference, levels: [{ level: 0, format, text, alignment: 'left' }] });
const point = (text, reference) => new Paragraph({ text, numbering: { reference, level: 0 } });
const document = new Document({
  numbering: { config: [list('steps', LevelFormat.DECIMAL, '%1.'), list('points', LevelFormat.LOWER_LETTER, '%1)')] },
  sections: [
    {
      children: [
        point('Ring the bell', 'steps'),
        point('Go up', 'steps'),
        new Paragraph('The lift is on the left.'),
        point('Ask for Ann', 'steps'),
        point('Bring the letter', 'points'),
        point('Bring a cup', 'points'),
      ],
    },
  ],
});
const { value, messages } = await mammoth.convertToHtml({ buffer: await Packer.toBuffer(document) });
console.log(value);
const [first, second] = value.match(/<ol.*?<\/ol>/gu);
assert.equal(first, '<ol><li>Ring the bell</li><li>Go up</li></ol>');
assert.equal(second, '<ol><li>Ask for Ann</li><li>Bring the letter</li><li>Bring a cup</li></ol>');
assert.deepEqual(messages, []);
JS
node seen.mjs
