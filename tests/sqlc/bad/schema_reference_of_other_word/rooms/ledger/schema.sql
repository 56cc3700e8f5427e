CREATE TABLE entry (
    id entry_id PRIMARY KEY,
    fund_id area_id NOT NULL REFERENCES fund(id)
);
