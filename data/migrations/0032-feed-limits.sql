-- A feed can be limited to an area: {name, districts}. Null: all that it has is taken in.
ALTER TABLE feed ADD COLUMN within TEXT CHECK (within IS NULL OR json_valid(within));
