-- fund_x :exec
-- in id area_id, name_th text
UPDATE area SET name_th = $name_th WHERE id = $id;
