-- fund_x :one
-- out x text
SELECT string_agg(code, ',') AS x
FROM fund WHERE code = 'x';
