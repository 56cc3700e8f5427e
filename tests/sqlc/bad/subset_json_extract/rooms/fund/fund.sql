-- fund_x :one
SELECT id FROM fund
WHERE json_extract(name_th, '$.a') = '1';
