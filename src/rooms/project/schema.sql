-- project: a proposal (กปท.7) that becomes a project: proposed, appraised in a meeting, agreed, paid,
-- reported (room monitor), measured, closed. Its money is the ledger's; here is what it is for.

-- slug: the tracking code on the slip, random, shown without log-in. code: 69-L5221-2-01, given by the
-- approval; other_code: how another system calls it. entered later: with its real dates, by whom.
-- recalled_on: when its owner took it back to mend it after it was sent, the last time; a draft that has it is being
-- changed and will be sent again. is_paid: money was paid on it, before Sarn or by a payment that stands: only then is a
-- report of it owed. copy_of_id: the project that it was copied from.
CREATE TABLE project (
    id project_id PRIMARY KEY,
    fund_id fund_id NOT NULL REFERENCES fund (id),
    district_id area_id NOT NULL REFERENCES area (id),
    province_id area_id NOT NULL REFERENCES area (id),
    fy fiscal_year NOT NULL,
    slug code NOT NULL UNIQUE,
    code code,
    other_code code,
    title text NOT NULL,
    group_id account_group_id REFERENCES account_group (id),
    owner_name text,
    owner_type_code code REFERENCES owner_type (code),
    support_type_code code REFERENCES support_type (code),
    size code NOT NULL CHECK (size IN ('small', 'medium', 'large')),
    state code NOT NULL CHECK (state IN ('draft', 'sent', 'revise', 'deferred', 'rejected', 'cancelled',
        'approved', 'running', 'suspended', 'stopped', 'reported', 'closed')),
    planned_title text,
    situation text,
    method text,
    expected text,
    place text,
    starts_on date,
    ends_on date,
    report_due date,
    asked_satang satang CHECK (asked_satang >= 0),
    approved_satang satang CHECK (approved_satang > 0),
    approved_on date,
    commitment_id ledger_commitment_id REFERENCES ledger_commitment (id),
    sent_on date,
    closed_on date,
    recalled_on date,
    copy_of_id project_id REFERENCES project (id),
    is_for_paper flag NOT NULL,
    is_entered_later flag NOT NULL,
    is_paid flag NOT NULL,
    account_no int,
    created_at instant NOT NULL,
    recorded_at instant NOT NULL,
    version int NOT NULL,
    CHECK (starts_on <= ends_on)
);
CREATE UNIQUE INDEX project_code ON project (fund_id, code) WHERE code IS NOT NULL;
CREATE INDEX project_fund ON project (fund_id, fy, state, id);
CREATE INDEX project_fund_state ON project (fund_id, state, report_due);
CREATE INDEX project_province ON project (province_id, fy, state, id);
CREATE INDEX project_year ON project (fy, id);
-- Pages of lists go down the ids of a place; what they leave out is seen in the index. State by state, only the nation
-- is large enough to need indexes of its own.
CREATE INDEX project_fund_list ON project (fund_id, id, fy, state);
CREATE INDEX project_district_list ON project (district_id, id, fy, state);
CREATE INDEX project_province_list ON project (province_id, id, fy, state);
CREATE INDEX project_year_state ON project (fy, state, id);
CREATE INDEX project_state ON project (state, id);
CREATE INDEX project_waits ON project (province_id, sent_on) WHERE state IN ('sent', 'deferred');
CREATE INDEX project_find_code ON project (code) WHERE code IS NOT NULL;
CREATE INDEX project_find_other ON project (other_code) WHERE other_code IS NOT NULL;
CREATE INDEX project_group ON project (group_id, id) WHERE group_id IS NOT NULL;
CREATE INDEX project_account ON project (account_no, id) WHERE account_no IS NOT NULL;
CREATE UNIQUE INDEX project_commitment ON project (commitment_id) WHERE commitment_id IS NOT NULL;

-- The running number of codes like 69-L5221-2-01: year, fund, support type.
CREATE TABLE project_counter (
    fund_id fund_id NOT NULL REFERENCES fund (id),
    fy fiscal_year NOT NULL,
    support_type_code code NOT NULL REFERENCES support_type (code),
    last int NOT NULL CHECK (last >= 0),
    PRIMARY KEY (fund_id, fy, support_type_code)
);

-- Up to five issues; the first carries money and people, the others only count the project.
CREATE TABLE project_issue (
    project_id project_id NOT NULL REFERENCES project (id),
    position int NOT NULL CHECK (position BETWEEN 1 AND 5),
    issue_id issue_id NOT NULL REFERENCES issue (id),
    PRIMARY KEY (project_id, position)
);
CREATE INDEX project_issue_of ON project_issue (issue_id, project_id);

-- The persons of a people's group who stand for the project. Personal: for the group and the fund only.
CREATE TABLE project_person (
    project_id project_id NOT NULL REFERENCES project (id),
    position int NOT NULL CHECK (position BETWEEN 1 AND 10),
    name text NOT NULL,
    duty text,
    phone text,
    PRIMARY KEY (project_id, position)
);

-- Objective with its indicator: from → to, and in the end what was reached (hundredths of the unit; level:
-- above target 4, on it 3, below 2, nothing 1).
CREATE TABLE project_objective (
    project_id project_id NOT NULL REFERENCES project (id),
    position int NOT NULL CHECK (position BETWEEN 1 AND 20),
    words text NOT NULL,
    indicator_id indicator_id REFERENCES indicator (id),
    indicator_words text,
    unit code,
    direction code CHECK (direction IN ('up', 'down')),
    from_x100 int,
    to_x100 int,
    reached_x100 int,
    reached_numerator count,
    reached_denominator count,
    reached_words text,
    level int CHECK (level BETWEEN 1 AND 4),
    PRIMARY KEY (project_id, position)
);

CREATE TABLE project_target (
    project_id project_id NOT NULL REFERENCES project (id),
    group_code code NOT NULL REFERENCES target_group (code),
    planned count NOT NULL CHECK (planned >= 0),
    PRIMARY KEY (project_id, group_code)
);

-- People reached, by group: the final report's, before that its largest single activity's.
CREATE TABLE project_reached (
    project_id project_id NOT NULL REFERENCES project (id),
    group_code code NOT NULL REFERENCES target_group (code),
    people count NOT NULL CHECK (people >= 0),
    PRIMARY KEY (project_id, group_code)
);

CREATE TABLE project_activity (
    id project_activity_id PRIMARY KEY,
    project_id project_id NOT NULL REFERENCES project (id),
    position int NOT NULL CHECK (position >= 1),
    title text NOT NULL,
    method text,
    objective int,
    starts_on date,
    ends_on date,
    UNIQUE (project_id, position),
    CHECK (starts_on <= ends_on)
);

-- quantity × price × times; amount is their product, to the satang. activity: position of one; NULL: none.
CREATE TABLE project_budget (
    id project_budget_id PRIMARY KEY,
    project_id project_id NOT NULL REFERENCES project (id),
    position int NOT NULL CHECK (position >= 1),
    activity int,
    expense_code code REFERENCES expense_code (code),
    words text NOT NULL,
    quantity int NOT NULL CHECK (quantity > 0),
    price_satang satang NOT NULL CHECK (price_satang >= 0),
    times int NOT NULL CHECK (times > 0),
    amount_satang satang NOT NULL CHECK (amount_satang = quantity * price_satang * times),
    UNIQUE (project_id, position)
);

-- What was said of it, by section: screening notes, mentors' comments, what the committee asks to mend. Answered:
-- whoever writes the proposal says that it was seen to, in words or without.
CREATE TABLE project_note (
    id project_note_id PRIMARY KEY,
    project_id project_id NOT NULL REFERENCES project (id),
    section code NOT NULL,
    words text NOT NULL,
    account_no int,
    acting text,
    recorded_at instant NOT NULL,
    answered_at instant,
    answered_no int,
    answer text,
    CHECK (answered_at IS NOT NULL OR answer IS NULL)
);
CREATE INDEX project_note_of ON project_note (project_id, id);

-- A change asked for, decided in a meeting. before_json and after_json: the fields that it touches. until: of a claw
-- back that was agreed, at which sum of the project's refunds it has all come back.
CREATE TABLE project_change (
    id project_change_id PRIMARY KEY,
    project_id project_id NOT NULL REFERENCES project (id),
    kind code NOT NULL CHECK (kind IN ('extend', 'amend', 'move_money', 'responsible', 'suspend', 'resume', 'stop', 'claw_back')),
    reason text NOT NULL,
    before_json text NOT NULL,
    after_json text NOT NULL,
    amount_satang satang CHECK (amount_satang > 0),
    until_satang satang CHECK (until_satang > 0),
    due_on date,
    state code NOT NULL CHECK (state IN ('asked', 'agreed', 'refused', 'withdrawn')),
    account_no int,
    recorded_at instant NOT NULL,
    version int NOT NULL
);
CREATE INDEX project_change_of ON project_change (project_id, id);

-- A decision, append-only: of a meeting's item, or of the chair alone in an emergency (10(5)), laid before
-- the next meeting. It is in force from in_force_at: when it was signed (sign_id). A later one may correct
-- an earlier one; both stay. Entered later: no meeting of Sarn, meeting_words says which it was.
CREATE TABLE project_decision (
    id project_decision_id PRIMARY KEY,
    project_id project_id NOT NULL REFERENCES project (id),
    kind code NOT NULL CHECK (kind IN ('approve', 'approve_corrected', 'revise', 'defer', 'reject', 'urgent', 'laid_before',
        'change', 'refuse_change')),
    meeting_id meeting_id REFERENCES meeting (id),
    meeting_item_id meeting_item_id REFERENCES meeting_item (id),
    meeting_words text,
    decided_on date NOT NULL,
    amount_satang satang CHECK (amount_satang > 0),
    conditions text,
    reason text,
    report_due date,
    change_id project_change_id REFERENCES project_change (id),
    corrects_id project_decision_id REFERENCES project_decision (id),
    sign_id meeting_sign_id REFERENCES meeting_sign (id),
    in_force_at instant,
    account_no int,
    recorded_at instant NOT NULL
);
CREATE INDEX project_decision_of ON project_decision (project_id, id);
CREATE INDEX project_decision_meeting ON project_decision (meeting_id, id) WHERE meeting_id IS NOT NULL;

-- The agreement (บันทึกข้อตกลง) and its instalments with the evidence that opens each. ended_at: a correction of the
-- decision ended it; it stays to be read, and another is made.
CREATE TABLE project_agreement (
    id project_agreement_id PRIMARY KEY,
    project_id project_id NOT NULL REFERENCES project (id),
    number text NOT NULL,
    place text,
    agreed_on date NOT NULL,
    signer_owner text NOT NULL,
    signer_fund text NOT NULL,
    witness_1 text,
    witness_2 text,
    account_no int,
    recorded_at instant NOT NULL,
    version int NOT NULL,
    ended_at instant,
    ended_no int
);
CREATE UNIQUE INDEX project_agreement_now ON project_agreement (project_id) WHERE ended_at IS NULL;
CREATE INDEX project_agreement_of ON project_agreement (project_id, id);
CREATE TABLE project_instalment (
    agreement_id project_agreement_id NOT NULL REFERENCES project_agreement (id),
    position int NOT NULL CHECK (position >= 1),
    amount_satang satang NOT NULL CHECK (amount_satang > 0),
    evidence code NOT NULL CHECK (evidence IN ('agreement', 'report', 'final_report')),
    opened_at instant,
    due_on date,
    PRIMARY KEY (agreement_id, position)
);

-- Up to which amount a project is small or medium: the fund's own regulation, dated; fund NULL: where a
-- fund has none.
CREATE TABLE project_size_rule (
    id project_size_rule_id PRIMARY KEY,
    fund_id fund_id REFERENCES fund (id),
    small_to_satang satang NOT NULL,
    medium_to_satang satang NOT NULL,
    valid_from date,
    valid_to date,
    certainty code NOT NULL CHECK (certainty IN ('S', 'D', 'U')),
    source text NOT NULL,
    CHECK (small_to_satang < medium_to_satang)
);
CREATE INDEX project_size_rule_of ON project_size_rule (fund_id);

-- A project as lists show it: with its fund's name and its first issue, and nothing personal.
-- open_due: when the report of an open one that was paid is due; is_public: everybody may see it; is_told: no draft, not withdrawn.
CREATE VIEW project_listed AS
SELECT p.id, p.fund_id, p.district_id, p.province_id, p.fy, p.slug, p.code, p.other_code, p.title, p.group_id, p.owner_name,
       p.support_type_code, p.state, p.asked_satang, p.approved_satang, p.starts_on, p.ends_on, p.report_due,
       p.is_entered_later, p.is_paid, p.account_no, p.recalled_on, f.code AS fund_code, n.name_th AS fund_th, n.name_en AS fund_en,
       s.code AS issue_code, s.name_th AS issue_th, s.name_en AS issue_en,
       CASE WHEN p.is_paid = 1 AND p.state IN ('approved', 'running', 'suspended') THEN p.report_due END AS open_due,
       CASE WHEN p.state IN ('approved', 'running', 'suspended', 'stopped', 'reported', 'closed') THEN 1 ELSE 0 END AS is_public,
       CASE WHEN p.state IN ('draft', 'cancelled') THEN 0 ELSE 1 END AS is_told
FROM project p
JOIN fund f ON f.id = p.fund_id
JOIN org_name n ON n.org_id = f.org_id AND n.valid_to IS NULL
LEFT JOIN project_issue i ON i.project_id = p.id AND i.position = 1
LEFT JOIN issue s ON s.id = i.issue_id;

-- What PostgreSQL's planner cannot see through a CASE, and would take for one project in two hundred: how many are
-- public, told, or due. Counted when the table is analysed.
-- pg:
CREATE STATISTICS project_is_public ON (CASE WHEN state IN ('approved', 'running', 'suspended', 'stopped', 'reported', 'closed') THEN 1 ELSE 0 END)
    FROM project;
CREATE STATISTICS project_is_told ON (CASE WHEN state IN ('draft', 'cancelled') THEN 0 ELSE 1 END) FROM project;
CREATE STATISTICS project_open_due ON (CASE WHEN is_paid = 1 AND state IN ('approved', 'running', 'suspended') THEN report_due END) FROM project;
-- both:

-- Under which code the books know a project: its own, or another system's, whichever its promise begins with.
CREATE VIEW project_book AS
SELECT p.id AS project_id, c.book_id,
       CASE WHEN c.project_code = p.code OR (c.project_code >= p.code || '/' AND c.project_code < p.code || '0') THEN p.code
            WHEN c.project_code = p.other_code OR (c.project_code >= p.other_code || '/' AND c.project_code < p.other_code || '0')
            THEN p.other_code
            ELSE c.project_code END AS code
FROM project p
JOIN ledger_commitment c ON c.id = p.commitment_id;

-- What the books have of a project: entries with its code, and with "…/2", "…/3" of its corrected promises (who brings money
-- back names any of them), unless that is another project's.
CREATE VIEW project_entry AS
SELECT b.project_id, e.id AS entry_id, e.kind, e.source, e.amount_satang, e.entry_date, e.instalment, e.reversal_of
FROM project_book b
JOIN ledger_entry e ON e.book_id = b.book_id AND e.project_code >= b.code AND e.project_code < b.code || '0'
     AND (e.project_code = b.code OR e.project_code >= b.code || '/')
WHERE NOT EXISTS (SELECT 1 FROM ledger_commitment k JOIN project q ON q.commitment_id = k.id AND q.id <> b.project_id
                  WHERE k.book_id = e.book_id AND k.project_code = e.project_code);
