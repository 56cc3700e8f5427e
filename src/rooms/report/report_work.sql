-- report_work.sql: what waits for a person, of the thread from plan to closed project.

-- report_work_projects :many
-- in fund_id fund_id, account_no int, most int
-- out sent_report int?, returned_report int?, agenda int, open_instalment int?, instalments int, urgent int, agreement_scan int?, urgent_scan int?, later_scan int?, later_waits int, is_held int, needs_agreement int, agreement_on date?, left_satang satang?, back_until satang?, refunded satang?
-- # The fund's proposals and projects that are under way, with what each waits for. The oldest first. …_scan: who
-- # brought a signed paper that nobody else has seen yet. back_until: at which sum of refunds all that was clawed back
-- # has come; a closed one is here for that alone. sent_report: the first in which this account had no hand. CASE: a
-- # question that the project's state answers already is not asked.
SELECT p.slug, p.title, p.state, p.report_due, p.is_paid, p.sent_on, p.commitment_id,
       (SELECT MIN(r.occasion) FROM monitor_report r WHERE r.project_id = p.id AND r.state = 'sent'
          AND NOT EXISTS (SELECT 1 FROM monitor_hand h WHERE h.report_id = r.id AND h.account_no = $account_no)) AS sent_report,
       (SELECT MIN(r.occasion) FROM monitor_report r WHERE r.project_id = p.id AND r.state = 'returned') AS returned_report,
       CASE WHEN p.state IN ('sent', 'deferred')
            THEN (SELECT CAST(COUNT(*) AS BIGINT) FROM meeting_item i JOIN meeting m ON m.id = i.meeting_id
                  WHERE i.thing = 'project' AND i.thing_id = p.id + 0 AND m.state IN ('called', 'held'))
            ELSE 0 END AS agenda,
       CASE WHEN p.state IN ('approved', 'running', 'reported') AND c.left_satang > 0 AND c.held_for IS NULL
            THEN (SELECT MIN(n.position) FROM project_instalment n
                  JOIN ledger_instalment l ON l.commitment_id = c.id AND l.position = n.position AND l.left_satang > 0
                  WHERE n.agreement_id = g.id AND n.opened_at IS NOT NULL)
            ELSE NULL END AS open_instalment,
       CASE WHEN p.state IN ('approved', 'running', 'reported') AND c.left_satang > 0 AND c.held_for IS NULL
            THEN (SELECT CAST(COUNT(*) AS BIGINT) FROM project_instalment n WHERE n.agreement_id = g.id)
            ELSE 0 END AS instalments,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM project_decision d
        WHERE d.project_id = p.id AND d.kind = 'urgent' AND d.in_force_at IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM project_decision l WHERE l.project_id = p.id AND l.kind = 'laid_before')) AS urgent,
       CASE WHEN g.id IS NOT NULL
            THEN (SELECT MAX(s.entered_by) FROM meeting_sign s
                  WHERE s.thing = 'project_agreement' AND s.thing_id = g.id + 0 AND s.how = 'paper' AND s.seen_at IS NULL
                    AND NOT EXISTS (SELECT 1 FROM meeting_sign y WHERE y.thing = 'project_agreement' AND y.thing_id = s.thing_id
                                    AND y.id > s.id))
            ELSE NULL END AS agreement_scan,
       CASE WHEN p.state IN ('sent', 'deferred')
            THEN (SELECT MAX(s.entered_by) FROM project_decision d
                  JOIN meeting_sign s ON s.thing = 'project_decision' AND s.thing_id = d.id + 0 AND s.how = 'paper' AND s.seen_at IS NULL
                  WHERE d.project_id = p.id AND d.kind = 'urgent' AND d.in_force_at IS NULL
                    AND NOT EXISTS (SELECT 1 FROM project_decision y WHERE y.project_id = p.id AND y.kind = 'urgent' AND y.id > d.id))
            ELSE NULL END AS urgent_scan,
       CASE WHEN p.is_entered_later = 1
            THEN (SELECT MAX(s.entered_by) FROM project_decision d
                  JOIN meeting_sign s ON s.thing = 'project_decision' AND s.thing_id = d.id + 0 AND s.how = 'paper' AND s.seen_at IS NULL
                  WHERE d.project_id = p.id AND d.kind = 'approve' AND d.meeting_item_id IS NULL AND d.sign_id IS NULL
                    AND d.in_force_at IS NOT NULL
                    AND NOT EXISTS (SELECT 1 FROM meeting_sign y WHERE y.thing = 'project_decision' AND y.thing_id = s.thing_id
                                    AND y.id > s.id))
            ELSE NULL END AS later_scan,
       CASE WHEN p.is_entered_later = 1 AND c.held_for IS NOT NULL
            THEN (SELECT CAST(COUNT(*) AS BIGINT) FROM project_decision d
                  WHERE d.project_id = p.id AND d.kind = 'approve' AND d.meeting_item_id IS NULL AND d.sign_id IS NULL
                    AND d.account_no IS NOT NULL AND d.in_force_at IS NOT NULL
                    AND NOT EXISTS (SELECT 1 FROM meeting_sign s WHERE s.thing = 'project_decision' AND s.thing_id = d.id + 0))
            ELSE 0 END AS later_waits,
       CASE WHEN c.held_for IS NULL THEN 0 ELSE 1 END AS is_held,
       COALESCE(c.needs_agreement, 0) AS needs_agreement, c.agreement_on, c.left_satang,
       (SELECT MAX(h.until_satang) FROM project_change h
        WHERE h.project_id = p.id AND h.kind = 'claw_back' AND h.state = 'agreed') AS back_until,
       CASE WHEN EXISTS (SELECT 1 FROM project_change b WHERE b.project_id = p.id AND b.kind = 'claw_back' AND b.state = 'agreed')
            THEN (SELECT CAST(SUM(CASE WHEN e.kind = 'receipt' THEN e.amount_satang ELSE -e.amount_satang END) AS BIGINT)
                  FROM project_entry e
                  LEFT JOIN ledger_entry o ON o.id = e.reversal_of
                  WHERE e.project_id = p.id AND (e.source = 'refund' OR o.source = 'refund'))
            ELSE NULL END AS refunded
FROM project p
LEFT JOIN ledger_commitment c ON c.id = p.commitment_id
LEFT JOIN project_agreement g ON g.project_id = p.id AND g.ended_at IS NULL
WHERE p.fund_id = $fund_id
  AND (p.state IN ('sent', 'revise', 'deferred', 'approved', 'running', 'suspended', 'stopped', 'reported')
       OR (p.state = 'closed' AND EXISTS (SELECT 1 FROM project_change x
                                          WHERE x.project_id = p.id AND x.kind = 'claw_back' AND x.state = 'agreed')))
ORDER BY p.id
LIMIT $most;

-- report_work_promises :many
-- in fund_id fund_id, account_no int, most int
-- # Promises without a project (long-term care) whose signed paper another has brought and nobody else has seen.
SELECT c.id, c.title
FROM ledger_book b
JOIN ledger_commitment c ON c.book_id = b.id AND c.is_released = 0 AND c.held_for IS NOT NULL
JOIN meeting_sign s ON s.thing = 'ledger_commitment' AND s.thing_id = c.id + 0 AND s.how = 'paper' AND s.seen_at IS NULL
WHERE b.fund_id = $fund_id AND s.entered_by <> $account_no
  AND NOT EXISTS (SELECT 1 FROM project p WHERE p.commitment_id = c.id)
  AND NOT EXISTS (SELECT 1 FROM meeting_sign y WHERE y.thing = 'ledger_commitment' AND y.thing_id = s.thing_id AND y.id > s.id)
ORDER BY c.id
LIMIT $most;

-- report_work_meetings :many
-- in fund_id fund_id, most int
-- out unseen int, entered_by int?, items int
-- # Meetings that are not signed yet, the first first; unseen: papers that wait for another pair of eyes.
SELECT m.fy, m.number, m.held_on, m.state,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM meeting_sign s
        WHERE s.thing = 'meeting' AND s.thing_id = m.id + 0 AND s.how = 'paper' AND s.seen_at IS NULL) AS unseen,
       (SELECT MAX(s.entered_by) FROM meeting_sign s
        WHERE s.thing = 'meeting' AND s.thing_id = m.id + 0 AND s.how = 'paper' AND s.seen_at IS NULL) AS entered_by,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM meeting_item i WHERE i.meeting_id = m.id) AS items
FROM meeting m
WHERE m.fund_id = $fund_id AND m.state IN ('called', 'held')
ORDER BY m.held_on, m.id
LIMIT $most;

-- report_work_plans :many
-- in fund_id fund_id, fy fiscal_year, most int
-- # Plans of this year and later that no meeting has before it.
SELECT i.code AS issue_code, i.name_th, i.name_en, y.fy, y.edition
FROM plan_year y
JOIN issue i ON i.id = y.issue_id
WHERE y.fund_id = $fund_id AND y.fy >= $fy AND y.is_changed = 1
  AND NOT EXISTS (SELECT 1 FROM meeting_item t JOIN meeting m ON m.id = t.meeting_id
                  WHERE t.thing = 'plan_year' AND t.thing_id = y.id + 0 AND m.state IN ('called', 'held'))
ORDER BY y.fy, i.sort_order
LIMIT $most;

-- report_work_own :many
-- in account_id account_id, account_no int, most int
-- out returned_report int?, sent_report int?, draft_report int?
-- # Proposals and projects that a person or a group of theirs is to go on with, the newest first.
SELECT p.slug, p.title, p.state, p.report_due, p.is_paid, f.code AS fund_code,
       (SELECT MIN(r.occasion) FROM monitor_report r WHERE r.project_id = p.id AND r.state = 'returned') AS returned_report,
       (SELECT MIN(r.occasion) FROM monitor_report r WHERE r.project_id = p.id AND r.state = 'sent') AS sent_report,
       (SELECT MIN(r.occasion) FROM monitor_report r WHERE r.project_id = p.id AND r.state = 'draft') AS draft_report
FROM project p
JOIN fund f ON f.id = p.fund_id
WHERE p.state IN ('draft', 'revise', 'running', 'stopped')
  AND p.id IN (SELECT q.id FROM project q WHERE q.account_no = $account_no
               UNION
               SELECT g.id FROM account_group_member m JOIN project g ON g.group_id = m.group_id
               WHERE m.account_id = $account_id AND m.is_asked = 0)
ORDER BY p.id DESC
LIMIT $most;

-- report_work_area_states :many
-- in area_id area_id
-- out n int
-- all: two states
-- # Proposals that wait, of all years.
SELECT f.measure, CAST(SUM(f.total) AS BIGINT) AS n
FROM figure_area_year f
WHERE f.area_id = $area_id AND f.measure IN ('projects_revise', 'projects_sent')
GROUP BY f.measure;

-- report_work_area_late :one
-- in area_id area_id, today date
-- out late int
SELECT CAST(COALESCE(SUM(d.total), 0) AS BIGINT) AS late
FROM figure_area_due d
WHERE d.area_id = $area_id AND d.due_on < $today AND d.total <> 0;

-- report_work_area_planned :one
-- in area_id area_id, fy fiscal_year
-- out known int
-- # Funds at home there, and those with an agreed plan by issue in the year: a plan that was agreed stays.
SELECT f.funds, COALESCE((SELECT y.known FROM figure_area_year y
                          WHERE y.area_id = f.area_id AND y.fy = $fy AND y.measure = 'plans'), 0) AS known
FROM figure_area_funds f
WHERE f.area_id = $area_id;

-- report_work_district_stuck :one
-- in district_id area_id, province_id area_id, long_ago date
-- out n int, sent int
-- # Sent so long ago and not decided, and those of them that nobody deferred. By the province's index.
SELECT CAST(COUNT(*) AS BIGINT) AS n, CAST(COALESCE(SUM(CASE WHEN p.state = 'sent' THEN 1 ELSE 0 END), 0) AS BIGINT) AS sent
FROM project p
WHERE p.province_id = $province_id AND p.sent_on < $long_ago AND p.state IN ('sent', 'deferred') AND p.district_id = $district_id;

-- report_work_province_stuck :one
-- in province_id area_id, long_ago date
-- out n int, sent int
SELECT CAST(COUNT(*) AS BIGINT) AS n, CAST(COALESCE(SUM(CASE WHEN p.state = 'sent' THEN 1 ELSE 0 END), 0) AS BIGINT) AS sent
FROM project p
WHERE p.province_id = $province_id AND p.sent_on < $long_ago AND p.state IN ('sent', 'deferred');

-- report_work_region_stuck :one
-- in region_id area_id, long_ago date
-- out n int
-- # Sent so long ago and not decided.
SELECT CAST(COUNT(*) AS BIGINT) AS n
FROM area_parent a
JOIN project p ON p.province_id = a.area_id AND p.sent_on < $long_ago AND p.state IN ('sent', 'deferred')
WHERE a.parent_id = $region_id AND a.valid_to IS NULL;

-- report_work_nation_stuck :one
-- in long_ago date
-- out n int
SELECT CAST(COUNT(*) AS BIGINT) AS n
FROM area a
JOIN project p ON p.province_id = a.id AND p.sent_on < $long_ago AND p.state IN ('sent', 'deferred')
WHERE a.kind = 'province';
