CREATE TABLE entry (
    id entry_id PRIMARY KEY,
    a int
);
INSERT INTO entry (a) VALUES (1);
