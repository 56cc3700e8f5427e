-- monitor_visit.sql: visits of mentors and of those who oversee.

-- monitor_visit_list :many
-- in fund_id fund_id, before monitor_visit_id, most int
-- out slug code?, title text?
-- # The newest first.
SELECT v.id, v.on_date, v.seen, v.advice, v.account_no, p.slug, p.title
FROM monitor_visit v
LEFT JOIN project p ON p.id = v.project_id
WHERE v.fund_id = $fund_id AND v.id < $before
ORDER BY v.id DESC
LIMIT $most;

-- monitor_visit_of_project :many
-- in project_id project_id, before monitor_visit_id, most int
SELECT v.id, v.on_date, v.seen, v.advice, v.account_no, p.slug, p.title
FROM monitor_visit v
JOIN project p ON p.id = v.project_id
WHERE v.project_id = $project_id AND v.id < $before
ORDER BY v.id DESC
LIMIT $most;

-- monitor_visit_fund :one
-- in code code
SELECT f.id, f.code, f.is_demo, n.name_th, n.name_en
FROM fund f
JOIN org_name n ON n.org_id = f.org_id AND n.valid_to IS NULL
WHERE f.code = $code;

-- monitor_visit_add :one
-- in fund_id fund_id, project_id project_id?, on_date date, seen text, advice text?, account_no int?, recorded_at instant
INSERT INTO monitor_visit (fund_id, project_id, on_date, seen, advice, account_no, recorded_at)
VALUES ($fund_id, $project_id, $on_date, $seen, $advice, $account_no, $recorded_at)
RETURNING id;
