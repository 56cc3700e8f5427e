-- The tables that every request shares.
CREATE TABLE account (
    id account_id PRIMARY KEY,
    login code NOT NULL UNIQUE,
    is_open flag NOT NULL DEFAULT 1
);
