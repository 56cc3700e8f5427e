CREATE TABLE entry (
    id fund_id PRIMARY KEY
);
