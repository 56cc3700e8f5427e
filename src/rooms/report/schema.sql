-- report: figures. Every fact that feeds a figure is an append-only row of figure_fact; the same
-- transaction keeps the exact sums below. One mechanism gives roll-up, verify, drill-down and as-of.
-- total adds what is known; known counts how many funds it is known of: unknown is not zero.
-- Sums are read a whole key at a time: on SQLite they lie in the order of their keys (WITHOUT ROWID).

CREATE TABLE figure_fact (
    id figure_fact_id PRIMARY KEY,
    fund_id fund_id NOT NULL REFERENCES fund (id),
    fy fiscal_year NOT NULL,
    district_id area_id NOT NULL REFERENCES area (id),
    province_id area_id NOT NULL REFERENCES area (id),
    issue_code code,
    support_type code,
    measure code NOT NULL,
    delta int NOT NULL,
    known_delta int NOT NULL CHECK (known_delta BETWEEN -1 AND 1),
    on_date date NOT NULL,
    recorded_at instant NOT NULL,
    source_kind code NOT NULL,
    source_id int NOT NULL,
    group_code code,
    due_on date
);
CREATE INDEX figure_fact_drill ON figure_fact (fund_id, fy, measure);

CREATE TABLE figure_fund_year (
    fy fiscal_year NOT NULL,
    district_id area_id NOT NULL REFERENCES area (id),
    fund_id fund_id NOT NULL REFERENCES fund (id),
    measure code NOT NULL,
    total int NOT NULL,
    known int NOT NULL CHECK (known >= 0),
    PRIMARY KEY (fund_id, fy, measure)
) WITHOUT ROWID;
CREATE INDEX figure_fund_year_district ON figure_fund_year (fy, district_id);

-- Districts, provinces, regions and the nation.
CREATE TABLE figure_area_year (
    area_id area_id NOT NULL REFERENCES area (id),
    fy fiscal_year NOT NULL,
    measure code NOT NULL,
    total int NOT NULL,
    known int NOT NULL CHECK (known >= 0),
    PRIMARY KEY (area_id, fy, measure)
) WITHOUT ROWID;

-- How many funds an area has now.
CREATE TABLE figure_area_funds (
    area_id area_id PRIMARY KEY REFERENCES area (id),
    funds count NOT NULL CHECK (funds >= 0)
);

-- Flows whose sum over all years is a state: opened ledgers, the main books' own net flow of a year
-- (opening + received − paid: carried over is its sum over the years before) and what was committed.
-- The index serves these sums for the nation's 77 provinces.
CREATE INDEX figure_area_state ON figure_area_year (area_id, fy, measure, total)
    WHERE measure IN ('committed', 'ledgers', 'net');
CREATE INDEX figure_fund_state ON figure_fund_year (fund_id, fy, measure, total)
    WHERE measure IN ('committed', 'ledgers', 'net');

-- The same summed over all years: what lay before a year is this without that year and those after it, so that
-- the cost of a page does not grow with the years.
CREATE TABLE figure_area_all (
    area_id area_id NOT NULL REFERENCES area (id),
    measure code NOT NULL CHECK (measure IN ('committed', 'ledgers', 'net')),
    total int NOT NULL,
    PRIMARY KEY (area_id, measure)
) WITHOUT ROWID;
CREATE TABLE figure_fund_all (
    fund_id fund_id NOT NULL REFERENCES fund (id),
    measure code NOT NULL CHECK (measure IN ('committed', 'ledgers', 'net')),
    total int NOT NULL,
    PRIMARY KEY (fund_id, measure)
) WITHOUT ROWID;

-- As of a day: today's sums without what was recorded since.
CREATE INDEX figure_fact_district ON figure_fact (district_id, recorded_at);
CREATE INDEX figure_fact_province ON figure_fact (province_id, recorded_at);

-- The same by issue and support type: planned, committed, paid. '-' stands for "not stated".
CREATE TABLE figure_fund_split (
    fund_id fund_id NOT NULL REFERENCES fund (id),
    fy fiscal_year NOT NULL,
    measure code NOT NULL,
    issue_code code NOT NULL,
    support_type code NOT NULL,
    district_id area_id NOT NULL REFERENCES area (id),
    total int NOT NULL,
    PRIMARY KEY (fund_id, fy, measure, issue_code, support_type)
) WITHOUT ROWID;
CREATE TABLE figure_area_split (
    area_id area_id NOT NULL REFERENCES area (id),
    fy fiscal_year NOT NULL,
    measure code NOT NULL,
    issue_code code NOT NULL,
    support_type code NOT NULL,
    total int NOT NULL,
    PRIMARY KEY (area_id, fy, measure, issue_code, support_type)
) WITHOUT ROWID;

-- People reached, by target group, and plain sums of them by area.
CREATE TABLE figure_fund_group (
    fund_id fund_id NOT NULL REFERENCES fund (id),
    fy fiscal_year NOT NULL,
    group_code code NOT NULL,
    district_id area_id NOT NULL REFERENCES area (id),
    total int NOT NULL,
    PRIMARY KEY (fund_id, fy, group_code)
) WITHOUT ROWID;
CREATE TABLE figure_area_group (
    area_id area_id NOT NULL REFERENCES area (id),
    fy fiscal_year NOT NULL,
    group_code code NOT NULL,
    total int NOT NULL,
    PRIMARY KEY (area_id, fy, group_code)
) WITHOUT ROWID;

-- Open projects by the day on which their report is due: late are those before today.
CREATE TABLE figure_fund_due (
    fund_id fund_id NOT NULL REFERENCES fund (id),
    due_on date NOT NULL,
    fy fiscal_year NOT NULL,
    district_id area_id NOT NULL REFERENCES area (id),
    total int NOT NULL,
    PRIMARY KEY (fund_id, due_on, fy)
) WITHOUT ROWID;
CREATE TABLE figure_area_due (
    area_id area_id NOT NULL REFERENCES area (id),
    due_on date NOT NULL,
    fy fiscal_year NOT NULL,
    total int NOT NULL,
    PRIMARY KEY (area_id, due_on, fy)
) WITHOUT ROWID;
-- What is not zero, for sums over all years and days: what is held of promises, what is due.
CREATE INDEX figure_fund_split_open ON figure_fund_split (fund_id, fy, issue_code, support_type, total)
    WHERE measure = 'committed' AND total <> 0;
CREATE INDEX figure_area_split_open ON figure_area_split (area_id, fy, issue_code, support_type, total)
    WHERE measure = 'committed' AND total <> 0;
CREATE INDEX figure_area_due_open ON figure_area_due (area_id, due_on, fy, total) WHERE total <> 0;
CREATE INDEX figure_fund_due_district ON figure_fund_due (district_id, due_on, fund_id, fy, total) WHERE total <> 0;

-- The region and the nation that a province counts in: by its parents of today.
CREATE VIEW figure_above AS
SELECT p.area_id AS province_id, p.parent_id AS area_id, 'region' AS kind
FROM area a
JOIN area_parent p ON p.area_id = a.id AND p.valid_to IS NULL
WHERE a.kind = 'province'
UNION ALL
SELECT p.area_id, r.parent_id, 'nation'
FROM area a
JOIN area_parent p ON p.area_id = a.id AND p.valid_to IS NULL
JOIN area_parent r ON r.area_id = p.parent_id AND r.valid_to IS NULL
WHERE a.kind = 'province';
