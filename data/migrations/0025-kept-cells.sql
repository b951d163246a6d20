-- Which postcodes a shared address stands for together, kept from one edition of the table to the next: two links of one
-- home, made before and after, would else narrow each other. NULL: not kept, but worked out from the table; such are those
-- of the first edition. Zero or more: how far before its own number that of the first postcode of its cell is. Less: the
-- cell lies in several outcodes, and this is its number within the area (the letters of the postcode).
ALTER TABLE postcode ADD COLUMN cell INTEGER;
