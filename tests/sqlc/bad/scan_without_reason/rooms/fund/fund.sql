-- fund_x :one
-- scan f:
-- in name_th text
SELECT f.id FROM fund f WHERE f.name_th = $name_th;
