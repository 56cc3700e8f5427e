-- fund_x :one
-- in code code
-- scan fund: it was one once
SELECT id FROM fund WHERE code = $code;
