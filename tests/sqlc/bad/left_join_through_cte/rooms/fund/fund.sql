-- fund_x :one
-- in code code, fy fiscal_year
WITH ys AS (SELECT fund_id, fy FROM fund_year WHERE fy = $fy)
SELECT f.id, s.fy FROM fund f LEFT JOIN ys s ON s.fund_id = f.id WHERE f.code = $code;
