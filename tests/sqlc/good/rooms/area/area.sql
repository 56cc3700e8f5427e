-- # Queries of the example room area.
-- area_get :one
-- # An area by its code.
-- in code code
SELECT id, code, parent_id, name_th FROM area WHERE code = $code;

-- area_list_children :many
-- # In Thai order, a page at a time (keyset).
-- in parent_id area_id, after sort_key, after_id area_id, limit_n count
SELECT id, name_th, name_key FROM area
WHERE parent_id = $parent_id AND (name_key, id) > ($after, $after_id)
ORDER BY name_key, id LIMIT $limit_n;

-- area_each :each
-- scan area: an export reads all
SELECT id, code, parent_id, name_th FROM area ORDER BY id;

-- area_add :one
-- in code code, parent_id area_id?, name_th text, name_key sort_key
INSERT INTO area (code, parent_id, name_th, name_key) VALUES ($code, $parent_id, $name_th, $name_key)
RETURNING id;
