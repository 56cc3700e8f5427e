-- fund_x :one
-- in db code
SELECT id FROM fund WHERE code = $db;
