CREATE TABLE entry (
    id entry_id PRIMARY KEY,
    fund_id area_id NOT NULL,
    FOREIGN KEY (fund_id) REFERENCES fund(id)
);
