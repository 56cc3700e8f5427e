-- fund_x :many
-- all:
-- in area_id area_id
SELECT id FROM fund WHERE area_id = $area_id;
