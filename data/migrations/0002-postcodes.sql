-- Every postcode of Great Britain (and of Northern Ireland where asked for), one row each: about 40 MB.
--
-- A rowid table on purpose: an integer primary key is the row id itself, rows arrive in its order and are appended, and
-- a sector or an outcode is one range of it. The key is that of api/domain/postcode-number.ts.
CREATE TABLE postcode (
  number INTEGER PRIMARY KEY,
  -- Degrees × 100,000, WGS84; both NULL where the postcode has no point (PO boxes). Never 0,0.
  latitude INTEGER,
  longitude INTEGER,
  -- postcode_area.id; NULL where the source gives no district.
  area INTEGER,
  -- NULL: in use. Else withdrawn: the month as YYYYMM, or 0 where nobody knows it.
  ended INTEGER,
  CHECK ((latitude IS NULL) = (longitude IS NULL))
) STRICT;

-- Each pair of district and ward once, so that a postcode holds two bytes for both. Names as the source gave them, NULL
-- where it gave none.
CREATE TABLE postcode_area (
  id INTEGER PRIMARY KEY,
  district TEXT,
  district_name TEXT,
  ward TEXT,
  ward_name TEXT
) STRICT;
