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
