-- fund_x :one
SELECT fund.*
FROM fund WHERE code = 'x';
