-- fund_x :one
-- in code code
-- out n int, n int
SELECT 1 + 1 AS n FROM fund WHERE code = $code;
