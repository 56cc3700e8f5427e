-- fund_x :many
-- in area_id area_id, fy fiscal_year
SELECT f.id FROM fund f LEFT JOIN fund_year y ON y.fund_id = f.id AND y.fy = $fy WHERE f.area_id = $area_id ORDER BY y.fy, f.id LIMIT 9;
