CREATE TABLE entry (
    id entry_id PRIMARY KEY,
    a int DEFAULT (strftime('%s'))
);
