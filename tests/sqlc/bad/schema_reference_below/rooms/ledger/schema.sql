CREATE TABLE entry (
    id entry_id PRIMARY KEY,
    later_id entry_id REFERENCES later(id)
);
