-- fund_x :exec
-- in fund_id fund_id, tag code
INSERT OR IGNORE INTO fund_tag (fund_id, tag) VALUES ($fund_id, $tag);
