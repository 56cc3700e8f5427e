-- fund_x :many
-- in least_n count
SELECT id FROM fund_year WHERE fy = 2569 AND is_closed = 0 AND $least_n <= nhso_amount LIMIT 9;
