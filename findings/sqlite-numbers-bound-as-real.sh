#!/bin/sh
# The number 5, bound from JavaScript, becomes 5.0 in everything that SQL writes.
#
# Packages:  better-sqlite3@13.2.0
# Expected:  A whole number is bound as an INTEGER, as in the shells and in other languages.
# Seen:      Every number is bound as a REAL. In a column of type INTEGER it turns back, which hides it; but
#            json_object('places', ?) is {\"places\":5.0}, ? || ' places' is '5.0 places', ?/2 is 2.5 where 5/2 is 2,
#            and a TEXT key is '5.0', in a STRICT table too. node:sqlite does the same.
# Matters:   A document built in SQL differs from the same one built in JavaScript, so its hash and its 'has it
#            changed' do; a key is written as '5.0' and looked for as '5'.
# Instead:   Bind BigInt(5) for a whole number, CAST(? AS INTEGER) in the statement, or String(5) where text is meant.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts better-sqlite3@13.2.0
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import Database from 'better-sqlite3';

const db = new Database(':memory:');
db.exec('CREATE TABLE note (key TEXT PRIMARY KEY, n INTEGER) STRICT');
const write = (value) => {
  db.prepare('DELETE FROM note').run();
  db.prepare('INSERT INTO note VALUES (?, ?)').run(value, value);
  const row = db.prepare(`SELECT json_object('places', @v) AS json, @v || ' places' AS text, @v / 2 AS half`).get({ v: value });
  return { ...row, ...db.prepare('SELECT key, n FROM note').get() };
};
console.log('5 ', write(5));
console.log('5n', write(5n));
assert.deepEqual(write(5), { json: '{"places":5.0}', text: '5.0 places', half: 2.5, key: '5.0', n: 5 });
assert.deepEqual(write(5n), { json: '{"places":5}', text: '5 places', half: 2, key: '5', n: 5 });
JS
node seen.mjs
