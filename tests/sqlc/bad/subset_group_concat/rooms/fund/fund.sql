-- fund_x :one
-- out x text
SELECT group_concat(code) AS x
FROM fund WHERE code = 'x';
