-- Named queries of room org; the language is described in docs/sqlc.md.

-- org_kind_by_spelling :one
-- in spelling text
SELECT k.code, k.name_th, k.name_en, k.short_th
FROM org_kind_spelling s
JOIN org_kind k ON k.code = s.kind
WHERE s.spelling = $spelling;

-- org_spellings :many
-- in org_id org_id, most int
SELECT s.spelling, s.source
FROM org_spelling s
WHERE s.org_id = $org_id
ORDER BY s.spelling
LIMIT $most;

-- org_names :many
-- in org_id org_id, most int
-- # The present name first, then the earlier ones.
SELECT n.kind, n.size, n.name_th, n.name_en, n.valid_from, n.valid_to, n.certainty, n.source
FROM org_name n
WHERE n.org_id = $org_id
ORDER BY n.valid_to DESC NULLS FIRST
LIMIT $most;

-- org_parent_of :one
-- in org_id org_id
SELECT n.org_id, n.name_th
FROM org_parent p
JOIN org_name n ON n.org_id = p.parent_id AND n.valid_to IS NULL
WHERE p.org_id = $org_id AND p.valid_to IS NULL;

-- org_add :one
-- in created_at instant
INSERT INTO org (created_at) VALUES ($created_at) RETURNING id;

-- org_add_name :exec
-- in org_id org_id, kind code?, size code?, name_th text, name_en text?, sort_key sort_key, valid_from date?, certainty code, source text
INSERT INTO org_name (org_id, kind, size, name_th, name_en, sort_key, valid_from, certainty, source)
VALUES ($org_id, $kind, $size, $name_th, $name_en, $sort_key, $valid_from, $certainty, $source);

-- org_end_name :exec
-- in org_id org_id, last_day date
UPDATE org_name SET valid_to = $last_day WHERE org_id = $org_id AND valid_to IS NULL;

-- org_add_spelling :exec
-- in org_id org_id, spelling text, source text
INSERT INTO org_spelling (org_id, spelling, source) VALUES ($org_id, $spelling, $source)
ON CONFLICT (org_id, spelling) DO NOTHING;

-- org_end_parent :exec
-- in org_id org_id, last_day date
UPDATE org_parent SET valid_to = $last_day WHERE org_id = $org_id AND valid_to IS NULL;

-- org_add_parent :exec
-- in org_id org_id, parent_id org_id, valid_from date?, certainty code, source text
INSERT INTO org_parent (org_id, parent_id, valid_from, certainty, source)
VALUES ($org_id, $parent_id, $valid_from, $certainty, $source);

-- org_add_kind :exec
-- in code code, name_th text, name_en text, short_th text, is_local_government flag, sort_order int
INSERT INTO org_kind (code, name_th, name_en, short_th, is_local_government, sort_order)
VALUES ($code, $name_th, $name_en, $short_th, $is_local_government, $sort_order);

-- org_add_kind_spelling :exec
-- in spelling text, kind code
INSERT INTO org_kind_spelling (spelling, kind) VALUES ($spelling, $kind)
ON CONFLICT (spelling) DO NOTHING;
