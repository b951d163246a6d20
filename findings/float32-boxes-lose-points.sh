#!/bin/sh
# A point is not found at its own place: one index of 32-bit boxes rounds to the nearest, the other outwards.
#
# Packages:  flatbush@4.7.0, better-sqlite3@13.2.0
# Expected:  Putting a point in and asking for the box of just that point finds it, with 32-bit numbers too: the
#            question is rounded as the entry was.
# Seen:      Flatbush with Float32Array rounds the entry and not the question, and finds nothing at 51.5451, -0.0571.
#            SQLite's R*Tree, 32-bit as well, rounds low ends down and high ends up: it finds the point, but x0 >=
#            -0.0571 does not, since x0 is now -0.0571000017. Whole numbers over 16,777,216 spread in the same way.
# Matters:   Half the memory is what 32 bits are taken for. Exact matches then fail for some places and not for
#            others, by about half a metre in latitude.
# Instead:   Widen each question by the width of a 32-bit step (Math.fround tells it), and test the real co-ordinates
#            afterwards; in R*Tree ask for overlap only.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts flatbush@4.7.0 better-sqlite3@13.2.0
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import Database from 'better-sqlite3';
import Flatbush from 'flatbush';

const [x, y] = [-0.0571, 51.5451];
const found = (numbers) => {
  const index = new Flatbush(1, 16, numbers);
  index.add(x, y);
  index.finish();
  return index.search(x, y, x, y).length;
};
const db = new Database(':memory:');
db.exec('CREATE VIRTUAL TABLE place USING rtree(id, x0, x1, y0, y1)');
db.prepare('INSERT INTO place VALUES (1, ?, ?, ?, ?)').run(x, x, y, y);
const count = (where) => db.prepare(`SELECT count(*) AS n FROM place WHERE ${where}`).get({ x, y }).n;
const seen = {
  'Flatbush, 64 bits': found(Float64Array),
  'Flatbush, 32 bits': found(Float32Array),
  'R*Tree, overlap': count('x0 <= $x AND x1 >= $x AND y0 <= $y AND y1 >= $y'),
  'R*Tree, inside': count('x0 >= $x AND x1 <= $x AND y0 >= $y AND y1 <= $y'),
};
console.log(seen);
assert.deepEqual(Object.values(seen), [1, 0, 1, 0]);
JS
node seen.mjs
