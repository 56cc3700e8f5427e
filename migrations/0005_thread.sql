-- The thread: meetings, plans, projects, reports; what the ledger holds back; figures of projects and people.
ALTER TABLE ledger_instalment ADD COLUMN shut_since instant;
ALTER TABLE ledger_commitment ADD COLUMN held_for code CHECK (held_for IN ('paper', 'suspended'));
ALTER TABLE figure_fact ADD COLUMN group_code code;
ALTER TABLE figure_fact ADD COLUMN due_on date;
ALTER TABLE fund ADD COLUMN phone text;
-- The map's outlines are read from the program.
DROP TABLE area_outline;
CREATE INDEX ledger_entry_project ON ledger_entry (book_id, project_code) WHERE project_code IS NOT NULL;

-- meeting: a fund's committee meets, says who was there and who left the room, and decides. A decision
-- is in force when the meeting is signed: by the chair's log-in, or by the signed paper that one person
-- entered and another saw. What is wrong is corrected by a later meeting; both stay visible.

CREATE TABLE meeting (
    id meeting_id PRIMARY KEY,
    fund_id fund_id NOT NULL REFERENCES fund (id),
    fy fiscal_year NOT NULL,
    number int NOT NULL CHECK (number BETWEEN 1 AND 99),
    held_on date NOT NULL,
    began text,
    ended text,
    place text,
    chaired_by text,
    state code NOT NULL CHECK (state IN ('called', 'held', 'signed', 'cancelled')),
    cancel_reason text,
    confirmed_in meeting_id REFERENCES meeting (id),
    sign_id meeting_sign_id,
    is_entered_later flag NOT NULL,
    account_no int,
    recorded_at instant NOT NULL,
    version int NOT NULL,
    UNIQUE (fund_id, fy, number),
    CHECK (CASE WHEN state = 'cancelled' THEN cancel_reason IS NOT NULL ELSE cancel_reason IS NULL END)
);
CREATE INDEX meeting_fund ON meeting (fund_id, held_on, id);
CREATE INDEX meeting_confirms ON meeting (confirmed_in) WHERE confirmed_in IS NOT NULL;

-- Who was there, as on the signing sheet. is_voter 0: secretary, adviser, guest.
CREATE TABLE meeting_person (
    id meeting_person_id PRIMARY KEY,
    meeting_id meeting_id NOT NULL REFERENCES meeting (id),
    position int NOT NULL CHECK (position >= 1),
    name text NOT NULL,
    title text,
    is_present flag NOT NULL,
    is_voter flag NOT NULL,
    UNIQUE (meeting_id, position)
);

-- The agenda in the usual order. thing and thing_id name what an item for consideration is about:
-- a proposal, a project's change, an urgent approval laid before the meeting, a plan's year, the finance
-- plan; about: what the room of the thing says of it (of a change: from what to what). outcome: of a plan 'agree' or 'refuse' (a project's decision is room project's own row).
CREATE TABLE meeting_item (
    id meeting_item_id PRIMARY KEY,
    meeting_id meeting_id NOT NULL REFERENCES meeting (id),
    position int NOT NULL CHECK (position >= 1),
    agenda code NOT NULL CHECK (agenda IN ('inform', 'confirm', 'follow', 'know', 'consider', 'other')),
    title text NOT NULL,
    about text,
    words text,
    thing code CHECK (thing IN ('project', 'project_change', 'project_decision', 'plan_year', 'finance_plan')),
    thing_id int,
    outcome code CHECK (outcome IN ('agree', 'refuse')),
    version int NOT NULL,
    UNIQUE (meeting_id, position)
);
CREATE INDEX meeting_item_thing ON meeting_item (thing, thing_id) WHERE thing IS NOT NULL;

-- Who left the room for an item because of an interest: not counted in its decision.
CREATE TABLE meeting_left (
    item_id meeting_item_id NOT NULL REFERENCES meeting_item (id),
    person_id meeting_person_id NOT NULL REFERENCES meeting_person (id),
    reason text,
    PRIMARY KEY (item_id, person_id)
);
CREATE INDEX meeting_left_person ON meeting_left (person_id);

-- An approval step: of a meeting, of the chair alone (thing project_decision, an urgent one), or of an agreement
-- (thing project_agreement). By log-in it is in force at once; by paper (file_use_no: the
-- scan) when somebody else has seen it.
CREATE TABLE meeting_sign (
    id meeting_sign_id PRIMARY KEY,
    fund_id fund_id NOT NULL REFERENCES fund (id),
    thing code NOT NULL CHECK (thing IN ('meeting', 'project_decision', 'project_agreement', 'ledger_commitment')),
    thing_id int NOT NULL,
    how code NOT NULL CHECK (how IN ('login', 'paper')),
    names text,
    signed_on date NOT NULL,
    file_use_no int,
    mark text,
    entered_by int,
    grant_no int,
    seen_by int CHECK (seen_by <> entered_by),
    seen_at instant,
    recorded_at instant NOT NULL
);
CREATE INDEX meeting_sign_of ON meeting_sign (thing, thing_id, id);
CREATE INDEX meeting_sign_fund ON meeting_sign (fund_id, id);

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

-- project: a proposal (กปท.7) that becomes a project: proposed, appraised in a meeting, agreed, paid,
-- reported (room monitor), measured, closed. Its money is the ledger's; here is what it is for.

-- slug: the tracking code on the slip, random, shown without log-in. code: 69-L5221-2-01, given by the
-- approval; other_code: how another system calls it. entered later: with its real dates, by whom.
-- recalled_on: when its owner took it back to mend it after it was sent, the last time; a draft that has it is being
-- changed and will be sent again. copy_of_id: the project that it was copied from.
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

-- monitor: what was done: reports of a project's activities with photos, their acceptance, the final report,
-- closing; the reports of a programme (one interface for both); mentors' visits.

-- A programme (ชุดโครงการ) of an agency: it has activities and reports, and money that is no fund's.
CREATE TABLE monitor_programme (
    id monitor_programme_id PRIMARY KEY,
    code code NOT NULL UNIQUE,
    title text NOT NULL,
    owner_name text NOT NULL,
    funders text,
    goal text,
    area_id area_id REFERENCES area (id),
    starts_on date,
    ends_on date,
    account_no int,
    recorded_at instant NOT NULL,
    version int NOT NULL
);

-- One report. occasion counts in its project or programme. outcome words are three: output, outcome,
-- conclusion. account_no: who wrote or sent it last; accepted_by is none of monitor_hand.
CREATE TABLE monitor_report (
    id monitor_report_id PRIMARY KEY,
    project_id project_id REFERENCES project (id),
    programme_id monitor_programme_id REFERENCES monitor_programme (id),
    kind code NOT NULL CHECK (kind IN ('activity', 'final')),
    occasion int NOT NULL CHECK (occasion >= 1),
    on_date date,
    ends_on date,
    title text,
    activity_id project_activity_id REFERENCES project_activity (id),
    reporter_name text,
    reporter_area text,
    planned text,
    done text,
    output text,
    outcome text,
    conclusion text,
    problems text,
    suggestions text,
    level int CHECK (level BETWEEN 1 AND 4),
    spent_satang satang CHECK (spent_satang >= 0),
    state code NOT NULL CHECK (state IN ('draft', 'sent', 'returned', 'accepted')),
    returned_reason text,
    account_no int,
    sent_on date,
    accepted_by int CHECK (accepted_by <> account_no),
    accepted_at instant,
    is_entered_later flag NOT NULL,
    recorded_at instant NOT NULL,
    version int NOT NULL,
    CHECK (CASE WHEN project_id IS NULL THEN programme_id IS NOT NULL ELSE programme_id IS NULL END)
);
CREATE UNIQUE INDEX monitor_report_of ON monitor_report (project_id, occasion) WHERE project_id IS NOT NULL;
CREATE UNIQUE INDEX monitor_report_programme ON monitor_report (programme_id, occasion) WHERE programme_id IS NOT NULL;
CREATE UNIQUE INDEX monitor_report_final ON monitor_report (project_id) WHERE kind = 'final';

-- Who had a hand in a report: began it, changed its words or its photos, sent it. None of them accepts it.
CREATE TABLE monitor_hand (
    report_id monitor_report_id NOT NULL REFERENCES monitor_report (id),
    account_no int NOT NULL,
    PRIMARY KEY (report_id, account_no)
);

CREATE TABLE monitor_people (
    report_id monitor_report_id NOT NULL REFERENCES monitor_report (id),
    group_code code NOT NULL REFERENCES target_group (code),
    people count NOT NULL CHECK (people >= 0),
    PRIMARY KEY (report_id, group_code)
);

-- What a final report says was reached of each objective of its project, until it is accepted: then the
-- project has it. position: of the objective.
CREATE TABLE monitor_result (
    report_id monitor_report_id NOT NULL REFERENCES monitor_report (id),
    position int NOT NULL CHECK (position >= 1),
    reached_x100 int,
    numerator count CHECK (numerator >= 0),
    denominator count CHECK (denominator > 0),
    words text,
    level int CHECK (level BETWEEN 1 AND 4),
    PRIMARY KEY (report_id, position)
);

-- Money spent, by budget line or in own words.
CREATE TABLE monitor_money (
    report_id monitor_report_id NOT NULL REFERENCES monitor_report (id),
    position int NOT NULL CHECK (position >= 1),
    budget_id project_budget_id REFERENCES project_budget (id),
    words text NOT NULL,
    amount_satang satang NOT NULL CHECK (amount_satang >= 0),
    PRIMARY KEY (report_id, position)
);

-- A photo (file_use of thing monitor_report). Place and time as the phone wrote them, read before the photo
-- was made anew without them. file_no: its content, so that one photo sent twice is one. is_public 0: kept inside (an attendance sheet, somebody who did not agree).
CREATE TABLE monitor_photo (
    report_id monitor_report_id NOT NULL REFERENCES monitor_report (id),
    file_use_no int NOT NULL,
    file_no int NOT NULL,
    position int NOT NULL CHECK (position BETWEEN 1 AND 10),
    caption text,
    taken_at text,
    lat_x1e6 int CHECK (lat_x1e6 BETWEEN -90000000 AND 90000000),
    lon_x1e6 int CHECK (lon_x1e6 BETWEEN -180000000 AND 180000000),
    is_public flag NOT NULL,
    PRIMARY KEY (report_id, position),
    UNIQUE (report_id, file_no)
);

-- The end of a project: paid = spent + to return; what was returned is a receipt of the ledger. unreported:
-- activities that no accepted report told of when it was closed before its last day; it was meant so.
CREATE TABLE monitor_closing (
    project_id project_id PRIMARY KEY REFERENCES project (id),
    paid_satang satang NOT NULL CHECK (paid_satang >= 0),
    spent_satang satang NOT NULL CHECK (spent_satang >= 0),
    returned_satang satang NOT NULL CHECK (returned_satang >= 0),
    closed_on date NOT NULL,
    unreported int NOT NULL CHECK (unreported >= 0),
    account_no int,
    recorded_at instant NOT NULL,
    CHECK (spent_satang + returned_satang >= paid_satang)
);

-- A mentor's visit to a fund, or to one of its projects: what was seen and advised.
CREATE TABLE monitor_visit (
    id monitor_visit_id PRIMARY KEY,
    fund_id fund_id NOT NULL REFERENCES fund (id),
    project_id project_id REFERENCES project (id),
    on_date date NOT NULL,
    seen text NOT NULL,
    advice text,
    account_no int,
    recorded_at instant NOT NULL
);
CREATE INDEX monitor_visit_fund ON monitor_visit (fund_id, on_date, id);
CREATE INDEX monitor_visit_project ON monitor_visit (project_id, id) WHERE project_id IS NOT NULL;

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

-- Regions and the nation get the sums that they were added up to before.
INSERT INTO figure_area_year (area_id, fy, measure, total, known)
SELECT u.area_id, f.fy, f.measure, CAST(SUM(f.total) AS BIGINT), CAST(SUM(f.known) AS BIGINT)
FROM figure_above u JOIN figure_area_year f ON f.area_id = u.province_id
GROUP BY u.area_id, f.fy, f.measure;
INSERT INTO figure_area_split (area_id, fy, measure, issue_code, support_type, total)
SELECT u.area_id, f.fy, f.measure, f.issue_code, f.support_type, CAST(SUM(f.total) AS BIGINT)
FROM figure_above u JOIN figure_area_split f ON f.area_id = u.province_id
GROUP BY u.area_id, f.fy, f.measure, f.issue_code, f.support_type;
INSERT INTO figure_area_funds (area_id, funds)
SELECT u.area_id, CAST(SUM(f.funds) AS BIGINT)
FROM figure_above u JOIN figure_area_funds f ON f.area_id = u.province_id
GROUP BY u.area_id;

-- Sums are read a whole key at a time: on SQLite they are laid out anew, in the order of their keys.
-- sqlite:
CREATE TABLE figure_fund_year_new (
    fy fiscal_year NOT NULL,
    district_id area_id NOT NULL REFERENCES area (id),
    fund_id fund_id NOT NULL REFERENCES fund (id),
    measure code NOT NULL,
    total int NOT NULL,
    known int NOT NULL CHECK (known >= 0),
    PRIMARY KEY (fund_id, fy, measure)
) WITHOUT ROWID;
INSERT INTO figure_fund_year_new (fund_id, fy, measure, district_id, total, known)
SELECT fund_id, fy, measure, district_id, total, known FROM figure_fund_year;
DROP TABLE figure_fund_year;
ALTER TABLE figure_fund_year_new RENAME TO figure_fund_year;
CREATE INDEX figure_fund_year_district ON figure_fund_year (fy, district_id);
CREATE INDEX figure_fund_state ON figure_fund_year (fund_id, fy, measure, total)
    WHERE measure IN ('committed', 'ledgers', 'net');
CREATE TABLE figure_area_year_new (
    area_id area_id NOT NULL REFERENCES area (id),
    fy fiscal_year NOT NULL,
    measure code NOT NULL,
    total int NOT NULL,
    known int NOT NULL CHECK (known >= 0),
    PRIMARY KEY (area_id, fy, measure)
) WITHOUT ROWID;
INSERT INTO figure_area_year_new (area_id, fy, measure, total, known)
SELECT area_id, fy, measure, total, known FROM figure_area_year;
DROP TABLE figure_area_year;
ALTER TABLE figure_area_year_new RENAME TO figure_area_year;
CREATE INDEX figure_area_state ON figure_area_year (area_id, fy, measure, total)
    WHERE measure IN ('committed', 'ledgers', 'net');
CREATE TABLE figure_fund_split_new (
    fund_id fund_id NOT NULL REFERENCES fund (id),
    fy fiscal_year NOT NULL,
    measure code NOT NULL,
    issue_code code NOT NULL,
    support_type code NOT NULL,
    district_id area_id NOT NULL REFERENCES area (id),
    total int NOT NULL,
    PRIMARY KEY (fund_id, fy, measure, issue_code, support_type)
) WITHOUT ROWID;
INSERT INTO figure_fund_split_new (fund_id, fy, measure, issue_code, support_type, district_id, total)
SELECT fund_id, fy, measure, issue_code, support_type, district_id, total FROM figure_fund_split;
DROP TABLE figure_fund_split;
ALTER TABLE figure_fund_split_new RENAME TO figure_fund_split;
CREATE INDEX figure_fund_split_open ON figure_fund_split (fund_id, fy, issue_code, support_type, total)
    WHERE measure = 'committed' AND total <> 0;
CREATE TABLE figure_area_split_new (
    area_id area_id NOT NULL REFERENCES area (id),
    fy fiscal_year NOT NULL,
    measure code NOT NULL,
    issue_code code NOT NULL,
    support_type code NOT NULL,
    total int NOT NULL,
    PRIMARY KEY (area_id, fy, measure, issue_code, support_type)
) WITHOUT ROWID;
INSERT INTO figure_area_split_new (area_id, fy, measure, issue_code, support_type, total)
SELECT area_id, fy, measure, issue_code, support_type, total FROM figure_area_split;
DROP TABLE figure_area_split;
ALTER TABLE figure_area_split_new RENAME TO figure_area_split;
CREATE INDEX figure_area_split_open ON figure_area_split (area_id, fy, issue_code, support_type, total)
    WHERE measure = 'committed' AND total <> 0;
-- both:

-- States summed over all years.
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
INSERT INTO figure_area_all (area_id, measure, total)
SELECT f.area_id, f.measure, CAST(SUM(f.total) AS BIGINT) FROM figure_area_year f
WHERE f.measure IN ('committed', 'ledgers', 'net') GROUP BY f.area_id, f.measure;
INSERT INTO figure_fund_all (fund_id, measure, total)
SELECT f.fund_id, f.measure, CAST(SUM(f.total) AS BIGINT) FROM figure_fund_year f
WHERE f.measure IN ('committed', 'ledgers', 'net') GROUP BY f.fund_id, f.measure;

-- Of a book's promises few are open: what is held is their sum.
CREATE INDEX ledger_commitment_open ON ledger_commitment (book_id, left_satang) WHERE left_satang > 0;

-- What moved in each month of a book, account by account.
CREATE TABLE ledger_month_sum (
    book_id ledger_book_id NOT NULL REFERENCES ledger_book (id),
    month code NOT NULL,
    account code NOT NULL REFERENCES money_account (code),
    total_satang satang NOT NULL,
    PRIMARY KEY (book_id, month, account)
) WITHOUT ROWID;
INSERT INTO ledger_month_sum (book_id, month, account, total_satang)
SELECT e.book_id, substr(e.entry_date, 1, 7), l.account, CAST(SUM(l.amount_satang) AS BIGINT)
FROM ledger_entry e JOIN ledger_line l ON l.entry_id = e.id
GROUP BY e.book_id, substr(e.entry_date, 1, 7), l.account;
