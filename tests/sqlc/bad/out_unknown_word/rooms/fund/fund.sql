-- fund_x :one
-- in code code
-- out n integer
SELECT 1 + 1 AS n FROM fund WHERE code = $code;
