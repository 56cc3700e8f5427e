-- plan: a fund's health plan on one issue, over one to five fiscal years; a row a year says where we
-- stand, where we want to be in a year, how, and with which projects. Its planned projects are the lines
-- of the fund's annual finance plan (room ledger) of that issue: entered once. A plan holds no money.

CREATE TABLE plan (
    id plan_id PRIMARY KEY,
    fund_id fund_id NOT NULL REFERENCES fund (id),
    issue_id issue_id NOT NULL REFERENCES issue (id),
    fy_first fiscal_year NOT NULL,
    fy_last fiscal_year NOT NULL,
    account_no int,
    recorded_at instant NOT NULL,
    version int NOT NULL,
    CHECK (fy_first <= fy_last),
    UNIQUE (fund_id, issue_id, fy_first)
);
CREATE INDEX plan_fund ON plan (fund_id, fy_last);

-- A year as it is being written. edition: 1 when first agreed, then one more each time it is agreed again; 0
-- while a draft. is_changed: what stands here is not what was agreed last.
CREATE TABLE plan_year (
    id plan_year_id PRIMARY KEY,
    plan_id plan_id NOT NULL REFERENCES plan (id),
    fund_id fund_id NOT NULL REFERENCES fund (id),
    issue_id issue_id NOT NULL REFERENCES issue (id),
    fy fiscal_year NOT NULL,
    cause text,
    guideline text,
    edition int NOT NULL CHECK (edition >= 0),
    is_changed flag NOT NULL,
    agreed_in meeting_id REFERENCES meeting (id),
    agreed_on date,
    account_no int,
    recorded_at instant NOT NULL,
    version int NOT NULL,
    UNIQUE (fund_id, issue_id, fy)
);
CREATE INDEX plan_year_fund ON plan_year (fund_id, fy);
CREATE INDEX plan_year_of ON plan_year (plan_id, fy);
CREATE INDEX plan_year_issue ON plan_year (issue_id, fy);

-- What a meeting agreed, kept as it was: everybody reads the newest, the older ones are its history. Its
-- situation rows have the same edition.
CREATE TABLE plan_edition (
    plan_year_id plan_year_id NOT NULL REFERENCES plan_year (id),
    edition int NOT NULL CHECK (edition >= 1),
    cause text,
    guideline text,
    agreed_in meeting_id REFERENCES meeting (id),
    agreed_on date NOT NULL,
    recorded_at instant NOT NULL,
    PRIMARY KEY (plan_year_id, edition)
);

-- A problem with its size: an indicator of the catalogue or the fund's own words. Figures in hundredths
-- of the unit; of a percent the value follows from numerator and denominator. NULL is unknown. edition 0: as
-- it is being written; else as it was agreed in that edition.
CREATE TABLE plan_situation (
    id plan_situation_id PRIMARY KEY,
    plan_year_id plan_year_id NOT NULL REFERENCES plan_year (id),
    edition int NOT NULL CHECK (edition >= 0),
    position int NOT NULL CHECK (position >= 1),
    indicator_id indicator_id REFERENCES indicator (id),
    own_words text,
    unit code NOT NULL,
    is_more_better flag NOT NULL,
    numerator count,
    denominator count,
    value_x100 int,
    last_value_x100 int,
    target_x100 int,
    source text,
    on_date date,
    UNIQUE (plan_year_id, edition, position),
    CHECK (CASE WHEN indicator_id IS NULL THEN own_words IS NOT NULL ELSE own_words IS NULL END),
    CHECK (numerator >= 0),
    CHECK (denominator > 0)
);
CREATE INDEX plan_situation_indicator ON plan_situation (indicator_id, plan_year_id) WHERE indicator_id IS NOT NULL;

-- What a project of that year measured in the end: next year's plan offers it as the value it starts from.
-- Append-only; the newest of an indicator counts.
CREATE TABLE plan_result (
    id plan_result_id PRIMARY KEY,
    fund_id fund_id NOT NULL REFERENCES fund (id),
    issue_id issue_id NOT NULL REFERENCES issue (id),
    fy fiscal_year NOT NULL,
    indicator_id indicator_id NOT NULL REFERENCES indicator (id),
    numerator count,
    denominator count,
    value_x100 int NOT NULL,
    on_date date NOT NULL,
    source text NOT NULL,
    account_no int,
    recorded_at instant NOT NULL,
    CHECK (numerator >= 0),
    CHECK (denominator > 0)
);
CREATE INDEX plan_result_of ON plan_result (fund_id, issue_id, fy);

-- Which planned projects have become proposals; room project tells it, by the planned project's title.
CREATE TABLE plan_proposed (
    fund_id fund_id NOT NULL REFERENCES fund (id),
    fy fiscal_year NOT NULL,
    title text NOT NULL,
    slug code PRIMARY KEY,
    recorded_at instant NOT NULL
);
CREATE INDEX plan_proposed_of ON plan_proposed (fund_id, fy);
