-- fund_x :many
-- in fy fiscal_year
-- out n count
SELECT s.n FROM (SELECT fund_id, CAST(COUNT(*) AS BIGINT) AS n FROM fund_year WHERE fy = $fy AND is_closed = 0 GROUP BY fund_id) s LIMIT 9;
