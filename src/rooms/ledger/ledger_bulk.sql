-- Named queries of room ledger for whole books written at once (ledger_bulk.c), and a few of a year that stands.

-- ledger_last_ids :one
-- out book int, entry int, commitment int, move int
-- scan constant: one row of four numbers
-- # The largest that were given; 0 where there is none.
SELECT CAST(COALESCE((SELECT MAX(b.id) FROM ledger_book b), 0) AS BIGINT) AS book,
       CAST(COALESCE((SELECT MAX(e.id) FROM ledger_entry e), 0) AS BIGINT) AS entry,
       CAST(COALESCE((SELECT MAX(c.id) FROM ledger_commitment c), 0) AS BIGINT) AS commitment,
       CAST(COALESCE((SELECT MAX(m.id) FROM ledger_commitment_move m), 0) AS BIGINT) AS move;

-- ledger_add_counter :exec
-- in book_id ledger_book_id, fy fiscal_year, last int
INSERT INTO ledger_counter (book_id, fy, last) VALUES ($book_id, $fy, $last);

-- ledger_held_on :one
-- in book_id ledger_book_id, day date
-- out held_satang satang
-- # What was promised and neither paid nor released at the end of that day.
SELECT CAST(COALESCE(SUM(CASE WHEN m.kind IN ('open', 'unpay') THEN m.amount_satang ELSE -m.amount_satang END), 0)
            AS BIGINT) AS held_satang
FROM ledger_commitment c
JOIN ledger_commitment_move m ON m.commitment_id = c.id
WHERE c.book_id = $book_id AND m.on_date <= $day;

-- ledger_year_money :one
-- in fund_id fund_id, fy fiscal_year
SELECT y.nhso_amount_satang, y.match_entered_satang FROM fund_year y WHERE y.fund_id = $fund_id AND y.fy = $fy;

-- ledger_demo_grant :one
-- in login code, fund_id fund_id
SELECT a.id AS account, g.id AS grant_row
FROM account a
JOIN account_grant g ON g.account_id = a.id AND g.fund_id = $fund_id AND g.role = $login
WHERE a.login = $login;
