CREATE TABLE entry (
    id entry_id PRIMARY KEY,
    is_open flag
);
