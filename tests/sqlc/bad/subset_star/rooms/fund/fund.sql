-- fund_x :one
SELECT *
FROM fund WHERE code = 'x';
