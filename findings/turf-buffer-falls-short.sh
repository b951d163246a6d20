#!/bin/sh
# Five kilometres round a point leave out places that are 4.98 kilometres away.
#
# Packages:  @turf/turf@7.4.0
# Expected:  buffer(point, 5) holds what is within 5 km, or slightly more.
# Seen:      It is a polygon of 32 corners that lie on the circle, so its sides run inside: up to 24 m short at 5 km,
#            240 m at 50 km. circle() has 64 sides and is 6 m short. A place 4,985 m away is outside.
# Matters:   'Within five miles' made into an area loses addresses that the distance itself would keep, and the two
#            answers stand on one page.
# Instead:   Judge 'within' by distance. Where a shape is needed, divide the radius by the cosine of half the angle
#            between corners, so that the sides lie outside.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts @turf/turf@7.4.0
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import * as turf from '@turf/turf';

const home = turf.point([-0.057, 51.545]);
const short = (area) => {
  const ring = area.geometry.coordinates[0];
  const middles = ring.slice(1).map((corner, index) => turf.midpoint(corner, ring[index]));
  return Math.round(Math.max(...middles.map((middle) => 5000 - turf.distance(home, middle, { units: 'meters' }))));
};
const buffer = turf.buffer(home, 5, { units: 'kilometers' });
const circle = turf.circle(home, 5);
const ring = buffer.geometry.coordinates[0];
const bearing = turf.bearing(home, turf.midpoint(ring[0], ring[1]));
const place = turf.destination(home, 4.985, bearing);
console.log(`buffer: ${ring.length - 1} corners, ${short(buffer)} m short; circle: ${short(circle)} m short`);
console.log('a place 4,985 m away is inside:', turf.booleanPointInPolygon(place, buffer));
assert.equal(short(buffer), 24);
assert.equal(short(circle), 6);
assert.equal(turf.booleanPointInPolygon(place, buffer), false);
JS
node seen.mjs
