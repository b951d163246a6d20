#!/bin/sh
# In London a square grid of one kilometre has cells 622 metres wide.
#
# Packages:  @turf/turf@7.4.0
# Expected:  squareGrid(box, 1) is what its manual says: square cells with sides of 1 km. hexGrid of the same package
#            has the size it should have.
# Seen:      The side is turned into degrees once and used for both directions, and a degree of longitude is shorter
#            away from the equator: 1 km high, 0.62 km wide at 51.5 degrees north, half at 60. An area is 0.62 km2
#            instead of 1. rectangleGrid does the same; pointGrid, triangleGrid and hexGrid are right.
# Matters:   Counts 'to the square kilometre' of services come out at three fifths in the south of Britain and at half
#            in the north, so that Shetland looks worse served than it is.
# Instead:   rectangleGrid with the width divided by the cosine of the latitude, hexGrid, or a grid in metres (EPSG:27700).
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts @turf/turf@7.4.0
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import * as turf from '@turf/turf';

function cell(latitude, grid) {
  const [first] = grid([-0.1, latitude, 0, latitude + 0.1]).features;
  const [corner, north, , east] = first.geometry.coordinates[0];
  const sides = [turf.distance(corner, east), turf.distance(corner, north), turf.area(first) / 1e6];
  return sides.map((side) => side.toFixed(2)).join(' ');
}
const square = (box) => turf.squareGrid(box, 1, { units: 'kilometers' });
const wider = (box) => turf.rectangleGrid(box, 1 / Math.cos((box[1] * Math.PI) / 180), 1, { units: 'kilometers' });
const seen = Object.fromEntries([0, 51.5, 60].map((latitude) => [latitude, cell(latitude, square)]));
console.log('wide, high, km2 by latitude:', seen, 'and with the cosine:', cell(51.5, wider));
assert.deepEqual(seen, { 0: '1.00 1.00 1.00', 51.5: '0.62 1.00 0.62', 60: '0.50 1.00 0.50' });
assert.equal(cell(51.5, wider), '1.00 1.00 1.00');
const hexagon = turf.hexGrid([-0.1, 51.5, 0, 51.6], 1).features[0];
assert.equal((turf.area(hexagon) / 1e6).toFixed(1), ((3 * Math.sqrt(3)) / 2).toFixed(1));
JS
node seen.mjs
