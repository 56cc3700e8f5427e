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

-- edition: 1 when first agreed, then one more each time it is agreed again; 0 while a draft.
CREATE TABLE plan_year (
    id plan_year_id PRIMARY KEY,
    plan_id plan_id NOT NULL REFERENCES plan (id),
    fund_id fund_id NOT NULL REFERENCES fund (id),
    issue_id issue_id NOT NULL REFERENCES issue (id),
    fy fiscal_year NOT NULL,
    cause text,
    guideline text,
    edition int NOT NULL CHECK (edition >= 0),
    agreed_in meeting_id REFERENCES meeting (id),
    agreed_on date,
    account_no int,
    recorded_at instant NOT NULL,
    version int NOT NULL,
    UNIQUE (fund_id, issue_id, fy)
);
CREATE INDEX plan_year_of ON plan_year (plan_id, fy);
CREATE INDEX plan_year_issue ON plan_year (issue_id, fy);

-- A problem with its size: an indicator of the catalogue or the fund's own words. Figures in hundredths
-- of the unit; of a percent the value follows from numerator and denominator. NULL is unknown.
CREATE TABLE plan_situation (
    id plan_situation_id PRIMARY KEY,
    plan_year_id plan_year_id NOT NULL REFERENCES plan_year (id),
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
    UNIQUE (plan_year_id, position),
    CHECK (CASE WHEN indicator_id IS NULL THEN own_words IS NOT NULL ELSE own_words IS NULL END),
    CHECK (numerator >= 0),
    CHECK (denominator > 0)
);
CREATE INDEX plan_situation_indicator ON plan_situation (indicator_id) WHERE indicator_id IS NOT NULL;
