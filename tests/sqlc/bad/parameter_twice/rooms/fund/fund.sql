-- fund_x :one
-- in code code, code code
SELECT id FROM fund WHERE code = $code;
