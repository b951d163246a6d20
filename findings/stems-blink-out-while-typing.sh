#!/bin/sh
# The group is there at 'befriend', gone at 'befriendi', and back at 'befriending'.
#
# Packages:  better-sqlite3@13.2.0, lunr@2.3.9
# Expected:  A search for the beginning of a word finds whatever the whole word finds, all the way: each letter more
#            only narrows.
# Seen:      The index holds the stem, and the beginning that was typed is no word that a stemmer can shorten. FTS5
#            with 'porter' has no 'befriendi*', 'communi*', 'bereavem*' or 'depressi*', for two or three letters each.
#            lunr leaves a word with a star unstemmed, so even 'befriending*' finds nothing.
# Matters:   Suggestions that vanish two letters before the end read as 'there is none': people stop typing there.
# Instead:   Keep a second index without a stemmer for beginnings (or a column of it), or ask for the stemmed and the
#            plain word together and take either.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts better-sqlite3@13.2.0 lunr@2.3.9
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import Database from 'better-sqlite3';
import lunr from 'lunr';

const words = ['befriending', 'community', 'bereavement', 'depression'];
const db = new Database(':memory:');
db.exec(`CREATE VIRTUAL TABLE listing USING fts5(name, tokenize = 'porter unicode61')`);
for (const word of words) db.prepare('INSERT INTO listing VALUES (?)').run(word);
const fts5 = db.prepare('SELECT count(*) FROM listing WHERE listing MATCH ?').pluck();
const index = lunr(function () {
  this.ref('name');
  this.field('name');
  for (const name of words) this.add({ name });
});
const gone = (word, finds) =>
  Array.from({ length: word.length - 2 }, (_, more) => word.slice(0, more + 3)).filter((start) => !finds(`${start}*`));
const seen = words.map((word) => {
  const row = [gone(word, (start) => fts5.get(start) > 0), gone(word, (start) => index.search(start).length > 0)];
  console.log(`${word}\n  FTS5 lacks  ${row[0].join(' ')}\n  lunr lacks  ${row[1].join(' ')}`);
  return row.map((starts) => starts.length);
});
assert.deepEqual(seen, [[2, 3], [2, 3], [3, 5], [2, 3]]);
JS
node seen.mjs
