-- fund_x :one
-- in code code
-- out n ghost_id
SELECT 1 + 1 AS n FROM fund WHERE code = $code;
