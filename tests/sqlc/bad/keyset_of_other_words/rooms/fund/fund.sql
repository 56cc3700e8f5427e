-- fund_x :many
-- in area_id area_id, code code, after fund_id
SELECT id FROM fund WHERE area_id = $area_id AND (code, id) > ($after, $code) ORDER BY code, id LIMIT 9;
