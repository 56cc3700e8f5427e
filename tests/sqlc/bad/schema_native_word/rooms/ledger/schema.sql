CREATE TABLE entry (
    id entry_id PRIMARY KEY,
    amount BIGINT NOT NULL
);
