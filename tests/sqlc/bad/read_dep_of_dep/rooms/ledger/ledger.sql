-- ledger_x :one
-- in id area_id
-- # ledger depends on fund, not on what fund depends on
SELECT name_th FROM area WHERE id = $id;
