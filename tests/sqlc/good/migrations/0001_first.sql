-- The first shape.
CREATE TABLE region (
    id region_id PRIMARY KEY,
    code code NOT NULL UNIQUE
);
INSERT INTO region (code) VALUES ('R1'), ('it''s "R2"');
