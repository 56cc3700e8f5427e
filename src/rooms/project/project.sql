-- project.sql: the queries of room project.

-- ---- one project ----

-- project_get_row :one
-- in id project_id
SELECT p.id, p.fund_id, p.district_id, p.province_id, p.fy, p.slug, p.code, p.other_code, p.title, p.group_id,
       p.owner_name, p.owner_type_code, p.support_type_code, p.size, p.state, p.planned_title, p.situation, p.method,
       p.expected, p.place, p.starts_on, p.ends_on, p.report_due, p.asked_satang, p.approved_satang, p.approved_on,
       p.commitment_id, p.sent_on, p.closed_on, p.recalled_on, p.copy_of_id, p.is_for_paper, p.is_entered_later, p.is_paid, p.account_no, p.created_at, p.version,
       f.code AS fund_code, n.name_th AS fund_th, n.name_en AS fund_en
FROM project p
JOIN fund f ON f.id = p.fund_id
JOIN org_name n ON n.org_id = f.org_id AND n.valid_to IS NULL
WHERE p.id = $id;

-- project_by_slug :one
-- in slug code
SELECT p.id, f.code AS fund_code FROM project p JOIN fund f ON f.id = p.fund_id WHERE p.slug = $slug;

-- project_by_code :many
-- in code code
-- # However it is called: by the slip, by Sarn, by another system.
SELECT p.id FROM project p
WHERE p.slug = $code OR p.code = $code OR p.other_code = $code
ORDER BY p.id LIMIT 20;

-- project_lock :one
-- in id project_id
-- # Writers of one project queue here, before they read what they are about to change.
-- sqlite
SELECT p.id FROM project p WHERE p.id = $id;
-- pg
SELECT p.id FROM project p WHERE p.id = $id FOR NO KEY UPDATE;

-- project_insert_row :one
-- in fund_id fund_id, district_id area_id, province_id area_id, fy fiscal_year, slug code, code code?, other_code code?, title text, group_id account_group_id?, owner_name text?, owner_type_code code?, support_type_code code?, size code, state code, planned_title text?, situation text?, method text?, expected text?, place text?, starts_on date?, ends_on date?, report_due date?, asked_satang satang?, approved_satang satang?, approved_on date?, commitment_id ledger_commitment_id?, sent_on date?, closed_on date?, copy_of_id project_id?, is_for_paper flag, is_entered_later flag, is_paid flag, account_no int?, recorded_at instant
INSERT INTO project (fund_id, district_id, province_id, fy, slug, code, other_code, title, group_id, owner_name,
    owner_type_code, support_type_code, size, state, planned_title, situation, method, expected, place, starts_on, ends_on,
    report_due, asked_satang, approved_satang, approved_on, commitment_id, sent_on, closed_on, copy_of_id, is_for_paper,
    is_entered_later, is_paid, account_no, created_at, recorded_at, version)
VALUES ($fund_id, $district_id, $province_id, $fy, $slug, $code, $other_code, $title, $group_id, $owner_name,
    $owner_type_code, $support_type_code, $size, $state, $planned_title, $situation, $method, $expected, $place, $starts_on,
    $ends_on, $report_due, $asked_satang, $approved_satang, $approved_on, $commitment_id, $sent_on, $closed_on,
    $copy_of_id, $is_for_paper, $is_entered_later, $is_paid, $account_no, $recorded_at, $recorded_at, 1)
RETURNING id;

-- project_update_row :exec
-- in id project_id, version int, code code?, other_code code?, title text, group_id account_group_id?, owner_name text?, owner_type_code code?, support_type_code code?, size code, state code, situation text?, method text?, expected text?, place text?, starts_on date?, ends_on date?, report_due date?, asked_satang satang?, approved_satang satang?, approved_on date?, commitment_id ledger_commitment_id?, sent_on date?, closed_on date?, recalled_on date?, recorded_at instant
UPDATE project SET code = $code, other_code = $other_code, title = $title, group_id = $group_id, owner_name = $owner_name,
    owner_type_code = $owner_type_code, support_type_code = $support_type_code, size = $size, state = $state,
    situation = $situation, method = $method, expected = $expected, place = $place, starts_on = $starts_on,
    ends_on = $ends_on, report_due = $report_due, asked_satang = $asked_satang, approved_satang = $approved_satang,
    approved_on = $approved_on, commitment_id = $commitment_id, sent_on = $sent_on, closed_on = $closed_on, recalled_on = $recalled_on,
    recorded_at = $recorded_at, version = version + 1
WHERE id = $id AND version = $version;

-- project_is_member :one
-- in group_id account_group_id, account_id account_id
-- out n int
SELECT CAST(COUNT(*) AS BIGINT) AS n FROM account_group_member m
WHERE m.group_id = $group_id AND m.account_id = $account_id AND m.is_asked = 0;

-- ---- its lists ----

-- project_issues_of :many
-- in project_id project_id
-- all: five at most
SELECT s.id, s.code, s.name_th, s.name_en
FROM project_issue i JOIN issue s ON s.id = i.issue_id
WHERE i.project_id = $project_id ORDER BY i.position;

-- project_people_of :many
-- in project_id project_id
-- all: ten at most
SELECT p.name, p.duty, p.phone FROM project_person p WHERE p.project_id = $project_id ORDER BY p.position;

-- project_objectives_of :many
-- in project_id project_id
-- all: twenty at most
SELECT o.words, o.indicator_id, o.indicator_words, o.unit, o.direction, o.from_x100, o.to_x100, o.reached_x100,
       o.reached_numerator, o.reached_denominator, o.reached_words, o.level
FROM project_objective o WHERE o.project_id = $project_id ORDER BY o.position;

-- project_targets_of :many
-- in project_id project_id
-- out planned count?, reached count?
-- scan g: some ten groups
-- all: a row a target group
SELECT g.code, g.name_th, g.name_en, t.planned, r.people AS reached
FROM target_group g
LEFT JOIN project_target t ON t.project_id = $project_id AND t.group_code = g.code
LEFT JOIN project_reached r ON r.project_id = $project_id AND r.group_code = g.code
WHERE t.planned IS NOT NULL OR r.people IS NOT NULL
ORDER BY g.sort_order;

-- project_activities_of :many
-- in project_id project_id
-- all: forty at most
SELECT v.id, v.title, v.method, v.objective, v.starts_on, v.ends_on
FROM project_activity v WHERE v.project_id = $project_id ORDER BY v.position;

-- project_budget_of :many
-- out expense_th text?, expense_en text?
-- in project_id project_id
-- all: a hundred at most
SELECT b.id, b.activity, b.expense_code, COALESCE(e.name_th, NULL) AS expense_th, COALESCE(e.name_en, NULL) AS expense_en,
       b.words, b.quantity, b.price_satang, b.times, b.amount_satang
FROM project_budget b LEFT JOIN expense_code e ON e.code = b.expense_code
WHERE b.project_id = $project_id ORDER BY b.position;

-- ---- pages of a list: some ways to ask, one shape. What is NULL is not asked; late_on: open and due before.
-- COALESCE(…, NULL): a column that the view's outer join leaves NULL ----

-- project_list_fund :many
-- in fund_code code, fy fiscal_year?, state code?, issue_id issue_id?, late_on date?, is_public flag, is_told flag, before project_id, most int
-- out issue_code code?, issue_th text?, issue_en text?
SELECT p.id, p.slug, p.code, p.other_code, p.title, p.owner_name, p.fund_code, p.fund_th, p.fund_en, COALESCE(p.issue_code, NULL) AS issue_code, COALESCE(p.issue_th, NULL) AS issue_th,
       COALESCE(p.issue_en, NULL) AS issue_en, p.support_type_code, p.fy, p.state, p.asked_satang, p.approved_satang, p.starts_on, p.ends_on,
       p.report_due, p.is_entered_later, p.is_paid, p.recalled_on
FROM project_listed p
WHERE p.fund_id = (SELECT f.id FROM fund f WHERE f.code = $fund_code) AND p.id < $before
  AND ($fy IS NULL OR p.fy = $fy) AND ($state IS NULL OR p.state = $state)
  AND ($issue_id IS NULL OR EXISTS (SELECT 1 FROM project_issue x WHERE x.project_id = p.id AND x.issue_id = $issue_id))
  AND ($late_on IS NULL OR p.open_due < $late_on) AND ($is_public = 0 OR p.is_public = 1) AND ($is_told = 0 OR p.is_told = 1)
ORDER BY p.id DESC LIMIT $most;

-- project_list_district :many
-- in district_id area_id, fy fiscal_year?, state code?, issue_id issue_id?, late_on date?, is_public flag, is_told flag, before project_id, most int
-- out issue_code code?, issue_th text?, issue_en text?
SELECT p.id, p.slug, p.code, p.other_code, p.title, p.owner_name, p.fund_code, p.fund_th, p.fund_en, COALESCE(p.issue_code, NULL) AS issue_code, COALESCE(p.issue_th, NULL) AS issue_th,
       COALESCE(p.issue_en, NULL) AS issue_en, p.support_type_code, p.fy, p.state, p.asked_satang, p.approved_satang, p.starts_on, p.ends_on,
       p.report_due, p.is_entered_later, p.is_paid, p.recalled_on
FROM project_listed p
WHERE p.district_id = $district_id AND p.id < $before
  AND ($fy IS NULL OR p.fy = $fy) AND ($state IS NULL OR p.state = $state)
  AND ($issue_id IS NULL OR EXISTS (SELECT 1 FROM project_issue x WHERE x.project_id = p.id AND x.issue_id = $issue_id))
  AND ($late_on IS NULL OR p.open_due < $late_on) AND ($is_public = 0 OR p.is_public = 1) AND ($is_told = 0 OR p.is_told = 1)
ORDER BY p.id DESC LIMIT $most;

-- project_list_province :many
-- in province_id area_id, fy fiscal_year?, state code?, issue_id issue_id?, late_on date?, is_public flag, is_told flag, before project_id, most int
-- out issue_code code?, issue_th text?, issue_en text?
SELECT p.id, p.slug, p.code, p.other_code, p.title, p.owner_name, p.fund_code, p.fund_th, p.fund_en, COALESCE(p.issue_code, NULL) AS issue_code, COALESCE(p.issue_th, NULL) AS issue_th,
       COALESCE(p.issue_en, NULL) AS issue_en, p.support_type_code, p.fy, p.state, p.asked_satang, p.approved_satang, p.starts_on, p.ends_on,
       p.report_due, p.is_entered_later, p.is_paid, p.recalled_on
FROM project_listed p
WHERE p.province_id = $province_id AND p.id < $before
  AND ($fy IS NULL OR p.fy = $fy) AND ($state IS NULL OR p.state = $state)
  AND ($issue_id IS NULL OR EXISTS (SELECT 1 FROM project_issue x WHERE x.project_id = p.id AND x.issue_id = $issue_id))
  AND ($late_on IS NULL OR p.open_due < $late_on) AND ($is_public = 0 OR p.is_public = 1) AND ($is_told = 0 OR p.is_told = 1)
ORDER BY p.id DESC LIMIT $most;

-- project_list_person :many
-- in account_id account_id, account_no int, fy fiscal_year?, state code?, issue_id issue_id?, late_on date?, is_public flag, is_told flag, before project_id, most int
-- out issue_code code?, issue_th text?, issue_en text?
-- # Whose own they are: written by this person, or of a group that they belong to.
SELECT p.id, p.slug, p.code, p.other_code, p.title, p.owner_name, p.fund_code, p.fund_th, p.fund_en, COALESCE(p.issue_code, NULL) AS issue_code, COALESCE(p.issue_th, NULL) AS issue_th,
       COALESCE(p.issue_en, NULL) AS issue_en, p.support_type_code, p.fy, p.state, p.asked_satang, p.approved_satang, p.starts_on, p.ends_on,
       p.report_due, p.is_entered_later, p.is_paid, p.recalled_on
FROM project_listed p
WHERE (p.account_no = $account_no
       OR p.group_id IN (SELECT m.group_id FROM account_group_member m WHERE m.account_id = $account_id AND m.is_asked = 0))
  AND p.id < $before
  AND ($fy IS NULL OR p.fy = $fy) AND ($state IS NULL OR p.state = $state)
  AND ($issue_id IS NULL OR EXISTS (SELECT 1 FROM project_issue x WHERE x.project_id = p.id AND x.issue_id = $issue_id))
  AND ($late_on IS NULL OR p.open_due < $late_on) AND ($is_public = 0 OR p.is_public = 1) AND ($is_told = 0 OR p.is_told = 1)
ORDER BY p.id DESC LIMIT $most;

-- project_list_nation :many
-- in issue_id issue_id?, late_on date?, is_public flag, is_told flag, before project_id, most int
-- out issue_code code?, issue_th text?, issue_en text?
SELECT p.id, p.slug, p.code, p.other_code, p.title, p.owner_name, p.fund_code, p.fund_th, p.fund_en, COALESCE(p.issue_code, NULL) AS issue_code, COALESCE(p.issue_th, NULL) AS issue_th,
       COALESCE(p.issue_en, NULL) AS issue_en, p.support_type_code, p.fy, p.state, p.asked_satang, p.approved_satang, p.starts_on, p.ends_on,
       p.report_due, p.is_entered_later, p.is_paid, p.recalled_on
FROM project_listed p
WHERE p.id < $before
  AND ($issue_id IS NULL OR EXISTS (SELECT 1 FROM project_issue x WHERE x.project_id = p.id AND x.issue_id = $issue_id))
  AND ($late_on IS NULL OR p.open_due < $late_on) AND ($is_public = 0 OR p.is_public = 1) AND ($is_told = 0 OR p.is_told = 1)
ORDER BY p.id DESC LIMIT $most;

-- project_list_nation_year :many
-- in fy fiscal_year, issue_id issue_id?, late_on date?, is_public flag, is_told flag, before project_id, most int
-- out issue_code code?, issue_th text?, issue_en text?
-- # Of the whole country each way to narrow it has its own index: 3 million are too many to look through.
SELECT p.id, p.slug, p.code, p.other_code, p.title, p.owner_name, p.fund_code, p.fund_th, p.fund_en, COALESCE(p.issue_code, NULL) AS issue_code, COALESCE(p.issue_th, NULL) AS issue_th,
       COALESCE(p.issue_en, NULL) AS issue_en, p.support_type_code, p.fy, p.state, p.asked_satang, p.approved_satang, p.starts_on, p.ends_on,
       p.report_due, p.is_entered_later, p.is_paid, p.recalled_on
FROM project_listed p
WHERE p.fy = $fy AND p.id < $before
  AND ($issue_id IS NULL OR EXISTS (SELECT 1 FROM project_issue x WHERE x.project_id = p.id AND x.issue_id = $issue_id))
  AND ($late_on IS NULL OR p.open_due < $late_on) AND ($is_public = 0 OR p.is_public = 1) AND ($is_told = 0 OR p.is_told = 1)
ORDER BY p.id DESC LIMIT $most;

-- project_list_nation_state :many
-- in state code, issue_id issue_id?, late_on date?, is_public flag, is_told flag, before project_id, most int
-- out issue_code code?, issue_th text?, issue_en text?
SELECT p.id, p.slug, p.code, p.other_code, p.title, p.owner_name, p.fund_code, p.fund_th, p.fund_en, COALESCE(p.issue_code, NULL) AS issue_code, COALESCE(p.issue_th, NULL) AS issue_th,
       COALESCE(p.issue_en, NULL) AS issue_en, p.support_type_code, p.fy, p.state, p.asked_satang, p.approved_satang, p.starts_on, p.ends_on,
       p.report_due, p.is_entered_later, p.is_paid, p.recalled_on
FROM project_listed p
WHERE p.state = $state AND p.id < $before
  AND ($issue_id IS NULL OR EXISTS (SELECT 1 FROM project_issue x WHERE x.project_id = p.id AND x.issue_id = $issue_id))
  AND ($late_on IS NULL OR p.open_due < $late_on) AND ($is_public = 0 OR p.is_public = 1) AND ($is_told = 0 OR p.is_told = 1)
ORDER BY p.id DESC LIMIT $most;

-- project_list_nation_year_state :many
-- in fy fiscal_year, state code, issue_id issue_id?, late_on date?, is_public flag, is_told flag, before project_id, most int
-- out issue_code code?, issue_th text?, issue_en text?
SELECT p.id, p.slug, p.code, p.other_code, p.title, p.owner_name, p.fund_code, p.fund_th, p.fund_en, COALESCE(p.issue_code, NULL) AS issue_code, COALESCE(p.issue_th, NULL) AS issue_th,
       COALESCE(p.issue_en, NULL) AS issue_en, p.support_type_code, p.fy, p.state, p.asked_satang, p.approved_satang, p.starts_on, p.ends_on,
       p.report_due, p.is_entered_later, p.is_paid, p.recalled_on
FROM project_listed p
WHERE p.fy = $fy AND p.state = $state AND p.id < $before
  AND ($issue_id IS NULL OR EXISTS (SELECT 1 FROM project_issue x WHERE x.project_id = p.id AND x.issue_id = $issue_id))
  AND ($late_on IS NULL OR p.open_due < $late_on) AND ($is_public = 0 OR p.is_public = 1) AND ($is_told = 0 OR p.is_told = 1)
ORDER BY p.id DESC LIMIT $most;

-- project_scan :many
-- in fund_id fund_id
-- all: a verification reads everything, a fund at a time
SELECT p.id, p.created_at FROM project p WHERE p.fund_id = $fund_id ORDER BY p.id;

-- ---- where they are at home ----

-- project_years_of :many
-- in fund_id fund_id
-- all: the years of one fund
SELECT DISTINCT p.fy FROM project p WHERE p.fund_id = $fund_id ORDER BY p.fy;

-- project_move_home :exec
-- in fund_id fund_id, fy fiscal_year, district_id area_id, province_id area_id
UPDATE project SET district_id = $district_id, province_id = $province_id
WHERE fund_id = $fund_id AND fy = $fy AND (district_id <> $district_id OR province_id <> $province_id);

-- ---- sizes ----

-- project_size_rules_of :many
-- in fund_id fund_id, on_date date
-- # The fund's own limits before everybody's; of each the newest in force.
SELECT r.small_to_satang, r.medium_to_satang, r.valid_from, r.certainty, r.source
FROM project_size_rule r
WHERE (r.fund_id = $fund_id OR r.fund_id IS NULL)
  AND (r.valid_from IS NULL OR r.valid_from <= $on_date) AND (r.valid_to IS NULL OR r.valid_to >= $on_date)
ORDER BY CASE WHEN r.fund_id IS NULL THEN 1 ELSE 0 END, CASE WHEN r.valid_from IS NULL THEN 1 ELSE 0 END, r.valid_from DESC NULLS LAST, r.id DESC
LIMIT 1;

-- project_size_rule_list :many
-- in fund_id fund_id
-- # The fund's own, the newest day first and of one day what was entered last; then everybody's.
SELECT r.fund_id, r.small_to_satang, r.medium_to_satang, r.valid_from, r.valid_to, r.certainty, r.source
FROM project_size_rule r
WHERE r.fund_id = $fund_id OR r.fund_id IS NULL
ORDER BY CASE WHEN r.fund_id IS NULL THEN 1 ELSE 0 END, r.valid_from DESC NULLS LAST, r.id DESC
LIMIT 101;

-- project_has_size_rules :one
-- out n int
SELECT CAST(COUNT(*) AS BIGINT) AS n FROM project_size_rule r WHERE r.fund_id IS NULL;

-- project_add_size_rule :one
-- in fund_id fund_id?, small_to_satang satang, medium_to_satang satang, valid_from date?, valid_to date?, certainty code, source text
INSERT INTO project_size_rule (fund_id, small_to_satang, medium_to_satang, valid_from, valid_to, certainty, source)
VALUES ($fund_id, $small_to_satang, $medium_to_satang, $valid_from, $valid_to, $certainty, $source)
RETURNING id;

-- ---- writing lists: taken out and put in anew; what others point at keeps its id ----

-- project_clear_issues :exec
-- in project_id project_id
DELETE FROM project_issue WHERE project_id = $project_id;

-- project_put_issue :exec
-- in project_id project_id, position int, issue_id issue_id
INSERT INTO project_issue (project_id, position, issue_id) VALUES ($project_id, $position, $issue_id);

-- project_clear_people :exec
-- in project_id project_id
DELETE FROM project_person WHERE project_id = $project_id;

-- project_put_person :exec
-- in project_id project_id, position int, name text, duty text?, phone text?
INSERT INTO project_person (project_id, position, name, duty, phone) VALUES ($project_id, $position, $name, $duty, $phone);

-- project_clear_objectives :exec
-- in project_id project_id
DELETE FROM project_objective WHERE project_id = $project_id;

-- project_put_objective :exec
-- in project_id project_id, position int, words text, indicator_id indicator_id?, indicator_words text?, unit code?, direction code?, from_x100 int?, to_x100 int?, reached_x100 int?, reached_numerator count?, reached_denominator count?, reached_words text?, level int?
INSERT INTO project_objective (project_id, position, words, indicator_id, indicator_words, unit, direction, from_x100,
    to_x100, reached_x100, reached_numerator, reached_denominator, reached_words, level)
VALUES ($project_id, $position, $words, $indicator_id, $indicator_words, $unit, $direction, $from_x100, $to_x100,
    $reached_x100, $reached_numerator, $reached_denominator, $reached_words, $level);

-- project_clear_targets :exec
-- in project_id project_id
DELETE FROM project_target WHERE project_id = $project_id;

-- project_put_target :exec
-- in project_id project_id, group_code code, planned count
INSERT INTO project_target (project_id, group_code, planned) VALUES ($project_id, $group_code, $planned);

-- project_clear_reached :exec
-- in project_id project_id
DELETE FROM project_reached WHERE project_id = $project_id;

-- project_put_reached :exec
-- in project_id project_id, group_code code, people count
INSERT INTO project_reached (project_id, group_code, people) VALUES ($project_id, $group_code, $people);

-- project_shift_activities :exec
-- in project_id project_id
-- # Out of the way of the new positions.
UPDATE project_activity SET position = position + 1000 WHERE project_id = $project_id;

-- project_add_activity :exec
-- in project_id project_id, position int, title text, method text?, objective int?, starts_on date?, ends_on date?
INSERT INTO project_activity (project_id, position, title, method, objective, starts_on, ends_on)
VALUES ($project_id, $position, $title, $method, $objective, $starts_on, $ends_on);

-- project_set_activity :exec
-- in project_id project_id, id project_activity_id, position int, title text, method text?, objective int?, starts_on date?, ends_on date?
UPDATE project_activity SET position = $position, title = $title, method = $method, objective = $objective,
    starts_on = $starts_on, ends_on = $ends_on
WHERE id = $id AND project_id = $project_id;

-- project_drop_activities :exec
-- in project_id project_id
-- # Those that were given no new position.
DELETE FROM project_activity WHERE project_id = $project_id AND position > 1000;

-- project_shift_budget :exec
-- in project_id project_id
UPDATE project_budget SET position = position + 1000 WHERE project_id = $project_id;

-- project_add_budget :exec
-- in project_id project_id, position int, activity int?, expense_code code?, words text, quantity int, price_satang satang, times int, amount_satang satang
INSERT INTO project_budget (project_id, position, activity, expense_code, words, quantity, price_satang, times, amount_satang)
VALUES ($project_id, $position, $activity, $expense_code, $words, $quantity, $price_satang, $times, $amount_satang);

-- project_set_budget :exec
-- in project_id project_id, id project_budget_id, position int, activity int?, expense_code code?, words text, quantity int, price_satang satang, times int, amount_satang satang
UPDATE project_budget SET position = $position, activity = $activity, expense_code = $expense_code, words = $words,
    quantity = $quantity, price_satang = $price_satang, times = $times, amount_satang = $amount_satang
WHERE id = $id AND project_id = $project_id;

-- project_drop_budget :exec
-- in project_id project_id
DELETE FROM project_budget WHERE project_id = $project_id AND position > 1000;

-- ---- notes ----

-- project_add_note :exec
-- in project_id project_id, section code, words text, account_no int?, acting text?, recorded_at instant
INSERT INTO project_note (project_id, section, words, account_no, acting, recorded_at)
VALUES ($project_id, $section, $words, $account_no, $acting, $recorded_at);

-- project_notes_of :many
-- in project_id project_id, most int
-- # The newest first.
SELECT n.id, n.section, n.words, n.account_no, n.acting, n.recorded_at, n.answered_at, n.answer
FROM project_note n WHERE n.project_id = $project_id ORDER BY n.id DESC LIMIT $most;

-- project_answer_note :exec
-- in id project_note_id, project_id project_id, answered_at instant, answered_no int?, answer text?
UPDATE project_note SET answered_at = $answered_at, answered_no = $answered_no, answer = $answer
WHERE id = $id AND project_id = $project_id AND answered_at IS NULL;

-- ---- money ----

-- project_money_of :one
-- in commitment_id ledger_commitment_id
SELECT c.amount_satang, c.paid_before_satang, c.left_satang, c.needs_agreement, c.agreement_on, c.is_released, c.held_for
FROM ledger_commitment c WHERE c.id = $commitment_id;

-- project_money_sums :one
-- in project_id project_id
-- out paid_satang satang, refunded_satang satang, last_paid_on date?, last_refunded_on date?
-- # What the entries say of a project. A reversal takes back what it undoes. Paid before the books: by its first promise.
SELECT CAST(COALESCE(SUM(CASE WHEN e.kind = 'payment' THEN e.amount_satang
                              WHEN o.kind = 'payment' THEN -e.amount_satang ELSE 0 END), 0)
            + COALESCE((SELECT c.paid_before_satang FROM project_book b
                        JOIN ledger_commitment c ON c.book_id = b.book_id AND c.project_code = b.code
                        WHERE b.project_id = $project_id), 0) AS BIGINT) AS paid_satang,
       CAST(COALESCE(SUM(CASE WHEN e.source = 'refund' THEN e.amount_satang
                              WHEN o.source = 'refund' THEN -e.amount_satang ELSE 0 END), 0) AS BIGINT) AS refunded_satang,
       MAX(CASE WHEN e.kind = 'payment' AND r.id IS NULL THEN e.entry_date ELSE NULL END) AS last_paid_on,
       MAX(CASE WHEN e.source = 'refund' AND e.kind = 'receipt' AND r.id IS NULL THEN e.entry_date ELSE NULL END) AS last_refunded_on
FROM project_entry e
LEFT JOIN ledger_entry o ON o.id = e.reversal_of
LEFT JOIN ledger_entry r ON r.reversal_of = e.entry_id
WHERE e.project_id = $project_id;

-- project_issue_by_code :one
-- in code code
SELECT s.id FROM issue s WHERE s.code = $code;

-- ---- lists to choose from ----

-- project_support_choices :many
-- in fy fiscal_year
-- scan t: some seven types
-- all: some seven types
SELECT t.code, t.short_th, t.short_en, t.certainty FROM support_type t
WHERE (t.fy_from IS NULL OR t.fy_from <= $fy) AND (t.fy_to IS NULL OR t.fy_to >= $fy)
ORDER BY t.sort_order;

-- project_owner_choices :many
-- scan t: some six kinds
-- all: some six kinds
SELECT t.code, t.name_th, t.name_en FROM owner_type t ORDER BY t.sort_order;

-- project_issue_choices :many
-- scan s: some twenty issues
-- all: some twenty issues
SELECT s.id, s.code, s.name_th, s.name_en FROM issue s ORDER BY s.sort_order;

-- project_target_choices :many
-- scan g: some nine groups
-- all: some nine groups
SELECT g.code, g.name_th, g.name_en FROM target_group g ORDER BY g.sort_order;

-- project_expense_choices :many
-- scan e: some twenty kinds
-- all: some twenty kinds
SELECT e.code, e.name_th, e.name_en FROM expense_code e ORDER BY e.sort_order;

-- project_indicator_choices :many
-- in project_id project_id
-- # Of the issues that it serves.
SELECT k.id, k.name_th, k.name_en, k.unit, k.direction
FROM project_issue i JOIN indicator k ON k.issue_id = i.issue_id
WHERE i.project_id = $project_id ORDER BY i.position, k.sort_order LIMIT 60;

-- project_groups_own :many
-- in fund_id fund_id, account_id account_id
-- # Groups of this fund that the person belongs to.
SELECT g.id, g.name, g.owner_type_code, g.place
FROM account_group_member m JOIN account_group g ON g.id = m.group_id
WHERE m.account_id = $account_id AND m.is_asked = 0 AND g.fund_id = $fund_id
ORDER BY g.id DESC LIMIT 20;

-- project_groups_fund :many
-- in fund_id fund_id
-- # For the officer who enters what came on paper.
SELECT g.id, g.name, g.owner_type_code, g.place
FROM account_group g WHERE g.fund_id = $fund_id ORDER BY g.id DESC LIMIT 60;

-- project_planned_of :many
-- in fund_id fund_id, fy fiscal_year
-- # Planned projects: lines of the annual finance plan, which plans by issue share.
SELECT l.title, l.unit_name, l.support_type_code, l.issue_code, l.amount_satang
FROM ledger_plan p JOIN ledger_plan_line l ON l.plan_id = p.id
WHERE p.fund_id = $fund_id AND p.fy = $fy ORDER BY l.position LIMIT 60;

-- project_plan_situation :many
-- in fund_id fund_id, fy fiscal_year, issue_id issue_id
-- out words_th text?, words_en text?
-- # What the fund's plan of that issue says of where we stand and where we want to be.
SELECT COALESCE(k.name_th, s.own_words) AS words_th, COALESCE(k.name_en, s.own_words) AS words_en, s.indicator_id, s.unit,
       s.value_x100, s.target_x100, s.source, s.on_date
FROM plan_year y
JOIN plan_situation s ON s.plan_year_id = y.id
LEFT JOIN indicator k ON k.id = s.indicator_id
WHERE y.fund_id = $fund_id AND y.issue_id = $issue_id AND y.fy = $fy ORDER BY s.position LIMIT 20;

-- ---- what happened ----

-- ---- projects at once (project_bulk.c) ----

-- project_last_ids :one
-- out project int, decision int, agreement int
-- scan constant: one row of three numbers
-- # The largest that were given; 0 where there is none.
SELECT CAST(COALESCE((SELECT MAX(p.id) FROM project p), 0) AS BIGINT) AS project,
       CAST(COALESCE((SELECT MAX(d.id) FROM project_decision d), 0) AS BIGINT) AS decision,
       CAST(COALESCE((SELECT MAX(g.id) FROM project_agreement g), 0) AS BIGINT) AS agreement;
