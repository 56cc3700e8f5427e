-- fund_x :one
-- in code code
-- out name_th code
SELECT id, name_th FROM fund WHERE code = $code;
