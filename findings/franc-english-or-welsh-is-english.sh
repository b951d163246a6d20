#!/bin/sh
# Asked whether a text is English or Welsh, franc says English with certainty: of all Welsh.
#
# Packages:  franc@6.2.0, franc-all@7.2.0
# Expected:  `only: ['eng', 'cym']` chooses between the two, or says that it has no Welsh ('und', or an error).
# Seen:      The package knows no Welsh, and a code that it does not know is dropped in silence. One language is left, so
#            every text in Latin letters is English with 1, the highest score. With Welsh alone it is 'und', and with no
#            list the same sentence is anything but English. Codes of two letters ('cy') are dropped the same way.
# Matters:   `lang` decides how a screen reader speaks. A Welsh listing read out as English cannot be followed, and the
#            score that would have warned says certain.
# Instead:   franc-all, which has Welsh; and check each code of the list once against a text of that language.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts franc@6.2.0 franc-all@7.2.0
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { franc, francAll } from 'franc';
import { francAll as francOfAll } from 'franc-all';

const texts = ['Bore coffi i rieni a phlant bach bob dydd Mawrth yn y neuadd', 'Croeso i bawb, paned a sgwrs'];
for (const text of texts) {
  const seen = {
    both: francAll(text, { only: ['eng', 'cym'] }),
    twoLetters: francAll(text, { only: ['eng', 'cy'] }),
    welshAlone: franc(text, { only: ['cym'] }),
    anyOfAll: franc(text),
    all: francOfAll(text, { only: ['eng', 'cym'] })[0][0],
  };
  console.log(text, JSON.stringify(seen));
  assert.deepEqual(seen.both, [['eng', 1]]);
  assert.deepEqual(seen.twoLetters, [['eng', 1]]);
  assert.equal(seen.welshAlone, 'und');
  assert.notEqual(seen.anyOfAll, 'eng');
  assert.equal(seen.all, 'cym');
}
JS
node seen.mjs
