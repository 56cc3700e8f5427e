-- fund_x :one
-- in fund_id fund_id, tag code
INSERT INTO fund_tag (fund_id, tag) VALUES ($fund_id, $tag) RETURNING *;
