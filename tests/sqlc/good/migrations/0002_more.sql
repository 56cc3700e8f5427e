ALTER TABLE region ADD COLUMN opened_on date;
ALTER TABLE region ADD is_open flag NOT NULL DEFAULT 1;
UPDATE region SET opened_on = '2026-10-01' WHERE code = 'R1';
-- sqlite:
CREATE TABLE only_here (x INTEGER) STRICT;
DROP TABLE only_here;
-- both:
CREATE INDEX region_open ON region(is_open, code);
