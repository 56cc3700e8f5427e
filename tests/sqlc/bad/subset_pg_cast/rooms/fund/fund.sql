-- fund_x :one
SELECT id FROM fund
WHERE id = '1'::bigint;
