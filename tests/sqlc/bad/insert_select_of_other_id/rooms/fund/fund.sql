-- fund_x :exec
-- in fy fiscal_year, area_id area_id
INSERT INTO fund_year (fund_id, fy) SELECT f.area_id, $fy FROM fund f WHERE f.area_id = $area_id;
