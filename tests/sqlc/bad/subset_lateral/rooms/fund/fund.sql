-- fund_x :one
SELECT f.id FROM fund f, LATERAL (SELECT 1) x WHERE f.code = 'x';
