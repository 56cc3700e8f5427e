-- fund_x :one
SELECT id FROM fund
WHERE name_th GLOB 'x*';
