-- fund_x :exec
-- in id fund_year_id, is_closed flag?
UPDATE fund_year SET is_closed = $is_closed WHERE id = $id;
