-- plan.sql: the queries of room plan.

-- ---- reading ----

-- plan_find_year :one
-- in fund_code code, issue_code code, fy fiscal_year
SELECT y.id
FROM fund f
JOIN issue i ON i.code = $issue_code
JOIN plan_year y ON y.fund_id = f.id AND y.issue_id = i.id AND y.fy = $fy
WHERE f.code = $fund_code;

-- plan_get_year :one
-- in id plan_year_id
SELECT y.id, y.plan_id, y.fund_id, f.code AS fund_code, y.issue_id, i.code AS issue_code, i.name_th, i.name_en, y.fy,
       p.fy_first, p.fy_last, y.cause, y.guideline, y.edition, y.is_changed, y.agreed_in, y.agreed_on, y.version
FROM plan_year y
JOIN plan p ON p.id = y.plan_id
JOIN fund f ON f.id = y.fund_id
JOIN issue i ON i.id = y.issue_id
WHERE y.id = $id;

-- plan_list_year :many
-- in fund_id fund_id, fy fiscal_year
-- all: a fund has at most one plan of each issue
SELECT y.id, y.plan_id, y.fund_id, f.code AS fund_code, y.issue_id, i.code AS issue_code, i.name_th, i.name_en, y.fy,
       p.fy_first, p.fy_last, y.cause, y.guideline, y.edition, y.is_changed, y.agreed_in, y.agreed_on, y.version
FROM plan_year y
JOIN plan p ON p.id = y.plan_id
JOIN fund f ON f.id = y.fund_id
JOIN issue i ON i.id = y.issue_id
WHERE y.fund_id = $fund_id AND y.fy = $fy
ORDER BY i.sort_order, y.id;

-- plan_situations_of :many
-- in plan_year_id plan_year_id, edition int
-- out words_th text?, words_en text?, indicator_code code?
-- all: PLAN_SITUATIONS_MAX at most
SELECT s.id, s.indicator_id, k.code AS indicator_code, COALESCE(k.name_th, s.own_words) AS words_th, COALESCE(k.name_en, s.own_words) AS words_en,
       s.unit, s.is_more_better, s.numerator, s.denominator, s.value_x100, s.last_value_x100, s.target_x100, s.source,
       s.on_date
FROM plan_situation s
LEFT JOIN indicator k ON k.id = s.indicator_id
WHERE s.plan_year_id = $plan_year_id AND s.edition = $edition
ORDER BY s.position;

-- plan_editions_of :many
-- in plan_year_id plan_year_id, most int
-- out meeting_fy fiscal_year?, meeting_number int?
-- # The newest first.
SELECT e.edition, e.cause, e.guideline, e.agreed_in, e.agreed_on, m.fy AS meeting_fy, m.number AS meeting_number
FROM plan_edition e
LEFT JOIN meeting m ON m.id = e.agreed_in
WHERE e.plan_year_id = $plan_year_id
ORDER BY e.edition DESC
LIMIT $most;

-- plan_years_of_issue :many
-- in fund_id fund_id, issue_id issue_id, most int
-- # The years of one issue that were agreed or are being written, the newest first.
SELECT y.id, y.fy, y.edition
FROM plan_year y
WHERE y.fund_id = $fund_id AND y.issue_id = $issue_id
ORDER BY y.fy DESC
LIMIT $most;

-- plan_finance_year :one
-- in id ledger_plan_id
SELECT p.fund_id, p.fy FROM ledger_plan p WHERE p.id = $id;

-- plan_get_fund :one
-- in code code
SELECT f.id, f.code, f.is_demo, n.name_th, n.name_en
FROM fund f
JOIN org_name n ON n.org_id = f.org_id AND n.valid_to IS NULL
WHERE f.code = $code;

-- ---- saving ----

-- plan_running :one
-- in fund_id fund_id, issue_id issue_id, fy fiscal_year
-- # The plan of the issue that covers the year.
SELECT p.id, p.fy_first, p.fy_last
FROM plan p
WHERE p.fund_id = $fund_id AND p.issue_id = $issue_id AND p.fy_first <= $fy AND p.fy_last >= $fy
ORDER BY p.fy_first DESC
LIMIT 1;

-- plan_next_first :one
-- in fund_id fund_id, issue_id issue_id, fy fiscal_year
-- # Where the next plan of the issue begins: a new one ends before it.
SELECT p.fy_first
FROM plan p
WHERE p.fund_id = $fund_id AND p.issue_id = $issue_id AND p.fy_first > $fy
ORDER BY p.fy_first
LIMIT 1;

-- plan_add :one
-- in fund_id fund_id, issue_id issue_id, fy_first fiscal_year, fy_last fiscal_year, account_no int?, recorded_at instant
INSERT INTO plan (fund_id, issue_id, fy_first, fy_last, account_no, recorded_at, version)
VALUES ($fund_id, $issue_id, $fy_first, $fy_last, $account_no, $recorded_at, 1)
RETURNING id;

-- plan_add_year :one
-- in plan_id plan_id, fund_id fund_id, issue_id issue_id, fy fiscal_year, cause text?, guideline text?, account_no int?, recorded_at instant
INSERT INTO plan_year (plan_id, fund_id, issue_id, fy, cause, guideline, edition, is_changed, account_no, recorded_at, version)
VALUES ($plan_id, $fund_id, $issue_id, $fy, $cause, $guideline, 0, 1, $account_no, $recorded_at, 1)
RETURNING id;

-- plan_change_year :exec
-- in id plan_year_id, version int, cause text?, guideline text?, account_no int?, recorded_at instant
UPDATE plan_year
SET cause = $cause, guideline = $guideline, is_changed = 1, account_no = $account_no, recorded_at = $recorded_at,
    version = version + 1
WHERE id = $id AND version = $version;

-- plan_delete_situations :exec
-- in plan_year_id plan_year_id
DELETE FROM plan_situation WHERE plan_year_id = $plan_year_id AND edition = 0;

-- plan_add_situation :exec
-- in plan_year_id plan_year_id, position int, indicator_id indicator_id?, own_words text?, unit code, is_more_better flag, numerator count?, denominator count?, value_x100 int?, last_value_x100 int?, target_x100 int?, source text?, on_date date?
INSERT INTO plan_situation (plan_year_id, edition, position, indicator_id, own_words, unit, is_more_better, numerator,
                            denominator, value_x100, last_value_x100, target_x100, source, on_date)
VALUES ($plan_year_id, 0, $position, $indicator_id, $own_words, $unit, $is_more_better, $numerator, $denominator,
        $value_x100, $last_value_x100, $target_x100, $source, $on_date);

-- plan_waits_signature :one
-- in thing code, thing_id int
-- out n count
-- # Items of meetings not signed yet in which this was agreed: until then it does not change.
SELECT CAST(COUNT(*) AS BIGINT) AS n
FROM meeting_item i
JOIN meeting m ON m.id = i.meeting_id
WHERE i.thing = $thing AND i.thing_id = $thing_id AND i.outcome = 'agree' AND m.state IN ('called', 'held');

-- plan_indicator_known :one
-- in id indicator_id, issue_id issue_id
SELECT k.code, k.unit, k.direction FROM indicator k WHERE k.id = $id AND k.issue_id = $issue_id;

-- ---- agreeing ----

-- plan_items_agreed :many
-- in meeting_id meeting_id
-- all: MEETING_ITEMS_MAX at most
SELECT i.thing, i.thing_id, m.fy, m.number, m.held_on
FROM meeting_item i
JOIN meeting m ON m.id = i.meeting_id
WHERE i.meeting_id = $meeting_id AND i.outcome = 'agree' AND i.thing IN ('plan_year', 'finance_plan')
ORDER BY i.position;

-- plan_agree_year :exec
-- in id plan_year_id, agreed_in meeting_id?, agreed_on date, recorded_at instant
UPDATE plan_year
SET edition = edition + 1, is_changed = 0, agreed_in = $agreed_in, agreed_on = $agreed_on, recorded_at = $recorded_at,
    version = version + 1
WHERE id = $id;

-- plan_add_edition :exec
-- in plan_year_id plan_year_id, edition int, cause text?, guideline text?, agreed_in meeting_id?, agreed_on date, recorded_at instant
INSERT INTO plan_edition (plan_year_id, edition, cause, guideline, agreed_in, agreed_on, recorded_at)
VALUES ($plan_year_id, $edition, $cause, $guideline, $agreed_in, $agreed_on, $recorded_at);

-- plan_copy_situations :exec
-- in plan_year_id plan_year_id, edition int
INSERT INTO plan_situation (plan_year_id, edition, position, indicator_id, own_words, unit, is_more_better, numerator,
                            denominator, value_x100, last_value_x100, target_x100, source, on_date)
SELECT s.plan_year_id, $edition, s.position, s.indicator_id, s.own_words, s.unit, s.is_more_better, s.numerator,
       s.denominator, s.value_x100, s.last_value_x100, s.target_x100, s.source, s.on_date
FROM plan_situation s
WHERE s.plan_year_id = $plan_year_id AND s.edition = 0;

-- plan_finance_of :one
-- in id ledger_plan_id
SELECT f.code AS fund_code, p.fy FROM ledger_plan p JOIN fund f ON f.id = p.fund_id WHERE p.id = $id;

-- plan_finance_id :one
-- in fund_id fund_id, fy fiscal_year
SELECT p.id FROM ledger_plan p WHERE p.fund_id = $fund_id AND p.fy = $fy;

-- ---- results ----

-- plan_add_result :exec
-- in fund_id fund_id, issue_id issue_id, fy fiscal_year, indicator_id indicator_id, numerator count?, denominator count?, value_x100 int, on_date date, source text, account_no int?, recorded_at instant
INSERT INTO plan_result (fund_id, issue_id, fy, indicator_id, numerator, denominator, value_x100, on_date, source,
                         account_no, recorded_at)
VALUES ($fund_id, $issue_id, $fy, $indicator_id, $numerator, $denominator, $value_x100, $on_date, $source, $account_no,
        $recorded_at);

-- plan_results_of :many
-- in fund_id fund_id, issue_id issue_id, fy fiscal_year, most int
-- # The newest first.
SELECT r.indicator_id, r.numerator, r.denominator, r.value_x100, r.on_date, r.source
FROM plan_result r
WHERE r.fund_id = $fund_id AND r.issue_id = $issue_id AND r.fy = $fy
ORDER BY r.on_date DESC, r.id DESC
LIMIT $most;

-- plan_issue_of_indicator :one
-- in id indicator_id
SELECT k.issue_id FROM indicator k WHERE k.id = $id;

-- ---- for verification ----

-- plan_agreed_years :many
-- in fund_id fund_id
-- all: a fund's years, some twenty issues each
SELECT y.id, y.fy, i.code AS issue_code, e.agreed_on, e.recorded_at
FROM plan_year y
JOIN issue i ON i.id = y.issue_id
JOIN plan_edition e ON e.plan_year_id = y.id AND e.edition = 1
WHERE y.fund_id = $fund_id
ORDER BY y.id;

-- ---- planned projects that became proposals ----

-- plan_add_proposed :exec
-- in fund_id fund_id, fy fiscal_year, title text, slug code, recorded_at instant
-- scan constant: one row
INSERT INTO plan_proposed (fund_id, fy, title, slug, recorded_at)
SELECT $fund_id, $fy, $title, $slug, $recorded_at
WHERE NOT EXISTS (SELECT 1 FROM plan_proposed p WHERE p.slug = $slug);

-- plan_proposed_of :many
-- in fund_id fund_id, fy fiscal_year, most int
SELECT p.title, p.slug FROM plan_proposed p WHERE p.fund_id = $fund_id AND p.fy = $fy ORDER BY p.slug LIMIT $most;

-- ---- pages ----

-- plan_compare_rows :many
-- in fund_id fund_id, issue_id issue_id, least int, most int
-- out words_th text?, words_en text?
-- # The newest agreed rows of each year (of a year never agreed: those being written, when least is 0).
SELECT y.fy, s.indicator_id, COALESCE(k.name_th, s.own_words) AS words_th, COALESCE(k.name_en, s.own_words) AS words_en,
       s.unit, s.value_x100
FROM plan_year y
JOIN plan_situation s ON s.plan_year_id = y.id AND s.edition = y.edition
LEFT JOIN indicator k ON k.id = s.indicator_id
WHERE y.fund_id = $fund_id AND y.issue_id = $issue_id AND y.edition >= $least
ORDER BY y.fy DESC, s.position
LIMIT $most;

-- plan_finance_head :one
-- in fund_id fund_id, fy fiscal_year
SELECT p.id, p.agreed_on, p.agreed_in, p.version FROM ledger_plan p WHERE p.fund_id = $fund_id AND p.fy = $fy;

-- plan_finance_lines :many
-- in fund_id fund_id, fy fiscal_year, issue_code code, most int
SELECT l.title, l.unit_name, l.amount_satang, l.support_type_code, t.short_th, t.short_en
FROM ledger_plan p
JOIN ledger_plan_line l ON l.plan_id = p.id
JOIN support_type t ON t.code = l.support_type_code
WHERE p.fund_id = $fund_id AND p.fy = $fy AND l.issue_code = $issue_code
ORDER BY l.position
LIMIT $most;

-- plan_finance_sums :many
-- in fund_id fund_id, fy fiscal_year
-- out issue_code code!, n count, amount satang
-- all: a sum for each issue
SELECT l.issue_code, CAST(COUNT(*) AS BIGINT) AS n, CAST(COALESCE(SUM(l.amount_satang), 0) AS BIGINT) AS amount
FROM ledger_plan p
JOIN ledger_plan_line l ON l.plan_id = p.id
WHERE p.fund_id = $fund_id AND p.fy = $fy AND l.issue_code IS NOT NULL
GROUP BY l.issue_code;

-- plan_support_list :many
-- in fy fiscal_year
-- scan t: ten rows
-- all: ten rows
SELECT t.code, t.short_th, t.short_en
FROM support_type t
WHERE (t.fy_from IS NULL OR t.fy_from <= $fy) AND (t.fy_to IS NULL OR t.fy_to >= $fy)
ORDER BY t.sort_order;

-- plan_indicator_id :one
-- in code code
SELECT k.id FROM indicator k WHERE k.code = $code;

-- plan_demo_funds :many
-- scan f: the demo has some seventy funds, and they are made once
-- all: the demo has some seventy funds
SELECT f.id, f.code FROM fund f WHERE f.is_demo = 1 ORDER BY f.code;

-- plan_demo_meeting :one
-- in fund_id fund_id, fy fiscal_year
-- # The first signed meeting of the year, when the demo has meetings.
SELECT m.id, m.held_on FROM meeting m
WHERE m.fund_id = $fund_id AND m.fy = $fy AND m.state = 'signed'
ORDER BY m.number
LIMIT 1;

-- plan_demo_issues :many
-- in fund_id fund_id, fy fiscal_year
-- # The issues of the fund's planned projects.
-- all: there are some twenty issues
SELECT DISTINCT l.issue_code FROM ledger_plan p JOIN ledger_plan_line l ON l.plan_id = p.id
WHERE p.fund_id = $fund_id AND p.fy = $fy AND l.issue_code IS NOT NULL
ORDER BY l.issue_code NULLS LAST;
