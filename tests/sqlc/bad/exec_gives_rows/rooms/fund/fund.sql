-- fund_x :exec
-- in code code
SELECT id FROM fund WHERE code = $code;
