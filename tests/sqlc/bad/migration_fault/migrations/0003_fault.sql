-- region has rows: a column without a default cannot be NOT NULL
ALTER TABLE region ADD COLUMN name text NOT NULL;
