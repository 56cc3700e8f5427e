-- fund_x :one
SELECT id FROM fund
WHERE id = greatest(1, 2);
