#!/bin/sh
# The Welsh word for house is indexed as the letter t, and one library then cannot find it at all.
#
# Packages:  lunr@2.3.9, @orama/orama@3.1.18, minisearch@7.2.0
# Expected:  A library that splits text into words and has no rules for Welsh leaves its letters alone: ŵ and ŷ are
#            letters like others there.
# Seen:      lunr's trimmer cuts whatever is not a to z off both ends, from the index and not from the question: 'tŷ'
#            is kept as 't' and never found; a Bengali word is kept as ''. Orama splits there: 'Gŵyl' is 'g' and 'yl',
#            and 'tŷ' finds 'T shirts' as well. minisearch keeps the words.
# Matters:   'Tŷ' and 'Gŵyl' are in the names of hospices, clubs and festivals all over Wales, and the name is what
#            people type.
# Instead:   minisearch, or a tokenizer of your own by \p{L}; with lunr take the trimmer out of the pipeline.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts lunr@2.3.9 @orama/orama@3.1.18 minisearch@7.2.0
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { components, create, insert, search } from '@orama/orama';
import lunr from 'lunr';
import MiniSearch from 'minisearch';

const HOUSE = 't\u0177';
const names = ['Ysgol T\u0177', 'G\u0175yl y Gaeaf', 'T shirts'];
const index = lunr(function () {
  this.ref('name');
  this.field('name');
  for (const name of names) this.add({ name });
});
const orama = create({ schema: { name: 'string' } });
for (const name of names) insert(orama, { name });
const mini = new MiniSearch({ fields: ['name'], idField: 'name' });
mini.addAll(names.map((name) => ({ name })));
const found = {
  lunr: index.search(HOUSE).map(({ ref }) => ref),
  orama: search(orama, { term: HOUSE }).hits.map(({ document }) => document.name).sort(),
  minisearch: mini.search(HOUSE).map(({ id }) => id),
};
const festival = names[1].split(' ')[0];
const split = components.tokenizer.createTokenizer().tokenize(festival, 'english');
console.log(`${HOUSE}:`, found, `${festival} in orama:`, split);
assert.deepEqual(found, { lunr: [], orama: ['T shirts', names[0]], minisearch: [names[0]] });
assert.deepEqual(split, ['g', 'yl']);
JS
node seen.mjs
