-- fund_x :many
-- in id fund_id
SELECT fund_id FROM fund_tag WHERE fund_id = $id UNION SELECT id FROM fund WHERE id = $id LIMIT 9;
