CREATE TABLE more (
    -- INTEGER ends at 21.4 million baht on PostgreSQL
    amount INTEGER NOT NULL
);
