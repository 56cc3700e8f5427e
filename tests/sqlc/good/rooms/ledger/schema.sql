CREATE TABLE entry (
    id entry_id PRIMARY KEY,
    fund_id fund_id NOT NULL REFERENCES fund(id),
    on_date date NOT NULL,
    amount satang NOT NULL CHECK (amount <> 0)
);
CREATE INDEX entry_fund ON entry(fund_id, on_date);
