#!/bin/sh
# From 4.5 on .max(10) lets through text of length 20, which no other part of the way counts so.
#
# Packages:  zod@4.6.7, zod-4-4@npm:zod@4.4.3
# Expected:  .max(n) holds text to n of JavaScript's units, the same that length, the maxlength of a field and a UCS-2
#            text message count; so it was up to 4.4.
# Seen:      It now counts code points. The 'bold' letters that people paste from social media are two units each: ten
#            of them pass .max(10) with a length of 20. The browser's field stops at five.
# Matters:   Titles in such letters are common in community listings. A text message of '70 letters' takes two parts,
#            a fixed column cuts a letter in half, and the same text is too long in the form and fine in the API.
# Instead:   Count in the unit of what comes after, in a check of your own; turn such letters into plain ones on the
#            way in (NFKC).
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts zod@4.6.7 zod-4-4@npm:zod@4.4.3
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { z } from 'zod';
import { z as before } from 'zod-4-4';

const bold = '\u{1d5d6}\u{1d5f5}\u{1d5ee}\u{1d5f6}\u{1d5ff} \u{1d606}\u{1d5fc}\u{1d5f4}\u{1d5ee}';
const seen = [bold.length, before.string().max(10).safeParse(bold).success, z.string().max(10).safeParse(bold).success];
console.log(`${bold} (${bold.normalize('NFKC')}): length ${seen[0]}, max(10) in 4.4 ${seen[1]}, in 4.6 ${seen[2]}`);
assert.deepEqual(seen, [19, false, true]);
assert.equal(bold.normalize('NFKC'), 'Chair yoga');
JS
node seen.mjs
