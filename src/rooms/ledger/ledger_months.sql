-- Named queries of room ledger: the sums of a book's months, account by account, moved by the posting.

-- ledger_move_month :exec
-- in book_id ledger_book_id, on_day date, account code, delta satang
INSERT INTO ledger_month_sum (book_id, month, account, total_satang) VALUES ($book_id, substr($on_day, 1, 7), $account, $delta)
ON CONFLICT (book_id, month, account)
DO UPDATE SET total_satang = ledger_month_sum.total_satang + excluded.total_satang;

-- ledger_fill_months :exec
-- in book_id ledger_book_id
-- # Of a book that was written at once.
INSERT INTO ledger_month_sum (book_id, month, account, total_satang)
SELECT e.book_id, substr(e.entry_date, 1, 7), l.account, CAST(SUM(l.amount_satang) AS BIGINT)
FROM ledger_entry e
JOIN ledger_line l ON l.entry_id = e.id
WHERE e.book_id = $book_id
GROUP BY e.book_id, substr(e.entry_date, 1, 7), l.account;

-- ledger_sum_before :one
-- in book_id ledger_book_id, first date
-- out satang_before satang
-- # Before the first of a month: what there is now without what moved from that month on.
SELECT CAST(b.left_satang - COALESCE((SELECT SUM(m.total_satang) FROM ledger_month_sum m
                                      WHERE m.book_id = b.book_id AND m.month >= substr($first, 1, 7)
                                        AND m.account = '10201'), 0) AS BIGINT) AS satang_before
FROM ledger_balance b
WHERE b.book_id = $book_id;

-- ledger_sum_accounts :many
-- in book_id ledger_book_id, first date, last date
-- out total_satang satang
-- all: a book has some fifteen accounts
-- # Of whole months.
SELECT m.account, CAST(SUM(m.total_satang) AS BIGINT) AS total_satang
FROM ledger_month_sum m
WHERE m.book_id = $book_id AND m.month >= substr($first, 1, 7) AND m.month <= substr($last, 1, 7)
GROUP BY m.account
ORDER BY m.account;

-- ledger_month_list :many
-- in book_id ledger_book_id, first date, last date
-- out kind text!, total_satang satang!
-- all: twelve months of four kinds of account at most
-- # What moved in each month of a year, by the first digit of the account.
SELECT m.month, substr(m.account, 1, 1) AS kind, CAST(SUM(m.total_satang) AS BIGINT) AS total_satang
FROM ledger_month_sum m
WHERE m.book_id = $book_id AND m.month >= substr($first, 1, 7) AND m.month <= substr($last, 1, 7)
GROUP BY m.month, substr(m.account, 1, 1);

-- ledger_check_months :many
-- in book_id ledger_book_id
-- out month code, account code, kept satang, right_sum satang
-- all: only differences come out
-- scan d: the months and lines of one book
SELECT d.month, d.account, CAST(SUM(d.kept) AS BIGINT) AS kept, CAST(SUM(d.entered) AS BIGINT) AS right_sum
FROM (SELECT m.month, m.account, m.total_satang AS kept, 0 AS entered FROM ledger_month_sum m WHERE m.book_id = $book_id
      UNION ALL
      SELECT substr(e.entry_date, 1, 7), l.account, 0, l.amount_satang
      FROM ledger_entry e
      JOIN ledger_line l ON l.entry_id = e.id
      WHERE e.book_id = $book_id) d
GROUP BY d.month, d.account
HAVING CAST(SUM(d.kept - d.entered) AS BIGINT) <> 0
ORDER BY d.month, d.account;
