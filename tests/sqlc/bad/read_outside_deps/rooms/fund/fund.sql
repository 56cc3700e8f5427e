-- fund_x :one
-- in id fund_id
SELECT on_date
FROM entry WHERE fund_id = $id LIMIT 1;
