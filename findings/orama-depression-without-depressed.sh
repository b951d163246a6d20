#!/bin/sh
# With stemming on, 'connected' does not find 'connection', nor 'depressed' 'depression'.
#
# Packages:  @orama/orama@3.1.18, @orama/stemmers@3.1.18, stemmer@2.0.1
# Expected:  The English stemmer is Porter's. His last but one step takes 'ion' off after s or t and keeps the s or t:
#            adoption is adopt (Porter, 1980, step 4).
# Seen:      The letter before goes as well: connection is 'connec', adoption 'adop', depression 'depres', while
#            connected, adopted and depressed are 'connect', 'adopt', 'depress'. Searched exactly, neither finds the
#            other. Words of -ation are right, so a try with 'isolation' shows nothing. The package stemmer has all of
#            them right.
# Matters:   Connection, adoption, depression, addiction, protection, exhibition: many things that people look for end
#            so, and the group that writes 'depressed?' is not there for 'depression'.
# Instead:   Hand in another stemmer: tokenizer: { stemming: true, stemmer } with the package stemmer.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts @orama/orama@3.1.18 @orama/stemmers@3.1.18 stemmer@2.0.1
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { create, insert, search } from '@orama/orama';
import { stemmer as orama } from '@orama/stemmers/english';
import { stemmer as porter } from 'stemmer';

const pairs = ['connection connected', 'adoption adopted', 'depression depressed', 'addiction addicted', 'isolation isolated'];
const stems = pairs.map((pair) => {
  const [one, other] = [orama, porter].map((stem) => pair.split(' ').map(stem).join(' '));
  console.log(`${pair.padEnd(22)}orama ${one.padEnd(16)}Porter ${other}`);
  return one;
});
assert.deepEqual(stems, ['connec connect', 'adop adopt', 'depres depress', 'addic addict', 'isol isol']);

const found = [orama, porter].map((stemmer) => {
  const db = create({ schema: { about: 'string' }, components: { tokenizer: { language: 'english', stemming: true, stemmer } } });
  for (const about of ['Feeling depressed', 'Help with depression']) insert(db, { about });
  return search(db, { term: 'depression', exact: false }).count + search(db, { term: 'depressed' }).count;
});
console.log('found for depression and for depressed, of two each:', found);
assert.deepEqual(found, [3, 4]);
JS
node seen.mjs
