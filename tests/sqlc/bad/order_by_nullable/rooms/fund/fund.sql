-- fund_x :many
-- in area_id area_id
SELECT id FROM fund WHERE area_id = $area_id ORDER BY code, founded_on DESC LIMIT 9;
