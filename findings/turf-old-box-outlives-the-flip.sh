#!/bin/sh
# After flip() has put latitude and longitude right, the area contains nothing.
#
# Packages:  @turf/turf@7.4.0
# Expected:  flip() turns [latitude, longitude] round, toMercator() changes degrees to metres; what they give back is
#            good GeoJSON, and a 'bbox' in it is that of its co-ordinates (RFC 7946, 5).
# Seen:      Both copy an old bbox as it was. booleanPointInPolygon() looks at the bbox first and says 'outside' for
#            every point; bbox() hands the old one out. buffer() and transformTranslate() drop it, which is right.
# Matters:   Feeds with the two turned round are the reason for flip(), and many of them have a bbox. Every area of
#            such a feed then serves nobody, without an error; where the feed has none, all is well.
# Instead:   Delete `bbox` from whatever comes from outside before anything else, or ask bbox(area, { recompute: true
#            }) and put it in.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts @turf/turf@7.4.0
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import * as turf from '@turf/turf';

const ring = [[51.5, -0.1], [51.6, -0.1], [51.6, 0], [51.5, 0], [51.5, -0.1]];
const sent = { ...turf.polygon([ring]), bbox: [51.5, -0.1, 51.6, 0] };
const { bbox, ...plain } = sent;
const home = [-0.057, 51.545];
const seen = {
  'without a bbox': turf.booleanPointInPolygon(home, turf.flip(plain)),
  'with a bbox': turf.booleanPointInPolygon(home, turf.flip(sent)),
  'bbox() after flip': turf.bbox(turf.flip(sent)),
  'bbox() of toMercator': turf.bbox(turf.toMercator({ ...turf.flip(plain), bbox: [-0.1, 51.5, 0, 51.6] })),
  'moved by transformTranslate': turf.transformTranslate(sent, 1, 90).bbox,
};
console.log(seen);
assert.deepEqual(Object.values(seen), [true, false, bbox, [-0.1, 51.5, 0, 51.6], undefined]);
JS
node seen.mjs
