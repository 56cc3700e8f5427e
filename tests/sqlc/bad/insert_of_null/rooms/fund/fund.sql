-- fund_x :exec
-- in fund_id fund_id?, fy fiscal_year
INSERT INTO fund_year (fund_id, fy) VALUES ($fund_id, $fy);
