CREATE TABLE entry (
    id entry_id PRIMARY KEY,
    fund_id fund_id NOT NULL REFERENCES fund
);
