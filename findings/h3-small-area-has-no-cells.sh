#!/bin/sh
# A village lies in no cell; and the parent of a point's cell is often not the point's cell.
#
# Packages:  h3-js@4.5.0
# Expected:  polygonToCells(area, 7) gives at least the cell that the area lies in. Cells nest: the parent at 7 of a
#            point's cell at 9 is the point's cell at 7.
# Seen:      A cell belongs to an area where its centre does: an area of 350 by 550 m gives no cell at 7, and none at
#            8. Of a grid of 2,500 points in London, 6 in 100 have a parent that is another cell than their own at
#            that level, since children stick out of their parents.
# Matters:   An index made of cells never finds the listing that serves one village, and counts rolled up by parent
#            differ from counts made directly.
# Instead:   polygonToCellsExperimental with containmentOverlapping for areas, then test the area itself; index points
#            at the one resolution that is asked.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts h3-js@4.5.0
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { cellToParent, latLngToCell, polygonToCells, polygonToCellsExperimental } from 'h3-js';

const village = [[51.54, -0.06], [51.54, -0.055], [51.545, -0.055], [51.545, -0.06]];
const counts = [7, 8, 9].map((resolution) => polygonToCells(village, resolution).length);
const overlapping = polygonToCellsExperimental(village, 7, 'containmentOverlapping').length;
let strangers = 0;
for (let north = 0; north < 50; north++)
  for (let east = 0; east < 50; east++) {
    const [lat, lng] = [51.3 + north * 0.008, -0.5 + east * 0.016];
    if (cellToParent(latLngToCell(lat, lng, 9), 7) !== latLngToCell(lat, lng, 7)) strangers++;
  }
console.log(`cells of the village at 7, 8, 9: ${counts.join(', ')}; overlapping at 7: ${overlapping}`);
console.log(`points whose parent cell is not their own: ${strangers} of 2500`);
assert.deepEqual(counts.slice(0, 2), [0, 0]);
assert.equal(overlapping, 2);
assert.ok(strangers > 100 && strangers < 200);
JS
node seen.mjs
