-- fund_x :one
-- in id area_id
SELECT code FROM fund f WHERE f.id = $id;
