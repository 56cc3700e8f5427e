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
    kind code NOT NULL CHECK (kind IN ('asset', 'equity', 'income', 'expense')),
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
