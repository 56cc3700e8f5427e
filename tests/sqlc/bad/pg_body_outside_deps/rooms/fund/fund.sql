-- fund_x :one
-- in id fund_id
-- sqlite
SELECT id FROM fund WHERE id = $id;
-- pg
SELECT fund_id AS id FROM entry WHERE fund_id = $id;
