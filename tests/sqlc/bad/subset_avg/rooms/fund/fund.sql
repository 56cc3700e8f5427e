-- fund_x :one
-- out x text
SELECT avg(id) AS x
FROM fund WHERE code = 'x';
