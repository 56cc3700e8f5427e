CREATE TABLE entry (
    id entry_id PRIMARY KEY,
    amount money NOT NULL
);
