-- fund_x :one
-- in code code
SELECT name_th || code FROM fund WHERE code = $code;
