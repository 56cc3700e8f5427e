-- project_thread.sql — the queries of room project after the proposal: decisions, codes, agreements, changes,
-- projects that were entered later.

-- ---- what waits for a meeting ----

-- project_waiting_proposals :many
-- in fund_id fund_id, most int
-- # Sent or deferred, and on no agenda of a meeting that is not signed yet. The oldest first.
SELECT p.id, p.slug, p.title, p.owner_name, p.state, p.asked_satang, p.sent_on
FROM project p
WHERE p.fund_id = $fund_id AND p.state IN ('sent', 'deferred')
  AND NOT EXISTS (SELECT 1 FROM meeting_item i JOIN meeting m ON m.id = i.meeting_id
                  WHERE i.thing = 'project' AND i.thing_id = CAST(p.id AS BIGINT) AND m.state IN ('called', 'held'))
ORDER BY p.sent_on NULLS LAST, p.id
LIMIT $most;

-- project_waiting_changes :many
-- in fund_id fund_id, most int
SELECT c.id, c.kind, c.reason, c.recorded_at, p.slug, p.code, p.other_code, p.title, p.owner_name
FROM project p
JOIN project_change c ON c.project_id = p.id
WHERE p.fund_id = $fund_id AND p.state IN ('approved', 'running', 'suspended', 'stopped', 'reported', 'closed')
  AND c.state = 'asked'
  AND NOT EXISTS (SELECT 1 FROM meeting_item i JOIN meeting m ON m.id = i.meeting_id
                  WHERE i.thing = 'project_change' AND i.thing_id = CAST(c.id AS BIGINT) AND m.state IN ('called', 'held'))
ORDER BY c.id
LIMIT $most;

-- project_waiting_urgent :many
-- in fund_id fund_id, most int
-- # Approved by the chair alone, and laid before no meeting yet.
SELECT d.id, d.amount_satang, d.decided_on, p.slug, p.code, p.title, p.owner_name
FROM project p
JOIN project_decision d ON d.project_id = p.id AND d.kind = 'urgent' AND d.in_force_at IS NOT NULL
WHERE p.fund_id = $fund_id AND p.state IN ('approved', 'running', 'suspended', 'stopped', 'reported', 'closed')
  AND NOT EXISTS (SELECT 1 FROM meeting_item i JOIN meeting m ON m.id = i.meeting_id
                  WHERE i.thing = 'project_decision' AND i.thing_id = CAST(d.id AS BIGINT) AND m.state <> 'cancelled')
ORDER BY d.id
LIMIT $most;

-- ---- decisions ----

-- project_decisions_of :many
-- in project_id project_id, most int
-- out signed_how code?, signed_names text?, signed_on date?, meeting_fy fiscal_year?, meeting_number int?, corrected int, is_superseded int
-- # Oldest first. Superseded: written anew for the same item before it was signed.
SELECT d.id, d.kind, d.meeting_id, d.meeting_item_id, d.meeting_words, d.decided_on, d.amount_satang, d.conditions,
       d.reason, d.report_due, d.change_id, d.corrects_id, d.in_force_at, d.account_no, d.recorded_at, s.how AS signed_how, s.names AS signed_names,
       s.signed_on, m.fy AS meeting_fy, m.number AS meeting_number,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM project_decision x
        WHERE x.project_id = d.project_id AND x.corrects_id = d.id AND x.in_force_at IS NOT NULL) AS corrected,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM project_decision y
        WHERE y.project_id = d.project_id AND y.id > d.id AND d.in_force_at IS NULL
          AND (y.meeting_item_id = d.meeting_item_id OR (y.kind = 'urgent' AND d.kind = 'urgent'))) AS is_superseded
FROM project_decision d
LEFT JOIN meeting m ON m.id = d.meeting_id
LEFT JOIN meeting_sign s ON s.id = d.sign_id
WHERE d.project_id = $project_id
ORDER BY d.id
LIMIT $most;

-- project_decision_get :one
-- in id project_decision_id
SELECT d.id, d.project_id, d.kind, d.in_force_at FROM project_decision d WHERE d.id = $id;

-- project_decisions_to_sign :many
-- in meeting_id meeting_id, most int
-- out item_id int!
-- # The newest of each item, in the order of the agenda.
SELECT d.id, d.project_id, i.position AS item_id
FROM project_decision d
JOIN meeting_item i ON i.id = d.meeting_item_id
WHERE d.meeting_id = $meeting_id AND d.in_force_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM project_decision x
                  WHERE x.meeting_id = d.meeting_id AND x.meeting_item_id = d.meeting_item_id AND x.id > d.id)
ORDER BY i.position, d.id
LIMIT $most;

-- project_promised_in :one
-- in meeting_id meeting_id, project_id project_id
-- out total satang
-- # What the same meeting has written down for other projects, not in force yet.
SELECT CAST(COALESCE(SUM(d.amount_satang), 0) AS BIGINT) AS total
FROM project_decision d
WHERE d.meeting_id = $meeting_id AND d.project_id <> $project_id AND d.in_force_at IS NULL AND d.kind IN ('approve', 'approve_corrected')
  AND NOT EXISTS (SELECT 1 FROM project_decision x
                  WHERE x.meeting_id = d.meeting_id AND x.meeting_item_id = d.meeting_item_id AND x.id > d.id);

-- project_decisions_open :one
-- in project_id project_id
-- out n int!
-- # Written down in a meeting that is not signed yet.
SELECT CAST(COUNT(*) AS BIGINT) AS n
FROM project_decision d
JOIN meeting m ON m.id = d.meeting_id
WHERE d.project_id = $project_id AND d.in_force_at IS NULL AND m.state IN ('called', 'held');

-- project_urgent_open :one
-- in project_id project_id
-- out n int!
-- # Approved by the chair alone on paper that nobody else has seen yet.
SELECT CAST(COUNT(*) AS BIGINT) AS n
FROM project_decision d
WHERE d.project_id = $project_id AND d.kind = 'urgent' AND d.in_force_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM project_decision y WHERE y.project_id = d.project_id AND y.kind = 'urgent' AND y.id > d.id);

-- project_decision_add :one
-- in project_id project_id, kind code, meeting_id meeting_id?, meeting_item_id meeting_item_id?, meeting_words text?, decided_on date, amount_satang satang?, conditions text?, reason text?, report_due date?, change_id project_change_id?, corrects_id project_decision_id?, sign_id meeting_sign_id?, in_force_at instant?, account_no int?, recorded_at instant
INSERT INTO project_decision (project_id, kind, meeting_id, meeting_item_id, meeting_words, decided_on, amount_satang,
    conditions, reason, report_due, change_id, corrects_id, sign_id, in_force_at, account_no, recorded_at)
VALUES ($project_id, $kind, $meeting_id, $meeting_item_id, $meeting_words, $decided_on, $amount_satang, $conditions,
    $reason, $report_due, $change_id, $corrects_id, $sign_id, $in_force_at, $account_no, $recorded_at)
RETURNING id;

-- project_decision_force :exec
-- in id project_decision_id, decided_on date, sign_id meeting_sign_id, in_force_at instant
-- # Once.
UPDATE project_decision SET decided_on = $decided_on, sign_id = $sign_id, in_force_at = $in_force_at WHERE id = $id AND in_force_at IS NULL;

-- project_decision_sign :exec
-- in id project_decision_id, sign_id meeting_sign_id
-- # Of one that was entered later: once.
UPDATE project_decision SET sign_id = $sign_id WHERE id = $id AND in_force_at IS NOT NULL AND sign_id IS NULL;

-- project_lock_fund :one
-- in id fund_id
-- # Signings of a fund queue here, before they take numbers and books.
-- sqlite
SELECT f.id FROM fund f WHERE f.id = $id;
-- pg
SELECT f.id FROM fund f WHERE f.id = $id FOR NO KEY UPDATE;

-- ---- codes ----

-- project_next_code :one
-- in fund_id fund_id, fy fiscal_year, support_type_code code
INSERT INTO project_counter (fund_id, fy, support_type_code, last) VALUES ($fund_id, $fy, $support_type_code, 1)
ON CONFLICT (fund_id, fy, support_type_code) DO UPDATE SET last = project_counter.last + 1
RETURNING last;

-- project_code_users :many
-- in fund_id fund_id, code code
-- # Whoever has this code in the fund, by Sarn's code or another system's.
SELECT p.id, p.slug, p.title FROM project p
WHERE p.fund_id = $fund_id AND (p.code = $code OR p.other_code = $code)
ORDER BY p.id LIMIT 2;

-- project_commitment_users :many
-- in fund_id fund_id, code code
SELECT c.id, c.title
FROM ledger_book b
JOIN ledger_commitment c ON c.book_id = b.id AND c.project_code = $code
WHERE b.fund_id = $fund_id
ORDER BY c.id LIMIT 2;

-- project_by_commitment_code :many
-- in fund_id fund_id, code code
-- # The project behind a code that the ledger shows; a correction's commitment has a code of its own.
SELECT p.id, p.slug
FROM ledger_book b
JOIN ledger_commitment c ON c.book_id = b.id AND c.project_code = $code
JOIN project p ON p.commitment_id = c.id
WHERE b.fund_id = $fund_id
ORDER BY p.id LIMIT 2;

-- project_set_commitment :exec
-- in id project_id, commitment_id ledger_commitment_id?
UPDATE project SET commitment_id = $commitment_id WHERE id = $id;

-- project_by_commitment :one
-- in commitment_id ledger_commitment_id
SELECT p.id, p.state FROM project p WHERE p.commitment_id = $commitment_id;

-- project_set_paid :exec
-- in id project_id, is_paid flag
-- # No version of it: the books say so, and nobody's form is in its way.
UPDATE project SET is_paid = $is_paid WHERE id = $id;

-- project_book_of :one
-- in commitment_id ledger_commitment_id
SELECT c.book_id, c.project_code FROM ledger_commitment c WHERE c.id = $commitment_id;

-- project_promise_of :one
-- in id ledger_commitment_id, fund_id fund_id
-- out slug code?
SELECT b.book, c.project_code, c.title, c.owner_name, c.amount_satang, c.approved_on, c.approved_in, c.held_for, c.is_released,
       p.slug AS slug
FROM ledger_commitment c
JOIN ledger_book b ON b.id = c.book_id
LEFT JOIN project p ON p.commitment_id = c.id
WHERE c.id = $id AND b.fund_id = $fund_id;

-- ---- agreement ----

-- project_agreement_of :one
-- in project_id project_id
-- # The one that counts.
SELECT g.id, g.number, g.place, g.agreed_on, g.signer_owner, g.signer_fund, g.witness_1, g.witness_2, g.recorded_at, g.version
FROM project_agreement g WHERE g.project_id = $project_id AND g.ended_at IS NULL;

-- project_agreements_ended_of :many
-- in project_id project_id, most int
-- # Those that a correction ended, the newest first.
SELECT g.id, g.number, g.place, g.agreed_on, g.signer_owner, g.signer_fund, g.witness_1, g.witness_2, g.recorded_at, g.version,
       g.ended_at, g.ended_no
FROM project_agreement g WHERE g.project_id = $project_id AND g.ended_at IS NOT NULL
ORDER BY g.id DESC LIMIT $most;

-- project_agreement_numbers :many
-- in fund_id fund_id, since date, most int
-- out number text!
-- # What the fund has numbered since then. The book has them all: of projects without a page, and ended ones, too.
SELECT c.agreement_no AS number
FROM ledger_book b
JOIN ledger_commitment c ON c.book_id = b.id
WHERE b.fund_id = $fund_id AND c.agreement_no IS NOT NULL AND c.agreement_on >= $since
ORDER BY c.id DESC
LIMIT $most;

-- project_agreement_add :one
-- in project_id project_id, number text, place text?, agreed_on date, signer_owner text, signer_fund text, witness_1 text?, witness_2 text?, account_no int?, recorded_at instant
INSERT INTO project_agreement (project_id, number, place, agreed_on, signer_owner, signer_fund, witness_1, witness_2,
    account_no, recorded_at, version)
VALUES ($project_id, $number, $place, $agreed_on, $signer_owner, $signer_fund, $witness_1, $witness_2, $account_no,
    $recorded_at, 1)
RETURNING id;

-- project_agreement_end :exec
-- in id project_agreement_id, ended_at instant, ended_no int?
UPDATE project_agreement SET ended_at = $ended_at, ended_no = $ended_no WHERE id = $id AND ended_at IS NULL;

-- project_instalments_of :many
-- in agreement_id project_agreement_id
-- all: six at most
SELECT i.position, i.amount_satang, i.evidence, i.opened_at, i.due_on
FROM project_instalment i WHERE i.agreement_id = $agreement_id ORDER BY i.position;

-- project_instalment_add :exec
-- in agreement_id project_agreement_id, position int, amount_satang satang, evidence code, opened_at instant?, due_on date?
INSERT INTO project_instalment (agreement_id, position, amount_satang, evidence, opened_at, due_on)
VALUES ($agreement_id, $position, $amount_satang, $evidence, $opened_at, $due_on);

-- project_instalment_open :exec
-- in agreement_id project_agreement_id, position int, opened_at instant
UPDATE project_instalment SET opened_at = $opened_at
WHERE agreement_id = $agreement_id AND position = $position AND opened_at IS NULL;

-- ---- changes ----

-- project_changes_of :many
-- in project_id project_id, most int
SELECT c.id, c.project_id, c.kind, c.reason, c.before_json, c.after_json, c.amount_satang, c.due_on, c.state, c.account_no,
       c.recorded_at, c.version
FROM project_change c WHERE c.project_id = $project_id ORDER BY c.id DESC LIMIT $most;

-- project_change_get :one
-- in id project_change_id
SELECT c.id, c.project_id, c.kind, c.reason, c.before_json, c.after_json, c.amount_satang, c.due_on, c.state, c.account_no,
       c.recorded_at, c.version
FROM project_change c WHERE c.id = $id;

-- project_change_add :one
-- in project_id project_id, kind code, reason text, before_json text, after_json text, amount_satang satang?, due_on date?, account_no int?, recorded_at instant
INSERT INTO project_change (project_id, kind, reason, before_json, after_json, amount_satang, due_on, state, account_no,
    recorded_at, version)
VALUES ($project_id, $kind, $reason, $before_json, $after_json, $amount_satang, $due_on, 'asked', $account_no, $recorded_at, 1)
RETURNING id;

-- project_change_set :exec
-- in id project_change_id, version int, state code
UPDATE project_change SET state = $state, version = version + 1 WHERE id = $id AND version = $version;

-- project_change_until :exec
-- in id project_change_id, until_satang satang
UPDATE project_change SET until_satang = $until_satang WHERE id = $id;

-- project_back_until :one
-- in project_id project_id
-- out until_satang satang?, due_on date?
-- # At which sum of refunds everything clawed back has come; the first day due.
SELECT MAX(c.until_satang) AS until_satang, MIN(c.due_on) AS due_on
FROM project_change c
WHERE c.project_id = $project_id AND c.kind = 'claw_back' AND c.state = 'agreed';

-- ---- lists to choose from ----

-- project_support_types :many
-- scan t: ten rows
-- all: ten rows
SELECT t.code, t.short_th, t.short_en FROM support_type t ORDER BY t.sort_order;

-- project_owner_types :many
-- scan t: ten rows
-- all: ten rows
SELECT t.code, t.name_th, t.name_en FROM owner_type t ORDER BY t.sort_order;

-- project_demo_indicator :one
-- in code code
SELECT i.id FROM indicator i WHERE i.code = $code;
