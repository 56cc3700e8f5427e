-- fund_x :one
SELECT id FROM fund
WHERE rowid = 1;
