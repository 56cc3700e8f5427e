-- fund_x :many
-- in area_id area_id
SELECT f.id, t.tag FROM fund f JOIN fund_tag t ON t.tag = f.name_th WHERE f.area_id = $area_id LIMIT 9;
