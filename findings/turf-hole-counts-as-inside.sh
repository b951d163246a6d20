#!/bin/sh
# An area with a hole contains what lies over the hole.
#
# Packages:  @turf/turf@7.4.0
# Expected:  A contains B where no point of B is outside A (OGC Simple Features). A square with a hole does not
#            contain a smaller square that covers the hole.
# Seen:      booleanContains and booleanWithin say that it does. They look at the corners and edges of B alone, and
#            those are inside; what lies inside the hole alone is refused rightly. difference() shows that the hole is
#            left over.
# Matters:   'We serve the county except the city' is such a shape. A ward round the city would count as served whole,
#            the city included.
# Instead:   Where an area may have holes, ask difference(B, A) and take 'nothing left' for contained; or ask for
#            points, which are judged rightly.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts @turf/turf@7.4.0
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import * as turf from '@turf/turf';

const square = (from, to) => [[from, from], [to, from], [to, to], [from, to], [from, from]];
const served = turf.polygon([square(0, 10), square(4, 6)]);
const over = turf.polygon([square(3, 7)]);
const left = turf.difference(turf.featureCollection([over, served]));
const seen = {
  contains: turf.booleanContains(served, over),
  within: turf.booleanWithin(over, served),
  'point in the hole': turf.booleanPointInPolygon([5, 5], served),
  'share of it not served': turf.area(left) / turf.area(over),
};
console.log(seen);
assert.ok(seen.contains && seen.within, 'both say inside');
assert.ok(!seen['point in the hole'] && seen['share of it not served'] > 0.2);
JS
node seen.mjs
