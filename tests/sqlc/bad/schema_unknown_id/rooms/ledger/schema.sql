CREATE TABLE entry (
    id entry_id PRIMARY KEY,
    ghost_id ghost_id NOT NULL
);
