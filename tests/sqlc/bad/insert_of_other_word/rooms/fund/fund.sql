-- fund_x :exec
-- in fund_id fund_id, fy fiscal_year, amount int
INSERT INTO fund_year (fund_id, fy, nhso_amount) VALUES ($fund_id, $fy, $amount);
