#!/bin/sh
# A search for 'day' in Bengali or Hindi finds 'gift': words are cut up at their vowels.
#
# Packages:  better-sqlite3@13.2.0
# Expected:  unicode61, the tokenizer of FTS5 that knows Unicode, keeps a word of any script together.
# Seen:      Vowel signs (categories Mn and Mc) count as spaces, as its manual's 'L*, N* and Co' says to who knows that
#            Bengali writes most vowels as such signs. The word for day, d-i-n, is the phrase 'd n', and so is that for
#            gift, d-a-n; the index is full of single letters. remove_diacritics has no say in it. Tamil and Arabic
#            with its vowels are cut as well.
# Matters:   In East London and Bradford half the listings in such a language answer any search, or rank anyhow; a test
#            in English, Welsh or Polish shows nothing.
# Instead:   tokenize = "unicode61 categories 'L* N* Co M*'", and build the index anew.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts better-sqlite3@13.2.0
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import Database from 'better-sqlite3';

const DAY = { Bengali: '\u09a6\u09bf\u09a8', Hindi: '\u0926\u093f\u0928' };
const GIFT = { Bengali: '\u09a6\u09be\u09a8', Hindi: '\u0926\u093e\u0928' };
function read(tokenize) {
  const db = new Database(':memory:');
  db.exec(`CREATE VIRTUAL TABLE listing USING fts5(name, tokenize = "${tokenize}")`);
  db.exec('CREATE VIRTUAL TABLE term USING fts5vocab(listing, row)');
  for (const word of [...Object.values(DAY), ...Object.values(GIFT)]) db.prepare('INSERT INTO listing VALUES (?)').run(word);
  const found = db.prepare('SELECT name FROM listing WHERE listing MATCH ?').pluck();
  const days = Object.values(DAY).map((word) => found.all(word));
  const terms = db.prepare('SELECT term FROM term').pluck().all();
  console.log(tokenize, '\n  for day:', days.map((names) => names.join(', ')).join(' | '), '\n  terms:', terms.join(' '));
  return [days.map((names) => names.length), Math.max(...terms.map((term) => term.length))];
}
assert.deepEqual(read('unicode61'), [[2, 2], 1]);
assert.deepEqual(read("unicode61 categories 'L* N* Co M*'"), [[1, 1], 3]);
JS
node seen.mjs
