-- fund_x :one
SELECT DISTINCT ON (code) code
FROM fund WHERE code = 'x';
