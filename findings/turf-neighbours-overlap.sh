#!/bin/sh
# Two wards that share no more than a border overlap, and a ward overlaps the one that holds it.
#
# Packages:  @turf/turf@7.4.0
# Expected:  booleanOverlap is the Overlaps of Simple Features (OGC 06-103r4, 6.1.15): the insides meet in an area that
#            is neither of the two. Its manual says so. Neighbours touch; they do not overlap.
# Seen:      It asks whether the outlines meet. Neighbours along a side, neighbours at one corner, and an area that lies
#            inside another along its edge all overlap, although intersect() gives nothing for the first two.
#            booleanTouches sees two neighbours whose corners are the same, and not two whose corners differ.
# Matters:   'Which wards does this service area reach' answers with every ward next to it.
# Instead:   intersect() and the size of what it gives; for neighbours booleanIntersects and no such area.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts @turf/turf@7.4.0
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import * as turf from '@turf/turf';

const ward = turf.bboxPolygon([0, 51, 1, 52]);
const others = {
  'next to it': [1, 51, 2, 52],
  'next to it, shorter': [1, 51.25, 2, 51.75],
  'at a corner': [1, 52, 2, 53],
  'inside, along the edge': [0, 51.25, 0.75, 51.75],
  'well inside': [0.25, 51.25, 0.75, 51.75],
  'half over it': [0.5, 51.5, 1.5, 52.5],
};
const seen = Object.entries(others).map(([name, box]) => {
  const other = turf.bboxPolygon(box);
  const shared = turf.intersect(turf.featureCollection([ward, other]));
  return [name, turf.booleanOverlap(ward, other), turf.booleanTouches(ward, other), shared !== null].join(', ');
});
console.log('name, overlaps, touches, shares an area:', seen);
assert.deepEqual(seen, [
  'next to it, true, true, false',
  'next to it, shorter, true, false, false',
  'at a corner, true, true, false',
  'inside, along the edge, true, false, true',
  'well inside, false, false, true',
  'half over it, true, false, true',
]);
JS
node seen.mjs
