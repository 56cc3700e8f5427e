-- app
-- app: what all rooms share. Readable by every room, written only through app/.

-- What this database is: 'demo' and its seed, 'reference' and its version.
CREATE TABLE app_setting (
    key code PRIMARY KEY,
    value text NOT NULL
);

-- Who did what, when: one row an act, written by the act's own transaction. thing and thing_id name
-- the row it was done to; before and after are kept field by field.
CREATE TABLE audit (
    id audit_id PRIMARY KEY,
    recorded_at instant NOT NULL,
    actor text NOT NULL,
    action code NOT NULL,
    thing code NOT NULL,
    thing_id int NOT NULL
);
CREATE INDEX audit_thing ON audit (thing, thing_id);

CREATE TABLE audit_field (
    audit_id audit_id NOT NULL REFERENCES audit (id),
    field code NOT NULL,
    before text,
    after text,
    PRIMARY KEY (audit_id, field)
);

-- area
-- area: nation, regions, provinces, districts, tambons. A surrogate id lives on; codes, names and
-- parents have periods (valid_from NULL: unknown start; valid_to NULL: still so). valid_to is the
-- last day of the period. certainty: S stated by a source, D derived, U unconfirmed.

CREATE TABLE area (
    id area_id PRIMARY KEY,
    kind code NOT NULL CHECK (kind IN ('nation', 'region', 'province', 'district', 'tambon'))
);
-- The 77 provinces are asked for as a whole by every national page.
CREATE INDEX area_kind ON area (kind);

CREATE TABLE area_code (
    area_id area_id NOT NULL REFERENCES area (id),
    code code NOT NULL,
    valid_from date,
    valid_to date,
    certainty code NOT NULL CHECK (certainty IN ('S', 'D', 'U')),
    source text NOT NULL
);
CREATE UNIQUE INDEX area_code_now ON area_code (code) WHERE valid_to IS NULL;
CREATE UNIQUE INDEX area_code_of ON area_code (area_id) WHERE valid_to IS NULL;
CREATE INDEX area_code_ever ON area_code (code);
CREATE INDEX area_code_history ON area_code (area_id);

CREATE TABLE area_name (
    area_id area_id NOT NULL REFERENCES area (id),
    name_th text NOT NULL,
    name_en text,
    sort_key sort_key NOT NULL,
    valid_from date,
    valid_to date,
    certainty code NOT NULL CHECK (certainty IN ('S', 'D', 'U')),
    source text NOT NULL
);
CREATE UNIQUE INDEX area_name_now ON area_name (area_id) WHERE valid_to IS NULL;
CREATE INDEX area_name_history ON area_name (area_id);
CREATE INDEX area_name_by_name ON area_name (name_th);

CREATE TABLE area_parent (
    area_id area_id NOT NULL REFERENCES area (id),
    parent_id area_id NOT NULL REFERENCES area (id),
    valid_from date,
    valid_to date,
    certainty code NOT NULL CHECK (certainty IN ('S', 'D', 'U')),
    source text NOT NULL,
    CHECK (area_id <> parent_id)
);
CREATE UNIQUE INDEX area_parent_now ON area_parent (area_id) WHERE valid_to IS NULL;
CREATE INDEX area_parent_history ON area_parent (area_id);
CREATE INDEX area_parent_children ON area_parent (parent_id) WHERE valid_to IS NULL;

-- Groupings beside the tree: the four parts of the country, upper and lower south, regions 11 + 12.
CREATE TABLE area_set (
    id area_set_id PRIMARY KEY,
    code code NOT NULL UNIQUE,
    kind code NOT NULL,
    name_th text NOT NULL,
    name_en text NOT NULL,
    source text NOT NULL
);

CREATE TABLE area_set_member (
    area_set_id area_set_id NOT NULL REFERENCES area_set (id),
    area_id area_id NOT NULL REFERENCES area (id),
    valid_from date,
    valid_to date,
    PRIMARY KEY (area_set_id, area_id)
);
CREATE INDEX area_set_member_of ON area_set_member (area_id);

-- Every place in a name where a search may begin, folded: "find by any part of the name" is a range
-- of this index on both engines.
CREATE TABLE area_find (
    suffix text NOT NULL,
    area_id area_id NOT NULL REFERENCES area (id),
    PRIMARY KEY (suffix, area_id)
);

-- The outline of a province on the map: an SVG path in the view box of reference/README.md.
CREATE TABLE area_outline (
    area_id area_id PRIMARY KEY REFERENCES area (id),
    label_x int NOT NULL,
    label_y int NOT NULL,
    path text NOT NULL
);

-- org
-- org: organisations. Today the local governments (อปท.) that found the funds; agencies, health
-- units and groups come with the rooms that need them. Names, kinds and parents are dated rows: an
-- อบต. that becomes a ทต. is the same organisation with a new name row.

CREATE TABLE org_kind (
    code code PRIMARY KEY,
    name_th text NOT NULL,
    name_en text NOT NULL,
    short_th text NOT NULL,
    is_local_government flag NOT NULL,
    sort_order int NOT NULL
);

-- How files write a kind: "อบต.", "องค์การบริหารส่วนตำบล", "เทศบาลตำบล", folded.
CREATE TABLE org_kind_spelling (
    spelling text PRIMARY KEY,
    kind code NOT NULL REFERENCES org_kind (code)
);

CREATE TABLE org (
    id org_id PRIMARY KEY,
    created_at instant NOT NULL
);

CREATE TABLE org_name (
    org_id org_id NOT NULL REFERENCES org (id),
    kind code REFERENCES org_kind (code),
    size code CHECK (size IN ('small', 'medium', 'large')),
    name_th text NOT NULL,
    name_en text,
    sort_key sort_key NOT NULL,
    valid_from date,
    valid_to date,
    certainty code NOT NULL CHECK (certainty IN ('S', 'D', 'U')),
    source text NOT NULL
);
CREATE UNIQUE INDEX org_name_now ON org_name (org_id) WHERE valid_to IS NULL;
CREATE INDEX org_name_history ON org_name (org_id);

CREATE TABLE org_parent (
    org_id org_id NOT NULL REFERENCES org (id),
    parent_id org_id NOT NULL REFERENCES org (id),
    valid_from date,
    valid_to date,
    certainty code NOT NULL CHECK (certainty IN ('S', 'D', 'U')),
    source text NOT NULL,
    CHECK (org_id <> parent_id)
);
CREATE UNIQUE INDEX org_parent_now ON org_parent (org_id) WHERE valid_to IS NULL;
CREATE INDEX org_parent_children ON org_parent (parent_id) WHERE valid_to IS NULL;

-- Other spellings met in files and kept as they were met; rows, not guesses.
CREATE TABLE org_spelling (
    org_id org_id NOT NULL REFERENCES org (id),
    spelling text NOT NULL,
    source text NOT NULL,
    PRIMARY KEY (org_id, spelling)
);

-- issue
-- issue: the catalogue that plans and projects choose from — issues with their indicators, and what a
-- project may be: target group, support type, owner type, kinds of expense, accounts. It comes from
-- reference/ and is data: an administrator may change it. certainty: S stated by a source, D derived,
-- U unconfirmed (shown as such). fy_from NULL: unknown start; fy_to NULL: still in force.

-- An issue (ประเด็น, แผนงาน). incumbent_id is its number in the system in use today.
CREATE TABLE issue (
    id issue_id PRIMARY KEY,
    code code NOT NULL UNIQUE,
    incumbent_id int,
    name_th text NOT NULL,
    name_en text NOT NULL,
    sort_order int NOT NULL UNIQUE,
    certainty code NOT NULL CHECK (certainty IN ('S', 'D', 'U')),
    source text NOT NULL
);

-- How plans and files write an issue, folded for finding and as it was met. Rows, not guesses.
CREATE TABLE issue_spelling (
    folded text PRIMARY KEY,
    issue_id issue_id NOT NULL REFERENCES issue (id),
    spelling text NOT NULL,
    incumbent_id int,
    certainty code NOT NULL CHECK (certainty IN ('S', 'D', 'U')),
    source text NOT NULL
);

-- What is measured. A percent is asked by two whole numbers, never typed in: so it has two questions,
-- every other unit has one. Figures are in hundredths of the unit (79.72 % = 7972).
CREATE TABLE indicator (
    id indicator_id PRIMARY KEY,
    issue_id issue_id NOT NULL REFERENCES issue (id),
    code code NOT NULL UNIQUE,
    name_th text NOT NULL,
    name_en text NOT NULL,
    unit code NOT NULL CHECK (unit IN ('percent', 'count', 'kg_per_day', 'baht_per_month')),
    direction code NOT NULL CHECK (direction IN ('up', 'down')),
    question_num_th text NOT NULL,
    question_num_en text NOT NULL,
    question_den_th text,
    question_den_en text,
    value_min_x100 int,
    value_max_x100 int,
    sort_order int NOT NULL,
    certainty code NOT NULL CHECK (certainty IN ('S', 'D', 'U')),
    source text NOT NULL,
    CHECK (value_min_x100 <= value_max_x100),
    CHECK (CASE WHEN unit = 'percent' THEN question_den_th IS NOT NULL AND question_den_en IS NOT NULL
                ELSE question_den_th IS NULL AND question_den_en IS NULL END),
    UNIQUE (issue_id, sort_order)
);

-- Values seen in real plans: they show a person what an answer looks like.
CREATE TABLE indicator_example (
    indicator_id indicator_id NOT NULL REFERENCES indicator (id),
    position int NOT NULL,
    value_x100 int NOT NULL,
    PRIMARY KEY (indicator_id, position)
);

-- Whom a project serves. counts_heads 0: left out of cost per head.
CREATE TABLE target_group (
    code code PRIMARY KEY,
    kind code NOT NULL CHECK (kind IN ('age', 'specific')),
    name_th text NOT NULL,
    name_en text NOT NULL,
    nhso_code code,
    nhso_code_certainty code NOT NULL CHECK (nhso_code_certainty IN ('S', 'D', 'U')),
    counts_heads flag NOT NULL,
    sort_order int NOT NULL UNIQUE,
    fy_from fiscal_year,
    fy_to fiscal_year,
    certainty code NOT NULL CHECK (certainty IN ('S', 'D', 'U')),
    source text NOT NULL
);

-- What is done for them: for every group, or for the groups listed in target_activity_group.
CREATE TABLE target_activity (
    code code PRIMARY KEY,
    name_th text NOT NULL,
    name_en text NOT NULL,
    is_for_all flag NOT NULL,
    sort_order int NOT NULL UNIQUE,
    certainty code NOT NULL CHECK (certainty IN ('S', 'D', 'U')),
    source text NOT NULL
);

CREATE TABLE target_activity_group (
    activity_code code NOT NULL REFERENCES target_activity (code),
    group_code code NOT NULL REFERENCES target_group (code),
    certainty code NOT NULL CHECK (certainty IN ('S', 'D', 'U')),
    source text NOT NULL,
    PRIMARY KEY (group_code, activity_code)
);

-- The accounts of a fund's books.
CREATE TABLE money_account (
    code code PRIMARY KEY,
    kind code NOT NULL CHECK (kind IN ('asset', 'income', 'expense')),
    name_th text NOT NULL,
    name_en text NOT NULL,
    sort_order int NOT NULL UNIQUE,
    certainty code NOT NULL CHECK (certainty IN ('S', 'D', 'U')),
    source text NOT NULL
);

-- Which kind of support a project is (ประเภทการสนับสนุน): decides its clause, its rules, its account.
CREATE TABLE support_type (
    code code PRIMARY KEY,
    name_th text NOT NULL,
    name_en text NOT NULL,
    short_th text NOT NULL,
    short_en text NOT NULL,
    account_code code NOT NULL UNIQUE REFERENCES money_account (code),
    sort_order int NOT NULL UNIQUE,
    fy_from fiscal_year,
    fy_to fiscal_year,
    certainty code NOT NULL CHECK (certainty IN ('S', 'D', 'U')),
    source text NOT NULL,
    note text
);

-- The clause of the announcement that a paper of that year cites.
CREATE TABLE support_type_clause (
    id support_type_clause_id PRIMARY KEY,
    support_type_code code NOT NULL REFERENCES support_type (code),
    clause text NOT NULL,
    fy_from fiscal_year NOT NULL,
    fy_to fiscal_year,
    certainty code NOT NULL CHECK (certainty IN ('S', 'D', 'U')),
    source text NOT NULL,
    note text,
    UNIQUE (support_type_code, fy_from)
);

-- Limits of a support type, dated: exactly one value a rule. Without fy_from and U it is a claim that
-- somebody made, not a rule in force.
CREATE TABLE support_type_rule (
    id support_type_rule_id PRIMARY KEY,
    support_type_code code NOT NULL REFERENCES support_type (code),
    rule code NOT NULL,
    value_bp bp,
    value_satang satang,
    value_count count,
    value_text text,
    fy_from fiscal_year,
    fy_to fiscal_year,
    certainty code NOT NULL CHECK (certainty IN ('S', 'D', 'U')),
    source text NOT NULL,
    note text,
    CHECK (CASE WHEN value_bp IS NULL THEN 0 ELSE 1 END + CASE WHEN value_satang IS NULL THEN 0 ELSE 1 END
           + CASE WHEN value_count IS NULL THEN 0 ELSE 1 END + CASE WHEN value_text IS NULL THEN 0 ELSE 1 END = 1)
);
CREATE INDEX support_type_rule_of ON support_type_rule (support_type_code);

-- Who carries a project out (ประเภทผู้เสนอ).
CREATE TABLE owner_type (
    code code PRIMARY KEY,
    name_th text NOT NULL,
    name_en text NOT NULL,
    short_th text NOT NULL,
    short_en text NOT NULL,
    sort_order int NOT NULL UNIQUE,
    certainty code NOT NULL CHECK (certainty IN ('S', 'D', 'U')),
    source text NOT NULL
);

-- Kinds of expense in a project's budget: group, code within it, unit of counting.
CREATE TABLE expense_group (
    code code PRIMARY KEY,
    incumbent_code code,
    name_th text NOT NULL,
    name_en text NOT NULL,
    sort_order int NOT NULL UNIQUE,
    certainty code NOT NULL CHECK (certainty IN ('S', 'D', 'U')),
    source text NOT NULL
);

CREATE TABLE expense_code (
    code code PRIMARY KEY,
    group_code code NOT NULL REFERENCES expense_group (code),
    name_th text NOT NULL,
    name_en text NOT NULL,
    old_id int,
    sort_order int NOT NULL UNIQUE,
    certainty code NOT NULL CHECK (certainty IN ('S', 'D', 'U')),
    source text NOT NULL,
    note text
);

CREATE TABLE expense_unit (
    code code PRIMARY KEY,
    name_th text NOT NULL,
    name_en text NOT NULL,
    sort_order int NOT NULL UNIQUE,
    certainty code NOT NULL CHECK (certainty IN ('S', 'D', 'U')),
    source text NOT NULL
);

-- fund
-- fund: a local health security fund is one local government's. What a fund-year is built on is
-- kept as it was told (two populations, the NHSO amount, the recorded percent); what follows from it
-- (the computed match) is never stored, it is reckoned by fund.c from the dated tables below.

CREATE TABLE fund (
    id fund_id PRIMARY KEY,
    code code NOT NULL UNIQUE,
    org_id org_id NOT NULL UNIQUE REFERENCES org (id),
    is_demo flag NOT NULL,
    certainty code NOT NULL CHECK (certainty IN ('S', 'D', 'U')),
    source text NOT NULL,
    created_at instant NOT NULL
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

-- report
-- report: figures. Every fact that feeds a figure is an append-only row of figure_fact; the same
-- transaction keeps the exact sums below. One mechanism gives roll-up, verify, drill-down and as-of.
-- total adds what is known; known counts how many funds it is known of: unknown is not zero.

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
    source_id int NOT NULL
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
);
CREATE INDEX figure_fund_year_district ON figure_fund_year (fy, district_id);

-- Districts and provinces; regions and the nation are summed from their provinces when asked.
CREATE TABLE figure_area_year (
    area_id area_id NOT NULL REFERENCES area (id),
    fy fiscal_year NOT NULL,
    measure code NOT NULL,
    total int NOT NULL,
    known int NOT NULL CHECK (known >= 0),
    PRIMARY KEY (area_id, fy, measure)
);

-- How many funds an area has now (districts and provinces).
CREATE TABLE figure_area_funds (
    area_id area_id PRIMARY KEY REFERENCES area (id),
    funds count NOT NULL CHECK (funds >= 0)
);

