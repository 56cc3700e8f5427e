-- fund_x :one
-- in code code
SELECT (SELECT y.fy FROM fund_year y WHERE y.fund_id = f.id LIMIT 1) AS fy FROM fund f WHERE f.code = $code;
