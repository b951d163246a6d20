#!/bin/sh
# 'Room 1' finds Room 11 and Room 111, and Childline's 0800 1111 as well.
#
# Packages:  flexsearch@0.8.212
# Expected:  Whole words are found (tokenize 'strict' is the default). The manual says that letters that stand twice are
#            indexed once ('missing', 'mising'), which does for spelling.
# Seen:      Digits too: 1, 11 and 111 are one word, so are 5 and 55, 10 and 100. And a number is first cut into pieces of
#            three: 0800 1111 is indexed as 080, 0, 1, 1, and 07700 900123 is found by 009 and not by its first seven
#            digits. 'Week 44' is 'wek 4'.
# Matters:   Rooms, ages, bus routes and telephone numbers are what differs between two listings that are otherwise alike,
#            and here nothing tells the two apart.
# Instead:   new Encoder({ dedupe: false, numeric: false }).
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts flexsearch@0.8.212
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { Encoder, Index } from 'flexsearch';

const lines = ['Room 1', 'Room 11', 'Room 111', 'Childline 0800 1111', 'Age 5', 'Age 55', 'Text 07700900123'];
function finder(options) {
  const index = new Index(options);
  lines.forEach((line, place) => index.add(place, line));
  return (asked) => index.search(asked).map((place) => lines[place]);
}
const usual = finder();
const exact = finder({ encoder: new Encoder({ dedupe: false, numeric: false }) });
const seen = Object.fromEntries(['1', '11', 'room 1', '5', '009', '0770090'].map((asked) => [asked, usual(asked)]));
console.log(seen, new Index().encoder.encode('0800 1111'));
assert.deepEqual(usual('1'), lines.slice(0, 4));
assert.deepEqual(usual('11'), lines.slice(0, 4));
assert.deepEqual(usual('room 1'), lines.slice(0, 3));
assert.deepEqual(usual('5'), ['Age 5', 'Age 55']);
assert.deepEqual(usual('009'), ['Text 07700900123']);
assert.deepEqual(usual('0770090'), []);
assert.deepEqual(new Index().encoder.encode('0800 1111'), ['080', '0', '1', '1']);
assert.deepEqual(exact('room 1'), ['Room 1']);
assert.deepEqual(exact('5'), ['Age 5']);
JS
node seen.mjs
