-- fund_x :one
-- in code code
SELECT id FROM fnud WHERE code = $code;
