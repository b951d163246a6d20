-- The ground of the map, made from the table of postcodes at the end of each import: points and the short strokes that
-- trace streets, packed by cells of a grid in degrees, so that a tile is drawn from a few rows instead of thousands
-- (17 MB for Great Britain). The packing is that of api/store/postcode-cells-packing.ts, the key is
-- (level × 4096 + column) × 4096 + row.
CREATE TABLE postcode_cell (
  id INTEGER PRIMARY KEY,
  body BLOB NOT NULL
) STRICT;
