#!/bin/sh
# Taking in a stemmer reads the .env file of the folder into the environment, and prints five tips to the output.
#
# Packages:  natural@8.1.1, dotenv@17.4.2 (which it asks for from 17.3.1 on)
# Expected:  import natural from 'natural' has no effect but to give functions; its manual has no word of .env.
# Seen:      Its five storage drivers are loaded with it, and each calls dotenv: every line of .env of the working folder
#            is set in process.env, and five lines of tips about dotenv's own products go to standard output, where the
#            stemmer is used and no storage at all.
# Matters:   A program that writes CSV or JSON to its output writes five lines in front of it; and secrets that were kept
#            from a small tool on purpose are in its environment, and in that of each program that it starts.
# Instead:   Import the part alone (natural/lib/natural/stemmers/porter_stemmer.js), or a package that is a stemmer.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts natural@8.1.1 dotenv@17.4.2
echo 'MADE_UP_SETTING=of another program' > .env
cat > whole.mjs <<'JS'
import natural from 'natural';
console.log(JSON.stringify({ stem: natural.PorterStemmer.stem('carers'), setting: process.env.MADE_UP_SETTING ?? null }));
JS
cat > part.mjs <<'JS'
import stemmer from 'natural/lib/natural/stemmers/porter_stemmer.js';
console.log(JSON.stringify({ stem: stemmer.stem('carers'), setting: process.env.MADE_UP_SETTING ?? null }));
JS
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';

const run = (file) => execFileSync(process.execPath, [file], { encoding: 'utf8' }).trim().split('\n');
const whole = run('whole.mjs');
const part = run('part.mjs');
console.log('whole:', whole, 'part:', part);
assert.equal(whole.length, 6);
assert.ok(whole.slice(0, 5).every((line) => line.includes('from .env')));
assert.deepEqual(JSON.parse(whole[5]), { stem: 'carer', setting: 'of another program' });
assert.deepEqual(part.map((line) => JSON.parse(line)), [{ stem: 'carer', setting: null }]);
JS
node seen.mjs
