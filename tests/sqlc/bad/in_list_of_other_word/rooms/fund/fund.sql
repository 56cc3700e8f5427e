-- fund_x :one
-- in one code, two text
SELECT id FROM fund WHERE code IN ($one, $two);
