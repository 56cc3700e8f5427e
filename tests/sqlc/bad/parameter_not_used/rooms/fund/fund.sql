-- fund_x :one
-- in code code, id fund_id
SELECT id FROM fund WHERE code = $code;
