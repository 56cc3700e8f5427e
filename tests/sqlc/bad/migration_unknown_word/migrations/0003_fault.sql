ALTER TABLE region ADD COLUMN name string;
