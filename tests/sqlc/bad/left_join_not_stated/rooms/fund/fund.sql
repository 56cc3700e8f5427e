-- fund_x :one
-- in code code, fy fiscal_year
SELECT f.id, y.fy FROM fund f
LEFT JOIN fund_year y ON y.fund_id = f.id AND y.fy = $fy WHERE f.code = $code;
