-- monitor.sql: the queries of room monitor.

-- monitor_next_occasion :one
-- in project_id project_id
-- out occasion int
SELECT CAST(COALESCE(MAX(r.occasion), 0) + 1 AS BIGINT) AS occasion FROM monitor_report r WHERE r.project_id = $project_id;

-- monitor_next_occasion_programme :one
-- in programme_id monitor_programme_id
-- out occasion int
SELECT CAST(COALESCE(MAX(r.occasion), 0) + 1 AS BIGINT) AS occasion FROM monitor_report r WHERE r.programme_id = $programme_id;

-- monitor_report_add :one
-- in project_id project_id?, programme_id monitor_programme_id?, kind code, occasion int, account_no int?, is_entered_later flag, recorded_at instant
-- # An empty draft; its fields come by monitor_report_change.
INSERT INTO monitor_report (project_id, programme_id, kind, occasion, state, account_no, is_entered_later, recorded_at, version)
VALUES ($project_id, $programme_id, $kind, $occasion, 'draft', $account_no, $is_entered_later, $recorded_at, 0)
RETURNING id;

-- monitor_report_change :exec
-- in id monitor_report_id, version int, on_date date?, ends_on date?, title text?, activity_id project_activity_id?, reporter_name text?, reporter_area text?, planned text?, done text?, output text?, outcome text?, conclusion text?, problems text?, suggestions text?, level int?, spent_satang satang?, account_no int?, recorded_at instant
UPDATE monitor_report SET on_date = $on_date, ends_on = $ends_on, title = $title, activity_id = $activity_id,
    reporter_name = $reporter_name, reporter_area = $reporter_area, planned = $planned, done = $done, output = $output,
    outcome = $outcome, conclusion = $conclusion, problems = $problems, suggestions = $suggestions, level = $level,
    spent_satang = $spent_satang, account_no = $account_no, recorded_at = $recorded_at, version = version + 1
WHERE id = $id AND version = $version AND state IN ('draft', 'returned');

-- monitor_report_send :exec
-- in id monitor_report_id, version int, account_no int?, sent_on date, recorded_at instant
UPDATE monitor_report SET state = 'sent', account_no = $account_no, sent_on = $sent_on, recorded_at = $recorded_at, version = version + 1
WHERE id = $id AND version = $version AND state IN ('draft', 'returned');

-- monitor_hand_add :exec
-- in report_id monitor_report_id, account_no int
INSERT INTO monitor_hand (report_id, account_no) VALUES ($report_id, $account_no)
ON CONFLICT (report_id, account_no) DO NOTHING;

-- monitor_hand_of :one
-- in report_id monitor_report_id, account_no int
-- out n count
SELECT CAST(COUNT(*) AS BIGINT) AS n FROM monitor_hand h WHERE h.report_id = $report_id AND h.account_no = $account_no;

-- monitor_report_accept :exec
-- in id monitor_report_id, version int, accepted_by int?, accepted_at instant
UPDATE monitor_report SET state = 'accepted', accepted_by = $accepted_by, accepted_at = $accepted_at, version = version + 1
WHERE id = $id AND version = $version AND state = 'sent';

-- monitor_report_return :exec
-- in id monitor_report_id, version int, returned_reason text, recorded_at instant
UPDATE monitor_report SET state = 'returned', returned_reason = $returned_reason, recorded_at = $recorded_at, version = version + 1
WHERE id = $id AND version = $version AND state = 'sent';

-- monitor_report_find :one
-- in project_id project_id, occasion int
SELECT r.id FROM monitor_report r WHERE r.project_id = $project_id AND r.occasion = $occasion;

-- monitor_report_find_programme :one
-- in programme_id monitor_programme_id, occasion int
SELECT r.id FROM monitor_report r WHERE r.programme_id = $programme_id AND r.occasion = $occasion;

-- monitor_report_get :one
-- in id monitor_report_id
SELECT r.id, r.project_id, r.programme_id, r.kind, r.occasion, r.on_date, r.ends_on, r.title, r.activity_id, r.reporter_name,
    r.reporter_area, r.planned, r.done, r.output, r.outcome, r.conclusion, r.problems, r.suggestions, r.level, r.spent_satang,
    r.state, r.returned_reason, r.account_no, r.sent_on, r.accepted_by, r.accepted_at, r.is_entered_later, r.version
FROM monitor_report r WHERE r.id = $id;

-- monitor_report_list :many
-- in project_id project_id, most int
SELECT r.id, r.project_id, r.programme_id, r.kind, r.occasion, r.on_date, r.ends_on, r.title, r.activity_id, r.reporter_name,
    r.reporter_area, r.planned, r.done, r.output, r.outcome, r.conclusion, r.problems, r.suggestions, r.level, r.spent_satang,
    r.state, r.returned_reason, r.account_no, r.sent_on, r.accepted_by, r.accepted_at, r.is_entered_later, r.version
FROM monitor_report r WHERE r.project_id = $project_id ORDER BY r.occasion LIMIT $most;

-- monitor_report_list_programme :many
-- in programme_id monitor_programme_id, most int
SELECT r.id, r.project_id, r.programme_id, r.kind, r.occasion, r.on_date, r.ends_on, r.title, r.activity_id, r.reporter_name,
    r.reporter_area, r.planned, r.done, r.output, r.outcome, r.conclusion, r.problems, r.suggestions, r.level, r.spent_satang,
    r.state, r.returned_reason, r.account_no, r.sent_on, r.accepted_by, r.accepted_at, r.is_entered_later, r.version
FROM monitor_report r WHERE r.programme_id = $programme_id ORDER BY r.occasion LIMIT $most;

-- ---- what belongs to a report ----

-- monitor_people_add :exec
-- in report_id monitor_report_id, group_code code, people count
INSERT INTO monitor_people (report_id, group_code, people) VALUES ($report_id, $group_code, $people);

-- monitor_people_clear :exec
-- in report_id monitor_report_id
DELETE FROM monitor_people WHERE report_id = $report_id;

-- monitor_people_of :many
-- in report_id monitor_report_id
-- all: one row a target group, a dozen of them
SELECT p.group_code, p.people FROM monitor_people p WHERE p.report_id = $report_id ORDER BY p.group_code;

-- monitor_people_accepted :many
-- in project_id project_id, most int
-- # People of all accepted reports: which of them stands for the project, monitor.c decides.
SELECT r.id, r.kind, p.group_code, p.people
FROM monitor_report r JOIN monitor_people p ON p.report_id = r.id
WHERE r.project_id = $project_id AND r.state = 'accepted' ORDER BY r.occasion, p.group_code LIMIT $most;

-- monitor_money_add :exec
-- in report_id monitor_report_id, position int, budget_id project_budget_id?, words text, amount_satang satang
INSERT INTO monitor_money (report_id, position, budget_id, words, amount_satang)
VALUES ($report_id, $position, $budget_id, $words, $amount_satang);

-- monitor_money_clear :exec
-- in report_id monitor_report_id
DELETE FROM monitor_money WHERE report_id = $report_id;

-- monitor_money_of :many
-- in report_id monitor_report_id
-- all: at most MONITOR_MONEY_MAX lines
SELECT m.budget_id, m.words, m.amount_satang FROM monitor_money m WHERE m.report_id = $report_id ORDER BY m.position;

-- monitor_money_accepted :many
-- in project_id project_id, most int
-- out budget_id project_budget_id?, words text?, amount_satang satang?
-- # Every accepted report once at least: one without lines says its sum alone.
SELECT r.id, r.kind, r.spent_satang, m.budget_id, m.words, m.amount_satang
FROM monitor_report r LEFT JOIN monitor_money m ON m.report_id = r.id
WHERE r.project_id = $project_id AND r.state = 'accepted' ORDER BY r.occasion, m.position NULLS FIRST LIMIT $most;

-- monitor_result_add :exec
-- in report_id monitor_report_id, position int, reached_x100 int?, numerator count?, denominator count?, words text?, level int?
INSERT INTO monitor_result (report_id, position, reached_x100, numerator, denominator, words, level)
VALUES ($report_id, $position, $reached_x100, $numerator, $denominator, $words, $level);

-- monitor_result_clear :exec
-- in report_id monitor_report_id
DELETE FROM monitor_result WHERE report_id = $report_id;

-- monitor_result_of :many
-- in report_id monitor_report_id
-- all: one row an objective, at most PROJECT_OBJECTIVES_MAX
SELECT s.position, s.reached_x100, s.numerator, s.denominator, s.words, s.level
FROM monitor_result s WHERE s.report_id = $report_id ORDER BY s.position;

-- ---- photos ----

-- monitor_photo_of :many
-- in report_id monitor_report_id
-- all: at most MONITOR_PHOTOS_MAX
SELECT p.position, p.file_use_no, p.file_no, p.caption, p.taken_at, p.lat_x1e6, p.lon_x1e6, p.is_public
FROM monitor_photo p WHERE p.report_id = $report_id ORDER BY p.position;

-- monitor_photo_get :one
-- in report_id monitor_report_id, position int
SELECT p.file_use_no, p.caption, p.is_public FROM monitor_photo p WHERE p.report_id = $report_id AND p.position = $position;

-- monitor_photo_insert :exec
-- in report_id monitor_report_id, file_use_no int, file_no int, position int, caption text?, taken_at text?, lat_x1e6 int?, lon_x1e6 int?, is_public flag
INSERT INTO monitor_photo (report_id, file_use_no, file_no, position, caption, taken_at, lat_x1e6, lon_x1e6, is_public)
VALUES ($report_id, $file_use_no, $file_no, $position, $caption, $taken_at, $lat_x1e6, $lon_x1e6, $is_public);

-- monitor_photo_set :exec
-- in report_id monitor_report_id, position int, caption text?, is_public flag
UPDATE monitor_photo SET caption = $caption, is_public = $is_public WHERE report_id = $report_id AND position = $position;

-- monitor_photo_drop :exec
-- in report_id monitor_report_id, position int
DELETE FROM monitor_photo WHERE report_id = $report_id AND position = $position;

-- monitor_lock_project :one
-- in id project_id
-- # Two who close one project: the second waits here, and then finds it closed.
-- sqlite
SELECT p.id FROM project p WHERE p.id = $id;
-- pg
SELECT p.id FROM project p WHERE p.id = $id FOR NO KEY UPDATE;

-- monitor_report_lock :exec
-- in id monitor_report_id
-- # Before its photos change: two uploads at once wait for each other; a report that was sent is not found.
UPDATE monitor_report SET version = version WHERE id = $id AND state IN ('draft', 'returned');

-- ---- closing ----

-- monitor_closing_add :exec
-- in project_id project_id, paid_satang satang, spent_satang satang, returned_satang satang, closed_on date, unreported int, account_no int?, recorded_at instant
INSERT INTO monitor_closing (project_id, paid_satang, spent_satang, returned_satang, closed_on, unreported, account_no, recorded_at)
VALUES ($project_id, $paid_satang, $spent_satang, $returned_satang, $closed_on, $unreported, $account_no, $recorded_at);

-- monitor_unreported_of :many
-- in project_id project_id
-- all: PROJECT_ACTIVITIES_MAX
-- # Activities that no accepted report tells of.
SELECT t.title FROM project_activity t
WHERE t.project_id = $project_id
  AND NOT EXISTS (SELECT 1 FROM monitor_report r
                  WHERE r.project_id = t.project_id AND r.activity_id = t.id AND r.state = 'accepted')
ORDER BY t.position;

-- monitor_closing_of :one
-- in project_id project_id
SELECT c.paid_satang, c.spent_satang, c.returned_satang, c.closed_on, c.unreported, c.account_no FROM monitor_closing c WHERE c.project_id = $project_id;

-- monitor_waiting :one
-- in project_id project_id
-- out n count
SELECT CAST(COUNT(*) AS BIGINT) AS n FROM monitor_report r WHERE r.project_id = $project_id AND r.state = 'sent';

-- monitor_final_day :one
-- in project_id project_id
-- out on_date date?
SELECT MAX(COALESCE(r.ends_on, r.on_date)) AS on_date
FROM monitor_report r WHERE r.project_id = $project_id AND r.kind = 'final' AND r.state = 'accepted';

-- ---- programmes ----

-- monitor_programme_add :one
-- in code code, title text, owner_name text, funders text?, goal text?, area_id area_id?, starts_on date?, ends_on date?, account_no int?, recorded_at instant
INSERT INTO monitor_programme (code, title, owner_name, funders, goal, area_id, starts_on, ends_on, account_no, recorded_at, version)
VALUES ($code, $title, $owner_name, $funders, $goal, $area_id, $starts_on, $ends_on, $account_no, $recorded_at, 1)
RETURNING id;

-- monitor_programme_change :exec
-- in id monitor_programme_id, version int, title text, owner_name text, funders text?, goal text?, area_id area_id?, starts_on date?, ends_on date?, recorded_at instant
UPDATE monitor_programme SET title = $title, owner_name = $owner_name, funders = $funders, goal = $goal, area_id = $area_id,
    starts_on = $starts_on, ends_on = $ends_on, recorded_at = $recorded_at, version = version + 1
WHERE id = $id AND version = $version;

-- monitor_programme_get :one
-- in code code
-- out area_code code?, area_th text?, area_en text?
SELECT g.id, g.code, g.title, g.owner_name, g.funders, g.goal, g.area_id, g.starts_on, g.ends_on, g.account_no, g.version,
    c.code AS area_code, n.name_th AS area_th, n.name_en AS area_en
FROM monitor_programme g LEFT JOIN area_code c ON c.area_id = g.area_id AND c.valid_to IS NULL
    LEFT JOIN area_name n ON n.area_id = g.area_id AND n.valid_to IS NULL
WHERE g.code = $code;

-- monitor_programme_rows :many
-- in after code, most int
-- out area_code code?, area_th text?, area_en text?
SELECT g.id, g.code, g.title, g.owner_name, g.funders, g.goal, g.area_id, g.starts_on, g.ends_on, g.account_no, g.version,
    c.code AS area_code, n.name_th AS area_th, n.name_en AS area_en
FROM monitor_programme g LEFT JOIN area_code c ON c.area_id = g.area_id AND c.valid_to IS NULL
    LEFT JOIN area_name n ON n.area_id = g.area_id AND n.valid_to IS NULL
WHERE g.code > $after ORDER BY g.code LIMIT $most;

-- ---- lists to choose from ----

-- monitor_group_list :many
-- in most int
-- scan g: a dozen target groups
SELECT g.code, g.name_th, g.name_en FROM target_group g WHERE g.counts_heads = 1 ORDER BY g.sort_order, g.code LIMIT $most;

-- monitor_demo_visit :exec
-- in fund_id fund_id, project_id project_id?, on_date date, seen text, advice text?, account_no int?, recorded_at instant
INSERT INTO monitor_visit (fund_id, project_id, on_date, seen, advice, account_no, recorded_at)
VALUES ($fund_id, $project_id, $on_date, $seen, $advice, $account_no, $recorded_at);

-- monitor_last_report :one
-- out id int
-- scan constant: one row of one number
-- # The largest id that was given; 0 where there is none.
SELECT CAST(COALESCE((SELECT MAX(r.id) FROM monitor_report r), 0) AS BIGINT) AS id;
