-- fund_x :many
-- in fund_id fund_id, first fiscal_year, last int
SELECT id FROM fund_year WHERE fund_id = $fund_id AND fy BETWEEN $first AND $last LIMIT 9;
