-- fund_x :one
-- in code code
SELECT f.id FROM fund f JOIN fund_year y ON y.fund_id = f.area_id WHERE f.code = $code;
