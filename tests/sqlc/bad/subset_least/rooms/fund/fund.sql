-- fund_x :one
SELECT id FROM fund
WHERE id = least(1, 2);
