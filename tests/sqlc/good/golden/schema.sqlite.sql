-- app
CREATE TABLE account (
    id INTEGER PRIMARY KEY,
    login TEXT NOT NULL UNIQUE CHECK (length(login) > 0),
    is_open INTEGER NOT NULL DEFAULT 1 CHECK (is_open IN (0, 1))
) STRICT;
-- area
CREATE TABLE area (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE CHECK (length(code) > 0),
    parent_id INTEGER REFERENCES area(id),
    name_th TEXT NOT NULL,
    name_key TEXT NOT NULL
) STRICT;
CREATE INDEX area_parent ON area(parent_id, name_key, id);
CREATE TRIGGER area_no_delete BEFORE DELETE ON area BEGIN SELECT CASE WHEN old.id > 0 THEN RAISE(ABORT, 'areas stay; close them') END; END;
CREATE VIEW province AS SELECT id, code, name_th FROM area WHERE length(code) = 2;
-- fund
CREATE TABLE fund (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE CHECK (length(code) > 0),
    area_id INTEGER NOT NULL REFERENCES area(id),
    name_th TEXT NOT NULL,
    founded_on TEXT CHECK (founded_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    closed_on TEXT CHECK (closed_on >= founded_on) CHECK (closed_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    logo BLOB,
    made_at INTEGER NOT NULL,
    made_by INTEGER NOT NULL REFERENCES account(id)
) STRICT;
CREATE INDEX fund_area ON fund(area_id, code);
CREATE TABLE fund_year (
    id INTEGER PRIMARY KEY,
    fund_id INTEGER NOT NULL REFERENCES fund(id),
    fy INTEGER NOT NULL CHECK (fy BETWEEN 2540 AND 2650),
    population_local INTEGER,
    nhso_amount INTEGER CHECK (nhso_amount >= 0),
    match_percent INTEGER,
    is_closed INTEGER NOT NULL DEFAULT 0 CHECK (is_closed IN (0, 1)),
    closed_at INTEGER,
    CONSTRAINT fund_year_once UNIQUE (fund_id, fy)
) STRICT;
CREATE INDEX fund_year_open ON fund_year(fy) WHERE is_closed = 0;
CREATE TABLE fund_tag (
    fund_id INTEGER NOT NULL,
    tag TEXT NOT NULL CHECK ( ( tag = 'model' OR tag = 'border' OR tag = 'island' ) AND tag <> 'x' OR tag IN ('a', 'b')) CHECK (length(tag) > 0),
    PRIMARY KEY (fund_id, tag),
    FOREIGN KEY (fund_id) REFERENCES fund(id)
) STRICT, WITHOUT ROWID;
-- ledger
CREATE TABLE entry (
    id INTEGER PRIMARY KEY,
    fund_id INTEGER NOT NULL REFERENCES fund(id),
    on_date TEXT NOT NULL CHECK (on_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    amount INTEGER NOT NULL CHECK (amount <> 0)
) STRICT;
CREATE INDEX entry_fund ON entry(fund_id, on_date);
