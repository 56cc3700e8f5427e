-- fund_x :one
-- in code code
SELECT f.id, a.id FROM fund f JOIN area a ON a.id = f.area_id WHERE f.code = $code;
