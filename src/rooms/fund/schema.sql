-- fund: a local health security fund is one local government's. What a fund-year is built on is
-- kept as it was told (two populations, the NHSO amount, the recorded percent); what follows from it
-- (the computed match) is never stored, it is reckoned by fund.c from the dated tables below.

-- phone: the fund's office, for everybody; never a person's own.
CREATE TABLE fund (
    id fund_id PRIMARY KEY,
    code code NOT NULL UNIQUE,
    org_id org_id NOT NULL UNIQUE REFERENCES org (id),
    is_demo flag NOT NULL,
    certainty code NOT NULL CHECK (certainty IN ('S', 'D', 'U')),
    source text NOT NULL,
    created_at instant NOT NULL,
    phone text
);

-- One home district at a time.
CREATE TABLE fund_district (
    fund_id fund_id NOT NULL REFERENCES fund (id),
    district_id area_id NOT NULL REFERENCES area (id),
    valid_from date,
    valid_to date,
    certainty code NOT NULL CHECK (certainty IN ('S', 'D', 'U')),
    source text NOT NULL
);
CREATE UNIQUE INDEX fund_district_now ON fund_district (fund_id) WHERE valid_to IS NULL;
CREATE INDEX fund_district_funds ON fund_district (district_id) WHERE valid_to IS NULL;

-- The tambons that a fund covers, whole or in part: two funds may share one, split by village.
CREATE TABLE fund_tambon (
    fund_id fund_id NOT NULL REFERENCES fund (id),
    tambon_id area_id NOT NULL REFERENCES area (id),
    valid_from date,
    valid_to date,
    certainty code NOT NULL CHECK (certainty IN ('S', 'D', 'U')),
    PRIMARY KEY (fund_id, tambon_id)
);
CREATE INDEX fund_tambon_funds ON fund_tambon (tambon_id) WHERE valid_to IS NULL;

-- Villages are named by the fund itself: no official list ships. code: 8 digits where known.
CREATE TABLE fund_village (
    id fund_village_id PRIMARY KEY,
    fund_id fund_id NOT NULL REFERENCES fund (id),
    tambon_id area_id NOT NULL REFERENCES area (id),
    moo int NOT NULL CHECK (moo BETWEEN 1 AND 99),
    name_th text,
    code code,
    valid_from date,
    valid_to date,
    UNIQUE (fund_id, tambon_id, moo)
);

CREATE TABLE fund_import (
    id fund_import_id PRIMARY KEY,
    file_name text NOT NULL,
    file_sha256 text NOT NULL,
    fy fiscal_year NOT NULL,
    taken count NOT NULL,
    unchanged count NOT NULL,
    refused count NOT NULL,
    recorded_at instant NOT NULL
);

-- One row a fund and fiscal year, as told by its source. NULL is unknown and never zero.
-- received_… are figures reported elsewhere: kept, shown, never posted to any ledger.
CREATE TABLE fund_year (
    id fund_year_id PRIMARY KEY,
    fund_id fund_id NOT NULL REFERENCES fund (id),
    fy fiscal_year NOT NULL,
    district_id area_id NOT NULL REFERENCES area (id),
    province_id area_id NOT NULL REFERENCES area (id),
    population_local count CHECK (population_local >= 0),
    population_local_on date,
    population_nhso count CHECK (population_nhso >= 0),
    population_nhso_on date,
    nhso_amount_satang satang CHECK (nhso_amount_satang >= 0),
    own_income_satang satang CHECK (own_income_satang >= 0),
    match_percent_bp bp CHECK (match_percent_bp BETWEEN 0 AND 100000),
    match_entered_satang satang CHECK (match_entered_satang >= 0),
    received_nhso_satang satang CHECK (received_nhso_satang >= 0),
    received_local_satang satang CHECK (received_local_satang >= 0),
    projects_reported count CHECK (projects_reported >= 0),
    certainty code NOT NULL CHECK (certainty IN ('S', 'D', 'U')),
    source text NOT NULL,
    note text,
    import_id fund_import_id REFERENCES fund_import (id),
    recorded_at instant NOT NULL,
    version int NOT NULL,
    UNIQUE (fund_id, fy)
);
CREATE INDEX fund_year_district ON fund_year (fy, district_id);

-- Baht a head by fiscal year. Where sources are unsure, rows overlap and certainty says so.
CREATE TABLE allocation_rate (
    id allocation_rate_id PRIMARY KEY,
    fy_from fiscal_year NOT NULL,
    fy_to fiscal_year,
    satang_per_head satang,
    certainty code NOT NULL CHECK (certainty IN ('S', 'D', 'U')),
    source text NOT NULL,
    note text,
    source_th text NOT NULL,
    note_th text
);

-- The least share of the NHSO amount that a local government adds, by the announcement in force.
CREATE TABLE match_scheme (
    id match_scheme_id PRIMARY KEY,
    code code NOT NULL UNIQUE,
    name_th text NOT NULL,
    name_en text NOT NULL,
    basis code NOT NULL CHECK (basis IN ('org_size', 'org_type', 'income', 'unknown')),
    fy_from fiscal_year,
    fy_to fiscal_year,
    certainty code NOT NULL CHECK (certainty IN ('S', 'D', 'U')),
    source text NOT NULL,
    note text,
    source_th text NOT NULL,
    note_th text
);

-- Which percent for whom; NULL conditions hold for everybody. Income: from <= x <= to.
CREATE TABLE match_scheme_row (
    id match_scheme_row_id PRIMARY KEY,
    match_scheme_id match_scheme_id NOT NULL REFERENCES match_scheme (id),
    org_kind code,
    org_size code,
    income_from_satang satang,
    income_to_satang satang,
    percent_bp bp NOT NULL
);
CREATE INDEX match_scheme_row_of ON match_scheme_row (match_scheme_id);

-- As area_find, for a fund's own name, its code and its other spellings.
CREATE TABLE fund_find (
    suffix text NOT NULL,
    fund_id fund_id NOT NULL REFERENCES fund (id),
    PRIMARY KEY (suffix, fund_id)
);
