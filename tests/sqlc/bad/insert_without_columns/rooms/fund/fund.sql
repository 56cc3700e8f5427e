-- fund_x :exec
-- in fund_id fund_id, tag code
INSERT INTO fund_tag VALUES ($fund_id, $tag);
