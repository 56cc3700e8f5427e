-- fund_x :one
-- in code code
-- sqlite
SELECT id FROM fund WHERE code = $code;
