-- Named queries of room ledger; the language is described in docs/sqlc.md.

-- ---- books ----

-- ledger_book_ids :many
-- in fund_id fund_id
-- all: a fund has two books at most
SELECT b.id, b.book FROM ledger_book b WHERE b.fund_id = $fund_id;

-- ledger_get_fund :one
-- in code code
SELECT f.id FROM fund f WHERE f.code = $code;

-- ledger_lock_book :one
-- in code code, book code
-- # The head's row is locked first by every writer: writers of a book queue there. What else is read
-- # of the book comes in a statement of its own, which sees what the writer before has left.
-- sqlite
SELECT h.book_id
FROM fund f
JOIN ledger_book b ON b.fund_id = f.id AND b.book = $book
JOIN ledger_head h ON h.book_id = b.id
WHERE f.code = $code;
-- pg
SELECT h.book_id
FROM fund f
JOIN ledger_book b ON b.fund_id = f.id AND b.book = $book
JOIN ledger_head h ON h.book_id = b.id
WHERE f.code = $code
FOR NO KEY UPDATE OF h;

-- ledger_lock_books :many
-- in fund_id fund_id
-- all: a fund has two books at most
-- sqlite
SELECT h.book_id FROM ledger_book b JOIN ledger_head h ON h.book_id = b.id WHERE b.fund_id = $fund_id ORDER BY b.id;
-- pg
SELECT h.book_id FROM ledger_book b JOIN ledger_head h ON h.book_id = b.id WHERE b.fund_id = $fund_id ORDER BY b.id
FOR NO KEY UPDATE OF h;

-- ledger_lock_fund :one
-- in code code
-- # What is kept of a fund and not of a book (the plan): its writers queue here.
-- sqlite
SELECT f.id FROM fund f WHERE f.code = $code;
-- pg
SELECT f.id FROM fund f WHERE f.code = $code FOR NO KEY UPDATE;

-- ledger_get_state :one
-- in book_id ledger_book_id
-- out closed_through date?
SELECT b.id, b.fund_id, f.code AS fund_code, b.book, b.opened_on, b.is_taken_over, b.version, h.seq, h.hash,
       l.left_satang,
       (SELECT MAX(c.closed_through) FROM ledger_close c WHERE c.book_id = b.id) AS closed_through
FROM ledger_book b
JOIN fund f ON f.id = b.fund_id
JOIN ledger_head h ON h.book_id = b.id
JOIN ledger_balance l ON l.book_id = b.id
WHERE b.id = $book_id;

-- ledger_get_book :one
-- in fund_id fund_id, book code
-- out committed_satang satang, closed_through date?
SELECT b.id, b.opened_on, b.bank_name, b.bank_branch, b.bank_account_name, b.bank_account_no, b.is_taken_over,
       b.version, h.seq, h.hash, l.left_satang,
       (SELECT CAST(COALESCE(SUM(c.left_satang), 0) AS BIGINT) FROM ledger_commitment c
        WHERE c.book_id = b.id AND c.left_satang > 0) AS committed_satang,
       (SELECT MAX(d.closed_through) FROM ledger_close d WHERE d.book_id = b.id) AS closed_through
FROM ledger_book b
JOIN ledger_head h ON h.book_id = b.id
JOIN ledger_balance l ON l.book_id = b.id
WHERE b.fund_id = $fund_id AND b.book = $book;

-- ledger_add_book :one
-- in fund_id fund_id, book code, opened_on date, bank_name text?, bank_branch text?, bank_account_name text?, bank_account_no text?, is_taken_over flag, recorded_at instant
INSERT INTO ledger_book (fund_id, book, opened_on, bank_name, bank_branch, bank_account_name, bank_account_no,
                         is_taken_over, recorded_at, version)
VALUES ($fund_id, $book, $opened_on, $bank_name, $bank_branch, $bank_account_name, $bank_account_no,
        $is_taken_over, $recorded_at, 1)
RETURNING id;

-- ledger_add_head :exec
-- in book_id ledger_book_id, hash text
INSERT INTO ledger_head (book_id, seq, hash) VALUES ($book_id, 0, $hash);

-- ledger_add_balance :exec
-- in book_id ledger_book_id
INSERT INTO ledger_balance (book_id, left_satang) VALUES ($book_id, 0);

-- ---- posting ----

-- ledger_move_balance :exec
-- in book_id ledger_book_id, delta satang
-- # Refused by the CHECK when it would go below zero.
UPDATE ledger_balance SET left_satang = left_satang + $delta WHERE book_id = $book_id;

-- ledger_next_number :one
-- in book_id ledger_book_id, fy fiscal_year
INSERT INTO ledger_counter (book_id, fy, last) VALUES ($book_id, $fy, 1)
ON CONFLICT (book_id, fy) DO UPDATE SET last = ledger_counter.last + 1
RETURNING last;

-- ledger_add_entry :one
-- in book_id ledger_book_id, fy fiscal_year, number int, kind code, entry_date date, recorded_at instant, amount_satang satang, source code?, support_type_code code?, issue_code code?, commitment_id ledger_commitment_id?, instalment int?, project_code code?, reference text?, reversal_of ledger_entry_id?, is_entered_later flag, account_no int?, grant_no int?
INSERT INTO ledger_entry (book_id, fy, number, kind, entry_date, recorded_at, amount_satang, source,
                          support_type_code, issue_code, commitment_id, instalment, project_code, reference,
                          reversal_of, is_entered_later, account_no, grant_no)
VALUES ($book_id, $fy, $number, $kind, $entry_date, $recorded_at, $amount_satang, $source,
        $support_type_code, $issue_code, $commitment_id, $instalment, $project_code, $reference,
        $reversal_of, $is_entered_later, $account_no, $grant_no)
RETURNING id;

-- ledger_add_text :exec
-- in entry_id ledger_entry_id, salt text, memo text?, memo_hash text, party text?, party_hash text, reason text?, reason_hash text
INSERT INTO ledger_entry_text (entry_id, salt, memo, memo_hash, party, party_hash, reason, reason_hash)
VALUES ($entry_id, $salt, $memo, $memo_hash, $party, $party_hash, $reason, $reason_hash);

-- ledger_add_line :exec
-- in entry_id ledger_entry_id, position int, account code, amount_satang satang
INSERT INTO ledger_line (entry_id, position, account, amount_satang)
VALUES ($entry_id, $position, $account, $amount_satang);

-- ledger_add_seal :exec
-- in entry_id ledger_entry_id, book_id ledger_book_id, seq int, prev_hash text, hash text
INSERT INTO ledger_seal (entry_id, book_id, seq, prev_hash, hash)
VALUES ($entry_id, $book_id, $seq, $prev_hash, $hash);

-- ledger_move_head :exec
-- in book_id ledger_book_id, seq int, hash text
UPDATE ledger_head SET seq = $seq, hash = $hash WHERE book_id = $book_id;

-- ledger_account_of :one
-- in support_type code
SELECT t.account_code FROM support_type t WHERE t.code = $support_type;

-- ledger_get_reversed :one
-- in book_id ledger_book_id, id ledger_entry_id
-- out reversed_by ledger_entry_id?
-- # The entry that is to be reversed, and by which it was already.
SELECT e.id, e.fy, e.number, e.kind, e.entry_date, e.amount_satang, e.source, e.support_type_code, e.issue_code,
       e.commitment_id, e.instalment, e.project_code, e.reference, t.memo, t.party, s.seq, r.id AS reversed_by
FROM ledger_entry e
JOIN ledger_entry_text t ON t.entry_id = e.id
JOIN ledger_seal s ON s.entry_id = e.id
LEFT JOIN ledger_entry r ON r.reversal_of = e.id
WHERE e.id = $id AND e.book_id = $book_id;

-- ledger_lines_of :many
-- in entry_id ledger_entry_id
-- all: an entry has a handful of lines
SELECT l.position, l.account, l.amount_satang, m.name_th, m.name_en
FROM ledger_line l
JOIN money_account m ON m.code = l.account
WHERE l.entry_id = $entry_id
ORDER BY l.position;

-- ---- commitments ----

-- ledger_get_commitment :one
-- in book_id ledger_book_id, project_code code
-- out ninstalments int, nopen int
SELECT c.id, c.fy, c.project_code, c.title, c.owner_name, c.support_type_code, c.owner_type_code, c.issue_code,
       c.approved_on, c.approved_in, c.amount_satang, c.paid_before_satang, c.left_satang, c.needs_agreement,
       c.agreement_no, c.agreement_on, c.is_released, c.is_entered_later, c.version, c.held_for,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM ledger_instalment i WHERE i.commitment_id = c.id) AS ninstalments,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM ledger_instalment i
        WHERE i.commitment_id = c.id AND i.shut_since IS NULL AND i.left_satang > 0) AS nopen
FROM ledger_commitment c
WHERE c.book_id = $book_id AND c.project_code = $project_code;

-- ledger_get_commitment_book :one
-- in id ledger_commitment_id
SELECT c.book_id, f.code AS fund_code, b.book, c.project_code
FROM ledger_commitment c
JOIN ledger_book b ON b.id = c.book_id
JOIN fund f ON f.id = b.fund_id
WHERE c.id = $id;

-- ledger_list_commitments :many
-- in book_id ledger_book_id, after_fy fiscal_year, after ledger_commitment_id, is_open_only int, most int
-- out ninstalments int, nopen int
SELECT c.id, c.fy, c.project_code, c.title, c.owner_name, c.support_type_code, c.owner_type_code, c.issue_code,
       c.approved_on, c.approved_in, c.amount_satang, c.paid_before_satang, c.left_satang, c.needs_agreement,
       c.agreement_no, c.agreement_on, c.is_released, c.is_entered_later, c.version, c.held_for,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM ledger_instalment i WHERE i.commitment_id = c.id) AS ninstalments,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM ledger_instalment i
        WHERE i.commitment_id = c.id AND i.shut_since IS NULL AND i.left_satang > 0) AS nopen
FROM ledger_commitment c
WHERE c.book_id = $book_id AND (c.fy < $after_fy OR (c.fy = $after_fy AND c.id < $after))
  AND ($is_open_only = 0 OR (c.left_satang > 0 AND c.is_released = 0))
ORDER BY c.fy DESC, c.id DESC
LIMIT $most;

-- ledger_commitment_fy :one
-- in id ledger_commitment_id
SELECT c.fy FROM ledger_commitment c WHERE c.id = $id;

-- ledger_add_commitment :one
-- in book_id ledger_book_id, fy fiscal_year, project_code code, title text, owner_name text?, support_type_code code, owner_type_code code, issue_code code?, approved_on date, approved_in text, amount_satang satang, paid_before_satang satang, left_satang satang, needs_agreement flag, agreement_no text?, agreement_on date?, is_entered_later flag, recorded_at instant
INSERT INTO ledger_commitment (book_id, fy, project_code, title, owner_name, support_type_code, owner_type_code,
                               issue_code, approved_on, approved_in, amount_satang, paid_before_satang,
                               left_satang, needs_agreement, agreement_no, agreement_on, is_released,
                               is_entered_later, recorded_at, version)
VALUES ($book_id, $fy, $project_code, $title, $owner_name, $support_type_code, $owner_type_code, $issue_code,
        $approved_on, $approved_in, $amount_satang, $paid_before_satang, $left_satang, $needs_agreement,
        $agreement_no, $agreement_on, 0, $is_entered_later, $recorded_at, 1)
RETURNING id;

-- ledger_add_instalment :exec
-- in commitment_id ledger_commitment_id, position int, amount_satang satang, due_on date?, shut_since instant?
INSERT INTO ledger_instalment (commitment_id, position, amount_satang, left_satang, due_on, shut_since)
VALUES ($commitment_id, $position, $amount_satang, $amount_satang, $due_on, $shut_since);

-- ledger_get_instalment :one
-- in commitment_id ledger_commitment_id, position int
SELECT i.amount_satang, i.left_satang, i.due_on, i.shut_since
FROM ledger_instalment i
WHERE i.commitment_id = $commitment_id AND i.position = $position;

-- ledger_open_instalment :exec
-- in commitment_id ledger_commitment_id, position int
UPDATE ledger_instalment SET shut_since = NULL
WHERE commitment_id = $commitment_id AND position = $position AND shut_since IS NOT NULL;

-- ledger_set_held :exec
-- in id ledger_commitment_id, held_for code?
UPDATE ledger_commitment SET held_for = $held_for, version = version + 1 WHERE id = $id;

-- ledger_sum_project :one
-- in book_id ledger_book_id, project_code code
-- out paid_satang satang, refunded_satang satang, last_paid_on date?
-- # What the entries say of a project's code; a reversal takes back what it undoes.
SELECT CAST(COALESCE(SUM(CASE WHEN e.kind = 'payment' THEN e.amount_satang
                              WHEN o.kind = 'payment' THEN -e.amount_satang ELSE 0 END), 0) AS BIGINT) AS paid_satang,
       CAST(COALESCE(SUM(CASE WHEN e.source = 'refund' THEN e.amount_satang
                              WHEN o.source = 'refund' THEN -e.amount_satang ELSE 0 END), 0) AS BIGINT) AS refunded_satang,
       MAX(CASE WHEN e.kind = 'payment' AND r.id IS NULL THEN e.entry_date ELSE NULL END) AS last_paid_on
FROM ledger_entry e
LEFT JOIN ledger_entry o ON o.id = e.reversal_of
LEFT JOIN ledger_entry r ON r.reversal_of = e.id
WHERE e.book_id = $book_id AND e.project_code = $project_code;

-- ledger_move_commitment :exec
-- in id ledger_commitment_id, delta satang
UPDATE ledger_commitment SET left_satang = left_satang + $delta, version = version + 1 WHERE id = $id;

-- ledger_move_instalment :exec
-- in commitment_id ledger_commitment_id, position int, delta satang
UPDATE ledger_instalment SET left_satang = left_satang + $delta
WHERE commitment_id = $commitment_id AND position = $position;

-- ledger_release_commitment :exec
-- in id ledger_commitment_id, version int
UPDATE ledger_commitment SET left_satang = 0, is_released = 1, version = version + 1
WHERE id = $id AND version = $version;

-- ledger_release_instalments :exec
-- in commitment_id ledger_commitment_id
UPDATE ledger_instalment SET left_satang = 0 WHERE commitment_id = $commitment_id;

-- ledger_set_agreement :exec
-- in id ledger_commitment_id, version int, agreement_no text, agreement_on date
UPDATE ledger_commitment SET agreement_no = $agreement_no, agreement_on = $agreement_on, version = version + 1
WHERE id = $id AND version = $version;

-- ledger_add_move :exec
-- in commitment_id ledger_commitment_id, kind code, amount_satang satang, instalment int?, entry_id ledger_entry_id?, on_date date, recorded_at instant
INSERT INTO ledger_commitment_move (commitment_id, kind, amount_satang, instalment, entry_id, on_date, recorded_at)
VALUES ($commitment_id, $kind, $amount_satang, $instalment, $entry_id, $on_date, $recorded_at);

-- ledger_rules_of :many
-- in fy fiscal_year, support_type code, owner_type code
-- scan r: a handful of rules
-- all: a handful of rules
-- # The most exact row first, then the newest.
SELECT r.is_needed
FROM ledger_agreement_rule r
WHERE (r.fy_from IS NULL OR r.fy_from <= $fy) AND (r.fy_to IS NULL OR r.fy_to >= $fy)
  AND (r.support_type_code IS NULL OR r.support_type_code = $support_type)
  AND (r.owner_type_code IS NULL OR r.owner_type_code = $owner_type)
ORDER BY CASE WHEN r.support_type_code IS NULL THEN 1 ELSE 0 END + CASE WHEN r.owner_type_code IS NULL THEN 1 ELSE 0 END,
         COALESCE(r.fy_from, 0) DESC, r.id;

-- ledger_has_rules :one
-- out n int
SELECT CAST(COUNT(*) AS BIGINT) AS n FROM ledger_agreement_rule r WHERE r.id > 0;

-- ledger_add_rule :exec
-- in support_type_code code?, owner_type_code code?, is_needed flag, fy_from fiscal_year?, fy_to fiscal_year?, certainty code, source text, note_th text?
INSERT INTO ledger_agreement_rule (support_type_code, owner_type_code, is_needed, fy_from, fy_to, certainty, source, note_th)
VALUES ($support_type_code, $owner_type_code, $is_needed, $fy_from, $fy_to, $certainty, $source, $note_th);

-- ---- months ----

-- ledger_add_close :exec
-- in book_id ledger_book_id, closed_through date, balance_satang satang, seq int, account_no int?, grant_no int?, recorded_at instant
INSERT INTO ledger_close (book_id, closed_through, balance_satang, seq, account_no, grant_no, recorded_at)
VALUES ($book_id, $closed_through, $balance_satang, $seq, $account_no, $grant_no, $recorded_at);

-- ---- reading ----

-- ledger_list_entries :many
-- in book_id ledger_book_id, last date, word code?, after_on date, after ledger_entry_id, most int
-- out bank_satang satang, reversed_by ledger_entry_id?, reversed_by_fy fiscal_year?, reversed_by_number int?, reversal_of_fy fiscal_year?, reversal_of_number int?
-- # The rows of a page and no other; what is in the bank after each is added up by the reader, from ledger_bank_before.
SELECT e.id, f.code AS fund_code, b.book, e.fy, e.number, e.kind, e.entry_date, e.recorded_at, e.amount_satang,
       e.source, e.support_type_code, e.issue_code, e.project_code, e.reference, e.reversal_of,
       e.is_entered_later, e.account_no, e.grant_no, t.memo, t.party, t.reason, s.seq, s.hash, s.prev_hash,
       (SELECT CAST(COALESCE(SUM(l.amount_satang), 0) AS BIGINT) FROM ledger_line l
        WHERE l.entry_id = e.id AND l.account = '10201') AS bank_satang,
       r.id AS reversed_by, r.fy AS reversed_by_fy, r.number AS reversed_by_number,
       o.fy AS reversal_of_fy, o.number AS reversal_of_number
FROM ledger_entry e
JOIN ledger_book b ON b.id = e.book_id
JOIN fund f ON f.id = b.fund_id
JOIN ledger_entry_text t ON t.entry_id = e.id
JOIN ledger_seal s ON s.entry_id = e.id
LEFT JOIN ledger_entry r ON r.reversal_of = e.id
LEFT JOIN ledger_entry o ON o.id = e.reversal_of
WHERE e.book_id = $book_id AND (e.entry_date, e.id) > ($after_on, $after) AND e.entry_date <= $last
  AND ($word IS NULL OR e.source = $word OR e.kind = $word)
ORDER BY e.entry_date, e.id
LIMIT $most;

-- ledger_bank_before :one
-- in book_id ledger_book_id, on_day date, id ledger_entry_id
-- out satang_before satang
-- # What was in the bank before an entry, in the order of the control book: what there is now without what moved from
-- # its month on, and what its month has before it.
SELECT CAST(b.left_satang
            - COALESCE((SELECT SUM(m.total_satang) FROM ledger_month_sum m
                        WHERE m.book_id = b.book_id AND m.month >= substr($on_day, 1, 7) AND m.account = '10201'), 0)
            + COALESCE((SELECT SUM(l.amount_satang) FROM ledger_entry e
                        JOIN ledger_line l ON l.entry_id = e.id AND l.account = '10201'
                        WHERE e.book_id = b.book_id AND e.entry_date >= substr($on_day, 1, 7)
                          AND (e.entry_date, e.id) < ($on_day, $id)), 0) AS BIGINT) AS satang_before
FROM ledger_balance b
WHERE b.book_id = $book_id;

-- ledger_walk_bank :each
-- in book_id ledger_book_id, first_on date, first ledger_entry_id, last_on date, last ledger_entry_id
-- out bank_satang satang
-- # What every entry moved at the bank, from one to another: a list that leaves entries out still counts them.
SELECT e.id, (SELECT CAST(COALESCE(SUM(l.amount_satang), 0) AS BIGINT) FROM ledger_line l
              WHERE l.entry_id = e.id AND l.account = '10201') AS bank_satang
FROM ledger_entry e
WHERE e.book_id = $book_id AND (e.entry_date, e.id) >= ($first_on, $first) AND (e.entry_date, e.id) <= ($last_on, $last)
ORDER BY e.entry_date, e.id;

-- ledger_get_entry :one
-- in fund_code code, id ledger_entry_id
-- out bank_satang satang, reversed_by ledger_entry_id?, reversed_by_fy fiscal_year?, reversed_by_number int?, reversal_of_fy fiscal_year?, reversal_of_number int?
SELECT e.id, e.book_id, f.code AS fund_code, b.book, e.fy, e.number, e.kind, e.entry_date, e.recorded_at, e.amount_satang,
       e.source, e.support_type_code, e.issue_code, e.project_code, e.reference, e.reversal_of,
       e.is_entered_later, e.account_no, e.grant_no, t.memo, t.party, t.reason, s.seq, s.hash, s.prev_hash,
       (SELECT CAST(COALESCE(SUM(l.amount_satang), 0) AS BIGINT) FROM ledger_line l
        WHERE l.entry_id = e.id AND l.account = '10201') AS bank_satang,
       r.id AS reversed_by, r.fy AS reversed_by_fy, r.number AS reversed_by_number,
       o.fy AS reversal_of_fy, o.number AS reversal_of_number
FROM ledger_entry e
JOIN ledger_book b ON b.id = e.book_id
JOIN fund f ON f.id = b.fund_id
JOIN ledger_entry_text t ON t.entry_id = e.id
JOIN ledger_seal s ON s.entry_id = e.id
LEFT JOIN ledger_entry r ON r.reversal_of = e.id
LEFT JOIN ledger_entry o ON o.id = e.reversal_of
WHERE e.id = $id AND f.code = $fund_code;

-- ---- drafts ----

-- ledger_add_draft :one
-- in book_id ledger_book_id, kind code, fields text, from_entry_id ledger_entry_id?, account_no int?, recorded_at instant
INSERT INTO ledger_draft (book_id, kind, fields, from_entry_id, account_no, recorded_at, version)
VALUES ($book_id, $kind, $fields, $from_entry_id, $account_no, $recorded_at, 1)
RETURNING id;

-- ledger_change_draft :exec
-- in id ledger_draft_id, book_id ledger_book_id, version int, fields text, recorded_at instant
UPDATE ledger_draft SET fields = $fields, recorded_at = $recorded_at, version = version + 1
WHERE id = $id AND book_id = $book_id AND version = $version;

-- ledger_delete_draft :exec
-- in id ledger_draft_id, book_id ledger_book_id
DELETE FROM ledger_draft WHERE id = $id AND book_id = $book_id;

-- ledger_list_drafts :many
-- in book_id ledger_book_id, most int
SELECT d.id, d.kind, d.fields, d.from_entry_id, d.recorded_at, d.version
FROM ledger_draft d
WHERE d.book_id = $book_id
ORDER BY d.id DESC
LIMIT $most;

-- ledger_get_draft :one
-- in id ledger_draft_id, book_id ledger_book_id
SELECT d.id, d.kind, d.fields, d.from_entry_id, d.recorded_at, d.version
FROM ledger_draft d
WHERE d.id = $id AND d.book_id = $book_id;
-- ---- what the pages show beside the books ----

-- ledger_fund_head :one
-- in code code
SELECT f.id, f.code, f.is_demo, n.name_th, n.name_en
FROM fund f
JOIN org_name n ON n.org_id = f.org_id AND n.valid_to IS NULL
WHERE f.code = $code;

-- ledger_support_list :many
-- in fy fiscal_year
-- scan t: ten rows
-- all: ten rows
SELECT t.code, t.name_th, t.name_en, t.short_th, t.short_en, t.account_code
FROM support_type t
WHERE (t.fy_from IS NULL OR t.fy_from <= $fy) AND (t.fy_to IS NULL OR t.fy_to >= $fy)
ORDER BY t.sort_order;

-- ledger_owner_list :many
-- scan t: ten rows
-- all: ten rows
SELECT t.code, t.name_th, t.name_en FROM owner_type t ORDER BY t.sort_order;

-- ledger_grant_role :one
-- in id account_grant_id
SELECT g.role FROM account_grant g WHERE g.id = $id;

-- ledger_audit_list :many
-- in thing_id int, most int
SELECT a.id, a.recorded_at, a.action, a.account_no
FROM audit a
WHERE a.thing = 'ledger_entry' AND a.thing_id = $thing_id
ORDER BY a.id
LIMIT $most;

-- ---- the annual finance plan ----

-- ledger_get_plan :one
-- in fund_id fund_id, fy fiscal_year
SELECT p.id, p.income_nhso_satang, p.income_local_satang, p.income_other_satang, p.agreed_on, p.agreed_in, p.version
FROM ledger_plan p
WHERE p.fund_id = $fund_id AND p.fy = $fy;

-- ledger_plan_lines_of :many
-- in plan_id ledger_plan_id
-- all: a plan has at most LEDGER_PLAN_LINES_MAX lines
SELECT l.title, l.unit_name, l.support_type_code, l.issue_code, l.amount_satang
FROM ledger_plan_line l
WHERE l.plan_id = $plan_id
ORDER BY l.position;

-- ledger_add_plan :one
-- in fund_id fund_id, fy fiscal_year, income_nhso_satang satang?, income_local_satang satang?, income_other_satang satang?, agreed_on date?, agreed_in text?, account_no int?, recorded_at instant
INSERT INTO ledger_plan (fund_id, fy, income_nhso_satang, income_local_satang, income_other_satang, agreed_on,
                         agreed_in, account_no, recorded_at, version)
VALUES ($fund_id, $fy, $income_nhso_satang, $income_local_satang, $income_other_satang, $agreed_on, $agreed_in,
        $account_no, $recorded_at, 1)
RETURNING id;

-- ledger_change_plan :exec
-- in id ledger_plan_id, version int, income_nhso_satang satang?, income_local_satang satang?, income_other_satang satang?, agreed_on date?, agreed_in text?, account_no int?, recorded_at instant
UPDATE ledger_plan
SET income_nhso_satang = $income_nhso_satang, income_local_satang = $income_local_satang,
    income_other_satang = $income_other_satang, agreed_on = $agreed_on, agreed_in = $agreed_in,
    account_no = $account_no, recorded_at = $recorded_at, version = version + 1
WHERE id = $id AND version = $version;

-- ledger_delete_plan_lines :exec
-- in plan_id ledger_plan_id
DELETE FROM ledger_plan_line WHERE plan_id = $plan_id;

-- ledger_add_plan_line :exec
-- in plan_id ledger_plan_id, position int, title text, unit_name text?, support_type_code code, issue_code code?, amount_satang satang
INSERT INTO ledger_plan_line (plan_id, position, title, unit_name, support_type_code, issue_code, amount_satang)
VALUES ($plan_id, $position, $title, $unit_name, $support_type_code, $issue_code, $amount_satang);

-- ledger_ceiling_of :many
-- in support_type code, rule code, fy fiscal_year
-- all: one rule, a handful of its values
-- # In force in that year: a claim without a first year is none.
SELECT r.value_bp
FROM support_type_rule r
WHERE r.support_type_code = $support_type AND r.rule = $rule AND r.fy_from IS NOT NULL AND r.fy_from <= $fy
  AND (r.fy_to IS NULL OR r.fy_to >= $fy)
ORDER BY COALESCE(r.fy_from, 0) DESC, r.id;

-- ---- verification and export ----

-- ledger_walk_books :many
-- in after ledger_book_id, most int
-- out balance_satang satang?, head_seq int?, head_hash text?
SELECT b.id, b.fund_id, f.code AS fund_code, b.book, b.opened_on, b.recorded_at, l.left_satang AS balance_satang,
       h.seq AS head_seq, h.hash AS head_hash
FROM ledger_book b
JOIN fund f ON f.id = b.fund_id
LEFT JOIN ledger_balance l ON l.book_id = b.id
LEFT JOIN ledger_head h ON h.book_id = b.id
WHERE b.id > $after
ORDER BY b.id
LIMIT $most;

-- ledger_walk_entries :many
-- in book_id ledger_book_id, after int, most int
-- out salt text?, memo text?, memo_hash text?, party text?, party_hash text?, reason text?, reason_hash text?, entry_book_id ledger_book_id?, id ledger_entry_id?, fy fiscal_year?, number int?, kind code?, entry_date date?, recorded_at instant?, amount_satang satang?, source code?, support_type_code code?, issue_code code?, commitment_id ledger_commitment_id?, instalment int?, project_code code?, reference text?, reversal_of ledger_entry_id?, is_later int, account_no int?, grant_no int?
-- # By the place in the chain; a seal whose entry is gone is a row as well.
SELECT s.entry_id, s.seq, s.prev_hash, s.hash, e.id, e.book_id AS entry_book_id, e.fy, e.number, e.kind,
       e.entry_date, e.recorded_at, e.amount_satang, e.source, e.support_type_code, e.issue_code, e.commitment_id,
       e.instalment, e.project_code, e.reference, e.reversal_of, COALESCE(e.is_entered_later, 0) AS is_later,
       e.account_no, e.grant_no, t.salt, t.memo, t.memo_hash, t.party, t.party_hash, t.reason,
       t.reason_hash
FROM ledger_seal s
LEFT JOIN ledger_entry e ON e.id = s.entry_id
LEFT JOIN ledger_entry_text t ON t.entry_id = s.entry_id
WHERE s.book_id = $book_id AND s.seq > $after
ORDER BY s.seq
LIMIT $most;

-- ledger_walk_lines :many
-- in book_id ledger_book_id, first int, last int
-- all: the lines of a page of the chain
SELECT s.seq, l.position, l.account, l.amount_satang
FROM ledger_seal s
JOIN ledger_line l ON l.entry_id = s.entry_id
WHERE s.book_id = $book_id AND s.seq >= $first AND s.seq <= $last
ORDER BY s.seq, l.position;

-- ledger_unsealed :many
-- in book_id ledger_book_id, most int
SELECT e.id, e.fy, e.number
FROM ledger_entry e
LEFT JOIN ledger_seal s ON s.entry_id = e.id AND s.book_id = e.book_id
WHERE e.book_id = $book_id AND s.entry_id IS NULL
ORDER BY e.fy, e.number -- the book's own key: by e.id PostgreSQL may go through every book for the first few
LIMIT $most;

-- ledger_counters_of :many
-- in book_id ledger_book_id
-- all: one row a year
SELECT c.fy, c.last FROM ledger_counter c WHERE c.book_id = $book_id ORDER BY c.fy;

-- ledger_closes_of :many
-- in book_id ledger_book_id
-- out right_satang satang, late int
-- all: one row a month
-- # What the lines say of each closed month, and how many entries were put into it afterwards.
SELECT c.closed_through, c.balance_satang, c.seq,
       (SELECT CAST(COALESCE(SUM(l.amount_satang), 0) AS BIGINT) FROM ledger_entry e
        JOIN ledger_line l ON l.entry_id = e.id AND l.account = '10201'
        WHERE e.book_id = c.book_id AND e.entry_date <= c.closed_through) AS right_satang,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM ledger_entry x JOIN ledger_seal s ON s.entry_id = x.id
        WHERE x.book_id = c.book_id AND x.entry_date <= c.closed_through AND s.seq > c.seq) AS late
FROM ledger_close c
WHERE c.book_id = $book_id
ORDER BY c.closed_through;

-- ledger_check_commitments :many
-- in book_id ledger_book_id
-- out moved_satang satang, entered_satang satang, paid_satang satang, opened_satang satang, before_satang satang, parts_satang satang, nparts int
-- all: every promise of one book
-- # left by its own moves; paid by moves and by the entries, which must agree.
SELECT c.id, c.fy, c.project_code, c.amount_satang, c.paid_before_satang, c.left_satang, c.is_released,
       (SELECT CAST(COALESCE(SUM(CASE WHEN m.kind IN ('open', 'unpay') THEN m.amount_satang ELSE -m.amount_satang END), 0)
                    AS BIGINT)
        FROM ledger_commitment_move m WHERE m.commitment_id = c.id) AS moved_satang,
       (SELECT CAST(COALESCE(SUM(CASE WHEN m.kind = 'open' THEN m.amount_satang ELSE 0 END), 0) AS BIGINT)
        FROM ledger_commitment_move m WHERE m.commitment_id = c.id) AS opened_satang,
       (SELECT CAST(COALESCE(SUM(CASE WHEN m.kind = 'paid_before' THEN m.amount_satang ELSE 0 END), 0) AS BIGINT)
        FROM ledger_commitment_move m WHERE m.commitment_id = c.id) AS before_satang,
       (SELECT CAST(COALESCE(SUM(CASE WHEN m.kind = 'pay' THEN m.amount_satang WHEN m.kind = 'unpay' THEN -m.amount_satang
                                      ELSE 0 END), 0) AS BIGINT)
        FROM ledger_commitment_move m WHERE m.commitment_id = c.id) AS paid_satang,
       (SELECT CAST(COALESCE(SUM(CASE WHEN e.kind = 'payment' THEN e.amount_satang ELSE -e.amount_satang END), 0) AS BIGINT)
        FROM ledger_entry e WHERE e.commitment_id = c.id) AS entered_satang,
       (SELECT CAST(COALESCE(SUM(i.amount_satang), 0) AS BIGINT) FROM ledger_instalment i
        WHERE i.commitment_id = c.id) AS parts_satang,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM ledger_instalment i WHERE i.commitment_id = c.id) AS nparts
FROM ledger_commitment c
WHERE c.book_id = $book_id
ORDER BY c.fy, c.id;

-- ledger_check_instalments :many
-- in book_id ledger_book_id
-- out paid_satang satang
-- all: every instalment of one book
SELECT c.fy, c.project_code, c.is_released, c.amount_satang AS approved_satang, c.paid_before_satang AS before_satang,
       i.position, i.amount_satang, i.left_satang, i.shut_since,
       (SELECT CAST(COALESCE(SUM(CASE WHEN m.kind = 'pay' THEN m.amount_satang WHEN m.kind = 'unpay' THEN -m.amount_satang
                                      ELSE 0 END), 0) AS BIGINT)
        FROM ledger_commitment_move m WHERE m.commitment_id = c.id AND m.instalment = i.position) AS paid_satang
FROM ledger_commitment c
JOIN ledger_instalment i ON i.commitment_id = c.id
WHERE c.book_id = $book_id
ORDER BY c.fy, c.id, i.position;

-- ledger_seal_at :one
-- in code code, book code, seq int
SELECT s.hash
FROM fund f
JOIN ledger_book b ON b.fund_id = f.id AND b.book = $book
JOIN ledger_seal s ON s.book_id = b.id AND s.seq = $seq
WHERE f.code = $code;

-- ledger_moves_of :many
-- in book_id ledger_book_id
-- all: the moves of one book's promises
SELECT m.id, m.kind, m.amount_satang, m.entry_id, m.on_date, m.recorded_at, m.commitment_id, c.issue_code,
       c.support_type_code
FROM ledger_commitment_move m
JOIN ledger_commitment c ON c.id = m.commitment_id
WHERE c.book_id = $book_id
ORDER BY m.commitment_id, m.id;

-- ledger_flows_of :many
-- in book_id ledger_book_id
-- out undone_kind code?, undone_source code?
-- all: the entries of one book
SELECT e.id, e.kind, e.fy, e.entry_date, e.recorded_at, e.amount_satang, e.source, e.issue_code,
       e.support_type_code, o.kind AS undone_kind, o.source AS undone_source
FROM ledger_entry e
LEFT JOIN ledger_entry o ON o.id = e.reversal_of
WHERE e.book_id = $book_id
ORDER BY e.id;

-- ledger_main_book :one
-- in fund_id fund_id
SELECT b.id, b.opened_on, b.recorded_at FROM ledger_book b WHERE b.fund_id = $fund_id AND b.book = 'main';

-- ledger_agreed_plans :many
-- in fund_id fund_id
-- all: a fund's years
SELECT p.id, p.fy, p.agreed_on, p.recorded_at
FROM ledger_plan p WHERE p.fund_id = $fund_id AND p.agreed_on IS NOT NULL ORDER BY p.fy;

-- ledger_export_lines :each
-- in code code, fy fiscal_year
-- out reversal_fy fiscal_year?, reversal_number int?
-- # Every line of a year of a fund's books, in the order of the entries.
SELECT b.book, e.number, e.entry_date, e.recorded_at, e.kind, l.account, l.amount_satang, f.code AS fund_code,
       e.fy, e.project_code, e.reference, t.memo, o.fy AS reversal_fy, o.number AS reversal_number, s.hash
FROM fund f
JOIN ledger_book b ON b.fund_id = f.id
JOIN ledger_entry e ON e.book_id = b.id AND e.fy = $fy
JOIN ledger_line l ON l.entry_id = e.id
JOIN ledger_entry_text t ON t.entry_id = e.id
JOIN ledger_seal s ON s.entry_id = e.id
LEFT JOIN ledger_entry o ON o.id = e.reversal_of
WHERE f.code = $code
ORDER BY b.book DESC, e.number, l.position;

-- ---- the demo ----

-- ledger_demo_funds :many
-- scan f: the demo has some seventy funds, and they are made once
-- all: the demo has some seventy funds
SELECT f.id, f.code FROM fund f WHERE f.is_demo = 1 ORDER BY f.code;

-- ---- more of the pages ----

-- ledger_instalment_list :many
-- in id ledger_commitment_id
-- all: at most a dozen a commitment
SELECT i.position, i.amount_satang, i.left_satang, i.due_on, i.shut_since
FROM ledger_instalment i
WHERE i.commitment_id = $id
ORDER BY i.position;

-- ledger_paid_entries :many
-- in id ledger_commitment_id, most int
-- # What was paid of a promise and what of it was taken back, as it was booked.
SELECT e.id, e.fy, e.number, m.kind, e.entry_date, e.amount_satang
FROM ledger_commitment_move m
JOIN ledger_entry e ON e.id = m.entry_id
WHERE m.commitment_id = $id AND m.kind IN ('pay', 'unpay')
ORDER BY m.id
LIMIT $most;

-- ledger_released_paid :many
-- in book_id ledger_book_id, most int
-- out paid_satang satang!
-- # What was paid of commitments whose rest was released: nothing is left there to tell it.
SELECT c.id, CAST(SUM(CASE WHEN m.kind = 'unpay' THEN -m.amount_satang ELSE m.amount_satang END) AS BIGINT) AS paid_satang
FROM ledger_commitment c
JOIN ledger_commitment_move m ON m.commitment_id = c.id
WHERE c.book_id = $book_id AND c.is_released = 1 AND m.kind IN ('paid_before', 'pay', 'unpay')
GROUP BY c.id
ORDER BY c.id
LIMIT $most;
