-- fund_x :one
-- in id project_id
SELECT code FROM fund WHERE id = $id;
