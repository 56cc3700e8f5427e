-- fund_x :one
SELECT id FROM fund
WHERE id = max(1, 2);
