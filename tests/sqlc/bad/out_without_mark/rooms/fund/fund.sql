-- fund_x :one
-- in code code
-- out founded_on date
SELECT id, founded_on FROM fund WHERE code = $code;
