-- fund_x :one
SELECT id FROM fund WHERE code = $code;
