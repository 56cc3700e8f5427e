-- fund_x :one
-- code code
SELECT id FROM fund WHERE code = '1';
