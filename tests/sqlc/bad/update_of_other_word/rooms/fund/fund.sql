-- fund_x :exec
-- in id fund_year_id, amount count
UPDATE fund_year SET nhso_amount = $amount WHERE id = $id;
