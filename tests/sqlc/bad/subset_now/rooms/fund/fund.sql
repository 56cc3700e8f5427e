-- fund_x :one
SELECT id FROM fund
WHERE made_at < now();
