-- Named queries of room ledger; the language is described in docs/sqlc.md.

-- ledger_book_ids :many
-- in fund_id fund_id
-- all: a fund has two books at most
SELECT b.id, b.book FROM ledger_book b WHERE b.fund_id = $fund_id;
