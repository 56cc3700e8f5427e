-- ledger_sum :one
-- in fund_id fund_id, first date, last date
-- out total satang, name_th text!
SELECT f.name_th, CAST(COALESCE(SUM(e.amount), 0) AS BIGINT) AS total
FROM fund f LEFT JOIN entry e ON e.fund_id = f.id AND e.on_date >= $first AND e.on_date <= $last
WHERE f.id = $fund_id GROUP BY f.id, f.name_th;
