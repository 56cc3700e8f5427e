-- fund_x :exec
-- in id area_id
DELETE FROM area WHERE id = $id;
