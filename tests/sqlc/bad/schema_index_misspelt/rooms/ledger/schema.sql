CREATE TABLE entry (
    id entry_id PRIMARY KEY,
    a int
);
CREATE INDEX entry_b ON entry(b);
