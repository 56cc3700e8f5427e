-- fund_x :one
-- in id fund_id
DELETE FROM fund WHERE id = $id;
