CREATE TABLE entry (
    id entry_id PRIMARY KEY,
    a int
);
CREATE TABLE fund (
    a int
);
