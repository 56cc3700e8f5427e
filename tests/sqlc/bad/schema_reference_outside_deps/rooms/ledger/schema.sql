CREATE TABLE entry (
    id entry_id PRIMARY KEY,
    area_id area_id NOT NULL REFERENCES area(id)
);
