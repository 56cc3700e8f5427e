-- fund_x :one
-- in name_th text
SELECT id FROM fund WHERE name_th = $name_th;
