#!/bin/sh
# The same search with `exact: true` no longer finds 'Advice' by 'advice': it asks for capitals too.
#
# Packages:  @orama/orama@3.1.18
# Expected:  exact: true finds whole words alone, without prefixes and stems ("match the term exactly"). Orama puts all
#            words into small letters, when it indexes and when it is asked.
# Seen:      What the index found is looked through once more, with the question as it was typed, for a whole word (or
#            words in that order) with the same capitals. 'advice' leaves out 'Advice' and 'Advice line', and 'Debt
#            advice' leaves out 'debt advice'. Without `exact` all are found.
# Matters:   People type small letters on a telephone, and listings begin with a capital: the very word they ask for, at
#            the beginning of a name, is the one that is not found.
# Instead:   Index a copy of the text in small letters and ask that with the question in small letters.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts @orama/orama@3.1.18
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { create, insert, search } from '@orama/orama';

const names = ['Advice', 'Advice line', 'Debt advice', 'debt advice', 'Debt advice for carers'];
const index = create({ schema: { name: 'string', small: 'string' } });
for (const name of names) insert(index, { name, small: name.toLowerCase() });
const found = (term, options) => search(index, { term, properties: ['name'], ...options }).hits.map(({ document }) => document.name).sort();
const seen = ['advice', 'Advice', 'debt advice', 'Debt advice'].map((term) => ({ term, exact: found(term, { exact: true }) }));
console.log(seen, 'without:', found('advice'));
assert.deepEqual(seen.map(({ exact }) => exact), [
  ['Debt advice', 'Debt advice for carers', 'debt advice'],
  ['Advice', 'Advice line'],
  ['debt advice'],
  ['Debt advice', 'Debt advice for carers'],
]);
assert.deepEqual(found('advice'), names.toSorted());
assert.deepEqual(found('advice', { exact: true, properties: ['small'] }), names.toSorted());
JS
node seen.mjs
