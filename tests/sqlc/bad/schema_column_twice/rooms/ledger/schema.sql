CREATE TABLE entry (
    id entry_id PRIMARY KEY,
    a int,
    a int
);
