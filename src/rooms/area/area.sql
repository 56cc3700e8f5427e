-- Named queries of room area; the language is described in docs/sqlc.md.

-- area_by_code :one
-- in code code
-- out parent_id area_id?
-- # A retired code still finds its area; the code in force goes first.
SELECT a.id, a.kind, now.code, n.name_th, n.name_en, p.parent_id
FROM area_code c
JOIN area a ON a.id = c.area_id
JOIN area_code now ON now.area_id = a.id AND now.valid_to IS NULL
JOIN area_name n ON n.area_id = a.id AND n.valid_to IS NULL
LEFT JOIN area_parent p ON p.area_id = a.id AND p.valid_to IS NULL
WHERE c.code = $code
ORDER BY CASE WHEN c.valid_to IS NULL THEN 0 ELSE 1 END
LIMIT 1;

-- area_get :one
-- in id area_id
-- out parent_id area_id?
SELECT a.id, a.kind, c.code, n.name_th, n.name_en, p.parent_id
FROM area a
JOIN area_code c ON c.area_id = a.id AND c.valid_to IS NULL
JOIN area_name n ON n.area_id = a.id AND n.valid_to IS NULL
LEFT JOIN area_parent p ON p.area_id = a.id AND p.valid_to IS NULL
WHERE a.id = $id;

-- area_path :one
-- in id area_id
-- out id_1 area_id?, kind_1 code?, code_1 code?, th_1 text?, en_1 text?, id_2 area_id?, kind_2 code?, code_2 code?, th_2 text?, en_2 text?, id_3 area_id?, kind_3 code?, code_3 code?, th_3 text?, en_3 text?, id_4 area_id?, kind_4 code?, code_4 code?, th_4 text?, en_4 text?
-- # An area and what is above it; the tree has five levels. Outer joins keep their order: found by key on both engines,
-- # whatever the planner believes of the tables' sizes.
SELECT a.id, a.kind, c.code, n.name_th, n.name_en,
       a1.id AS id_1, a1.kind AS kind_1, c1.code AS code_1, n1.name_th AS th_1, n1.name_en AS en_1,
       a2.id AS id_2, a2.kind AS kind_2, c2.code AS code_2, n2.name_th AS th_2, n2.name_en AS en_2,
       a3.id AS id_3, a3.kind AS kind_3, c3.code AS code_3, n3.name_th AS th_3, n3.name_en AS en_3,
       a4.id AS id_4, a4.kind AS kind_4, c4.code AS code_4, n4.name_th AS th_4, n4.name_en AS en_4
FROM area a
JOIN area_code c ON c.area_id = a.id AND c.valid_to IS NULL
JOIN area_name n ON n.area_id = a.id AND n.valid_to IS NULL
LEFT JOIN area_parent p1 ON p1.area_id = a.id AND p1.valid_to IS NULL
LEFT JOIN area a1 ON a1.id = p1.parent_id
LEFT JOIN area_code c1 ON c1.area_id = p1.parent_id AND c1.valid_to IS NULL
LEFT JOIN area_name n1 ON n1.area_id = p1.parent_id AND n1.valid_to IS NULL
LEFT JOIN area_parent p2 ON p2.area_id = p1.parent_id AND p2.valid_to IS NULL
LEFT JOIN area a2 ON a2.id = p2.parent_id
LEFT JOIN area_code c2 ON c2.area_id = p2.parent_id AND c2.valid_to IS NULL
LEFT JOIN area_name n2 ON n2.area_id = p2.parent_id AND n2.valid_to IS NULL
LEFT JOIN area_parent p3 ON p3.area_id = p2.parent_id AND p3.valid_to IS NULL
LEFT JOIN area a3 ON a3.id = p3.parent_id
LEFT JOIN area_code c3 ON c3.area_id = p3.parent_id AND c3.valid_to IS NULL
LEFT JOIN area_name n3 ON n3.area_id = p3.parent_id AND n3.valid_to IS NULL
LEFT JOIN area_parent p4 ON p4.area_id = p3.parent_id AND p4.valid_to IS NULL
LEFT JOIN area a4 ON a4.id = p4.parent_id
LEFT JOIN area_code c4 ON c4.area_id = p4.parent_id AND c4.valid_to IS NULL
LEFT JOIN area_name n4 ON n4.area_id = p4.parent_id AND n4.valid_to IS NULL
WHERE a.id = $id;

-- area_children :many
-- in parent area_id, most int
-- # By code; a province has at most 50 districts, a district at most 30 tambons.
SELECT a.id, a.kind, c.code, n.name_th, n.name_en
FROM area_parent p
JOIN area a ON a.id = p.area_id
JOIN area_code c ON c.area_id = a.id AND c.valid_to IS NULL
JOIN area_name n ON n.area_id = a.id AND n.valid_to IS NULL
WHERE p.parent_id = $parent AND p.valid_to IS NULL
ORDER BY c.code
LIMIT $most;

-- area_by_name :many
-- in kind code, name_th text, most int
-- # Areas of a kind with that name, now or ever; a file's "เมือง" needs its province besides.
SELECT a.id, p.parent_id
FROM area_name n
JOIN area a ON a.id = n.area_id
JOIN area_parent p ON p.area_id = a.id AND p.valid_to IS NULL
WHERE n.name_th = $name_th AND a.kind = $kind
ORDER BY a.id
LIMIT $most;

-- area_find_suffix :many
-- in low text, high text, most int
-- out parent_kind code?, parent_code code?, parent_th text?, parent_en text?, grand_kind code?, grand_code code?, grand_th text?, grand_en text?
-- # With the two levels above, so that a reader can tell one เมือง from another. The few that are
-- # shown are chosen first: one letter finds 1,500 areas, and joining them all takes five times as long.
SELECT a.id AS area_id, a.kind, c.code, n.name_th, n.name_en,
       pa.kind AS parent_kind, pc.code AS parent_code, pn.name_th AS parent_th, pn.name_en AS parent_en,
       ga.kind AS grand_kind, gc.code AS grand_code, gn.name_th AS grand_th, gn.name_en AS grand_en
FROM area a
JOIN area_code c ON c.area_id = a.id AND c.valid_to IS NULL
JOIN area_name n ON n.area_id = a.id AND n.valid_to IS NULL
LEFT JOIN area_parent p ON p.area_id = a.id AND p.valid_to IS NULL
LEFT JOIN area pa ON pa.id = p.parent_id
LEFT JOIN area_code pc ON pc.area_id = p.parent_id AND pc.valid_to IS NULL
LEFT JOIN area_name pn ON pn.area_id = p.parent_id AND pn.valid_to IS NULL
LEFT JOIN area_parent g ON g.area_id = p.parent_id AND g.valid_to IS NULL
LEFT JOIN area ga ON ga.id = g.parent_id
LEFT JOIN area_code gc ON gc.area_id = g.parent_id AND gc.valid_to IS NULL
LEFT JOIN area_name gn ON gn.area_id = g.parent_id AND gn.valid_to IS NULL
WHERE a.id IN (
    SELECT k.area_id FROM area_code k
    WHERE k.valid_to IS NULL
      AND k.area_id IN (SELECT f.area_id FROM area_find f WHERE f.suffix >= $low AND f.suffix < $high)
    ORDER BY k.code
    LIMIT $most
)
ORDER BY c.code
LIMIT $most;

-- area_list_provinces :many
-- all: 77 provinces
-- # In Thai order.
SELECT a.id, c.code, n.name_th, n.name_en
FROM area a
CROSS JOIN area_code c
CROSS JOIN area_name n
WHERE a.kind = 'province'
  AND c.area_id = a.id AND c.valid_to IS NULL
  AND n.area_id = a.id AND n.valid_to IS NULL
ORDER BY n.sort_key;

-- area_count :one
-- out n count
-- scan area: counted once, when the reference data is loaded
SELECT CAST(COUNT(*) AS BIGINT) AS n FROM area;

-- area_sets_of :many
-- in area_id area_id
-- all: a province stands in a handful of groupings
SELECT s.code, s.kind, s.name_th, s.name_en
FROM area_set_member m
JOIN area_set s ON s.id = m.area_set_id
WHERE m.area_id = $area_id AND m.valid_to IS NULL
ORDER BY s.code;

-- area_history :many
-- in area_id area_id, most int
-- out what code, value text, valid_from date?, valid_to date?, certainty code, source text
-- # What the area was called, coded and part of before; the newest first.
SELECT 'name' AS what, n.name_th AS value, n.valid_from AS valid_from, n.valid_to AS valid_to,
       n.certainty AS certainty, n.source AS source
FROM area_name n
WHERE n.area_id = $area_id AND n.valid_to IS NOT NULL
UNION ALL
SELECT 'code', c.code, c.valid_from, c.valid_to, c.certainty, c.source
FROM area_code c
WHERE c.area_id = $area_id AND c.valid_to IS NOT NULL
UNION ALL
SELECT 'parent', n.name_th, p.valid_from, p.valid_to, p.certainty, p.source
FROM area_parent p
JOIN area_name n ON n.area_id = p.parent_id AND n.valid_to IS NULL
WHERE p.area_id = $area_id AND p.valid_to IS NOT NULL
ORDER BY 4 DESC NULLS FIRST
LIMIT $most;

-- area_add :one
-- in kind code
INSERT INTO area (kind) VALUES ($kind) RETURNING id;

-- area_add_code :exec
-- in area_id area_id, code code, valid_from date?, valid_to date?, certainty code, source text
INSERT INTO area_code (area_id, code, valid_from, valid_to, certainty, source)
VALUES ($area_id, $code, $valid_from, $valid_to, $certainty, $source);

-- area_add_name :exec
-- in area_id area_id, name_th text, name_en text?, sort_key sort_key, valid_from date?, valid_to date?, certainty code, source text
INSERT INTO area_name (area_id, name_th, name_en, sort_key, valid_from, valid_to, certainty, source)
VALUES ($area_id, $name_th, $name_en, $sort_key, $valid_from, $valid_to, $certainty, $source);

-- area_add_parent :exec
-- in area_id area_id, parent_id area_id, valid_from date?, valid_to date?, certainty code, source text
INSERT INTO area_parent (area_id, parent_id, valid_from, valid_to, certainty, source)
VALUES ($area_id, $parent_id, $valid_from, $valid_to, $certainty, $source);

-- area_add_find :exec
-- in suffix text, area_id area_id
INSERT INTO area_find (suffix, area_id) VALUES ($suffix, $area_id)
ON CONFLICT (suffix, area_id) DO NOTHING;

-- area_add_set :one
-- in code code, kind code, name_th text, name_en text, source text
INSERT INTO area_set (code, kind, name_th, name_en, source)
VALUES ($code, $kind, $name_th, $name_en, $source)
RETURNING id;

-- area_add_set_member :exec
-- in area_set_id area_set_id, area_id area_id, valid_from date?, valid_to date?
INSERT INTO area_set_member (area_set_id, area_id, valid_from, valid_to)
VALUES ($area_set_id, $area_id, $valid_from, $valid_to);
