-- fund_x :one
-- fund_y :one
-- in code code
SELECT id FROM fund WHERE code = $code;
