-- monitor_trail.sql: what happened to a project, wherever it was written down: the project itself, its changes, agreements and
-- decisions, its reports and visits, its promise and what was booked on it.

-- monitor_trail :many
-- in project_id project_id, all_acts int, before_id audit_id, most int
-- scan constant: the project itself
-- scan t: the things of one project
-- scan h: the acts of a page
-- all: the fields of at most $most acts
-- out entry_fy fiscal_year?, entry_number int?, entry_kind code?, entry_on date?, entry_satang satang?, entry_source code?, reversed_fy fiscal_year?, reversed_number int?, occasion int?, report_kind code?, report_state code?, change_kind code?, agreement_no text?, visited_on date?
-- # The newest act first, its fields together. all_acts 0: of reports only what the fund sees. before_id 0: from the newest.
WITH things AS (
    SELECT 'project' AS thing, CAST($project_id AS BIGINT) AS thing_id
    UNION ALL SELECT 'project_change', CAST(c.id AS BIGINT) FROM project_change c WHERE c.project_id = $project_id
    UNION ALL SELECT 'project_agreement', CAST(g.id AS BIGINT) FROM project_agreement g WHERE g.project_id = $project_id
    UNION ALL SELECT 'project_decision', CAST(d.id AS BIGINT) FROM project_decision d WHERE d.project_id = $project_id
    UNION ALL SELECT 'monitor_report', CAST(r.id AS BIGINT) FROM monitor_report r WHERE r.project_id = $project_id
    UNION ALL SELECT 'monitor_visit', CAST(s.id AS BIGINT) FROM monitor_visit s WHERE s.project_id = $project_id
    UNION ALL SELECT 'ledger_commitment', CAST(p.commitment_id AS BIGINT) FROM project p WHERE p.id = $project_id AND p.commitment_id IS NOT NULL
    UNION ALL SELECT 'ledger_entry', CAST(e.entry_id AS BIGINT) FROM project_entry e WHERE e.project_id = $project_id
), acts AS (
    SELECT a.id AS act_id
    FROM things t
    JOIN audit a ON a.thing = t.thing AND a.thing_id = t.thing_id
    WHERE (a.thing <> 'ledger_commitment' OR a.action = 'release')
      AND ($all_acts = 1 OR a.thing <> 'monitor_report' OR a.action IN ('send', 'accept', 'return'))
      AND ($before_id = 0 OR (a.recorded_at, a.id) < (SELECT b.recorded_at, b.id FROM audit b WHERE b.id = $before_id))
    ORDER BY a.recorded_at DESC, a.id DESC
    LIMIT $most
)
SELECT a.id, a.recorded_at, a.actor, a.action, a.acting, a.account_no, a.thing, a.thing_id, f.field, f.before, f.after, f.sealed_for,
       e.fy AS entry_fy, e.number AS entry_number, e.kind AS entry_kind, e.entry_date AS entry_on, e.amount_satang AS entry_satang,
       e.source AS entry_source, o.fy AS reversed_fy, o.number AS reversed_number, r.occasion, r.kind AS report_kind,
       r.state AS report_state, c.kind AS change_kind, g.number AS agreement_no, s.on_date AS visited_on
FROM acts h
JOIN audit a ON a.id = h.act_id
JOIN audit_field f ON f.audit_id = a.id
LEFT JOIN ledger_entry e ON a.thing = 'ledger_entry' AND e.id = CAST(a.thing_id AS BIGINT)
LEFT JOIN ledger_entry o ON o.id = e.reversal_of
LEFT JOIN monitor_report r ON a.thing = 'monitor_report' AND r.id = CAST(a.thing_id AS BIGINT)
LEFT JOIN project_change c ON a.thing = 'project_change' AND c.id = CAST(a.thing_id AS BIGINT)
LEFT JOIN project_agreement g ON a.thing = 'project_agreement' AND g.id = CAST(a.thing_id AS BIGINT)
LEFT JOIN monitor_visit s ON a.thing = 'monitor_visit' AND s.id = CAST(a.thing_id AS BIGINT)
ORDER BY a.recorded_at DESC, a.id DESC, f.field;
