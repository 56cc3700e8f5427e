-- fund_x :one
-- in code code
SELECT id,
       nmae_th
FROM fund WHERE code = $code;
