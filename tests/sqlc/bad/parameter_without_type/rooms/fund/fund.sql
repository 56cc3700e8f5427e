-- fund_x :one
-- in code
SELECT id FROM fund WHERE code = $code;
