-- Named queries of room project for its papers (paper_read.c).

-- project_paper_words :one
-- in project_id project_id
-- out support_th text?, support_en text?, owner_th text?, owner_en text?, clause text?, power text?
-- # The names that a form prints for its codes, and the clause of the announcement in force in the project's year.
SELECT f.is_demo, s.name_th AS support_th, s.name_en AS support_en, o.name_th AS owner_th, o.name_en AS owner_en,
       c.clause AS clause, r.value_text AS power
FROM project p
JOIN fund f ON f.id = p.fund_id
LEFT JOIN support_type s ON s.code = p.support_type_code
LEFT JOIN owner_type o ON o.code = p.owner_type_code
LEFT JOIN support_type_clause c
       ON c.support_type_code = p.support_type_code AND c.fy_from <= p.fy AND (c.fy_to IS NULL OR c.fy_to >= p.fy)
LEFT JOIN support_type_rule r
       ON r.support_type_code = p.support_type_code AND r.rule = 'approval_clause'
      AND r.fy_from <= p.fy AND (r.fy_to IS NULL OR r.fy_to >= p.fy)
WHERE p.id = $project_id;

-- project_paper_instalment :one
-- in entry_id ledger_entry_id
-- out instalment int
-- # Which instalment an entry paid; 0: of the one sum.
SELECT COALESCE(e.instalment, 0) AS instalment FROM ledger_entry e WHERE e.id = $entry_id;

-- project_paper_payments :many
-- in project_id project_id, most int
-- out instalment int
-- # Payments of a project that nobody has reversed, of all its promises; the newest first.
SELECT e.entry_id, e.entry_date AS on_date, COALESCE(e.instalment, 0) AS instalment, e.amount_satang
FROM project_entry e
WHERE e.project_id = $project_id AND e.kind = 'payment'
  AND NOT EXISTS (SELECT 1 FROM ledger_entry r WHERE r.reversal_of = e.entry_id)
ORDER BY e.entry_id DESC
LIMIT $most;

-- project_paper_there :one
-- in project_id project_id
-- out decisions int, agreements int, ended int
-- # Is there a decision in force that a letter tells, and an agreement, or one that was ended?
SELECT (SELECT CAST(COUNT(*) AS BIGINT) FROM project_decision d
        WHERE d.project_id = p.id AND d.in_force_at IS NOT NULL
          AND d.kind IN ('approve', 'approve_corrected', 'revise', 'defer', 'reject', 'urgent')) AS decisions,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM project_agreement a
        WHERE a.project_id = p.id AND a.ended_at IS NULL) AS agreements,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM project_agreement a
        WHERE a.project_id = p.id AND a.ended_at IS NOT NULL) AS ended
FROM project p
WHERE p.id = $project_id;

-- project_letters_of :many
-- in meeting_id meeting_id, most int
-- # Whose decision a meeting put in force, in the order of its agenda; of a decision on a change there is no letter.
SELECT d.project_id
FROM project_decision d
JOIN meeting_item i ON i.id = d.meeting_item_id
WHERE d.meeting_id = $meeting_id AND d.in_force_at IS NOT NULL
  AND d.kind IN ('approve', 'approve_corrected', 'revise', 'defer', 'reject', 'urgent')
ORDER BY CASE i.agenda WHEN 'inform' THEN 1 WHEN 'confirm' THEN 2 WHEN 'follow' THEN 3 WHEN 'know' THEN 4
                       WHEN 'consider' THEN 5 ELSE 6 END, i.position, d.id
LIMIT $most;
