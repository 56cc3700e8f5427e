-- fund_x :one
-- in code code
SELECT name_th || code AS both_th FROM fund WHERE code = $code;
