#!/bin/sh
# CHECK (json_valid(x)) lets NULL in, and an older SQLite calls that row damaged and loses it when a dump is read back.
#
# Packages:  sql.js@1.16.0, sql-js-old@npm:sql.js@1.8.0 (SQLite 3.54.1 and 3.39.3)
# Expected:  A column without NOT NULL takes NULL. json_valid(NULL) is the same in each release, so a file and its dump
#            that one writes the next one reads, as SQLite promises for its file format.
# Seen:      json_valid(NULL) is 0 in 3.39 and NULL in later ones, and a CHECK fails on 0 but not on NULL. In the old
#            one PRAGMA integrity_check of the new one's file says 'CHECK constraint failed', and the row of the dump
#            is refused, the others stay.
# Matters:   A program brings its own SQLite; the shell of a server is years older (Debian 12 has 3.40). Whoever
#            restores a backup with it has fewer listings than before, and those that are gone are the ones with
#            nothing in an optional column.
# Instead:   Write CHECK (x IS NULL OR json_valid(x)); read dumps back with the program's own SQLite, and count the
#            rows.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts sql.js@1.16.0 sql-js-old@npm:sql.js@1.8.0
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import startNew from 'sql.js';
import startOld from 'sql-js-old';

const [now, old] = await Promise.all([startNew(), startOld()]);
const TABLE = 'CREATE TABLE listing (name TEXT, hours TEXT CHECK (json_valid(hours)))';
const ROWS = [`INSERT INTO listing VALUES ('Chair yoga', '["Monday"]')`, `INSERT INTO listing VALUES ('Walking', NULL)`];
const ask = (db, sql) => db.exec(sql)[0].values[0];

const written = new now.Database();
for (const sql of [TABLE, ...ROWS]) written.run(sql);
const opened = new old.Database(written.export());
const read = new old.Database();
const errors = [TABLE, ...ROWS].flatMap((sql) => {
  try {
    read.run(sql);
    return [];
  } catch (error) {
    return [error.message];
  }
});
const seen = {
  new: ask(written, 'SELECT sqlite_version(), json_valid(NULL), count(*) FROM listing'),
  old: ask(opened, 'SELECT sqlite_version(), json_valid(NULL), count(*) FROM listing'),
  check: [ask(written, 'PRAGMA integrity_check')[0], ask(opened, 'PRAGMA integrity_check')[0]],
  'dump read by the old one': [errors, ask(read, 'SELECT count(*) FROM listing')[0]],
};
console.log(seen);
assert.deepEqual([seen.new.slice(1), seen.old.slice(1)], [[null, 2], [0, 2]]);
assert.deepEqual(seen.check, ['ok', 'CHECK constraint failed in listing']);
assert.equal(errors.length, 1);
assert.equal(seen['dump read by the old one'][1], 1);
JS
node seen.mjs
