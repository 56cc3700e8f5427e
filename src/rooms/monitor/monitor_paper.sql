-- Named queries of room monitor for the closing report (closing_read.c).

-- monitor_paper_words :one
-- in project_id project_id
-- out support_th text?, support_en text?, clause text?
-- # The name of the support type, and the clause of the announcement in force in the project's year.
SELECT f.is_demo, s.name_th AS support_th, s.name_en AS support_en, c.clause AS clause
FROM project p
JOIN fund f ON f.id = p.fund_id
LEFT JOIN support_type s ON s.code = p.support_type_code
LEFT JOIN support_type_clause c
       ON c.support_type_code = p.support_type_code AND c.fy_from <= p.fy AND (c.fy_to IS NULL OR c.fy_to >= p.fy)
WHERE p.id = $project_id;

-- monitor_paper_photos :many
-- in project_id project_id, most int
-- # Pictures that may go out, of accepted reports: the final one's first, then by occasion.
SELECT p.report_id, p.file_use_no, p.caption
FROM monitor_photo p
JOIN monitor_report r ON r.id = p.report_id
WHERE r.project_id = $project_id AND r.state = 'accepted' AND p.is_public = 1
ORDER BY CASE r.kind WHEN 'final' THEN 0 ELSE 1 END, r.occasion, p.position
LIMIT $most;

-- monitor_promise :one
-- in commitment_id ledger_commitment_id
-- # By which code the promise stands in the books: a corrected approval has one of its own, "…/2".
SELECT c.project_code FROM ledger_commitment c WHERE c.id = $commitment_id;
