-- Named queries of room ledger for whole books written at once (ledger_bulk.c).

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
