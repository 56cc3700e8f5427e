-- in code code
-- fund_x :one
SELECT id FROM fund WHERE code = '1';
