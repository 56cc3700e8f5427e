-- fund_x :one
-- in code code
-- out nothing text
SELECT id FROM fund WHERE code = $code;
