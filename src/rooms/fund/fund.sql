-- Named queries of room fund; the language is described in docs/sqlc.md.

-- fund_by_code :one
-- in code code
-- out kind_th text?, kind_en text?
SELECT f.id, f.code, f.org_id, f.is_demo, f.certainty, f.source, f.phone, n.name_th, n.name_en,
       n.kind, n.size, k.name_th AS kind_th, k.name_en AS kind_en, d.district_id
FROM fund f
JOIN org_name n ON n.org_id = f.org_id AND n.valid_to IS NULL
JOIN fund_district d ON d.fund_id = f.id AND d.valid_to IS NULL
LEFT JOIN org_kind k ON k.code = n.kind
WHERE f.code = $code;

-- fund_year_list :many
-- in fund_id fund_id, most int
-- # The newest year first.
SELECT y.id, y.fy, y.district_id, y.population_local, y.population_local_on, y.population_nhso,
       y.population_nhso_on, y.nhso_amount_satang, y.own_income_satang, y.match_percent_bp,
       y.match_entered_satang, y.received_nhso_satang, y.received_local_satang,
       y.projects_reported, y.certainty, y.source, y.note, y.recorded_at, y.version
FROM fund_year y
WHERE y.fund_id = $fund_id
ORDER BY y.fy DESC
LIMIT $most;

-- fund_year_get :one
-- in fund_id fund_id, fy fiscal_year
SELECT y.id, y.fund_id, y.fy, y.district_id, y.province_id, y.population_local,
       y.population_local_on, y.population_nhso, y.population_nhso_on, y.nhso_amount_satang,
       y.own_income_satang, y.match_percent_bp, y.match_entered_satang, y.received_nhso_satang,
       y.received_local_satang, y.projects_reported, y.certainty, y.source, y.note,
       y.recorded_at, y.version
FROM fund_year y
WHERE y.fund_id = $fund_id AND y.fy = $fy;

-- fund_year_home :one
-- in fund_id fund_id, fy fiscal_year
-- # Where the fund-year belongs by its own record.
SELECT y.district_id, y.province_id FROM fund_year y WHERE y.fund_id = $fund_id AND y.fy = $fy;

-- fund_home_now :one
-- in fund_id fund_id
SELECT d.district_id, p.parent_id AS province_id
FROM fund_district d
JOIN area_parent p ON p.area_id = d.district_id AND p.valid_to IS NULL
WHERE d.fund_id = $fund_id AND d.valid_to IS NULL;

-- fund_year_walk :many
-- in after fund_year_id, most int
-- # All fund-years a page at a time: a verification asks other questions in between.
SELECT y.id, f.code, y.fund_id, y.fy, y.district_id, y.province_id, y.population_local,
       y.population_nhso, y.nhso_amount_satang, y.own_income_satang, y.match_percent_bp,
       y.match_entered_satang, n.kind, n.size
FROM fund_year y
JOIN fund f ON f.id = y.fund_id
JOIN org_name n ON n.org_id = f.org_id AND n.valid_to IS NULL
WHERE y.id > $after
ORDER BY y.id
LIMIT $most;

-- fund_list_all :many
-- in after code, fy fiscal_year, most int
-- out population_local count?, nhso_amount_satang satang?, match_percent_bp bp?, match_entered_satang satang?, own_income_satang satang?
-- # A page of all funds, by code.
SELECT f.id, f.code, f.is_demo, n.name_th, n.name_en, n.kind, n.size, c.code AS district_code,
       dn.name_th AS district_th, dn.name_en AS district_en,
       y.population_local, y.nhso_amount_satang, y.match_percent_bp, y.match_entered_satang,
       y.own_income_satang
FROM fund f
JOIN org_name n ON n.org_id = f.org_id AND n.valid_to IS NULL
JOIN fund_district d ON d.fund_id = f.id AND d.valid_to IS NULL
JOIN area_code c ON c.area_id = d.district_id AND c.valid_to IS NULL
JOIN area_name dn ON dn.area_id = d.district_id AND dn.valid_to IS NULL
LEFT JOIN fund_year y ON y.fund_id = f.id AND y.fy = $fy
WHERE f.code > $after
ORDER BY f.code
LIMIT $most;

-- fund_places :many
-- in after code, most int
-- # For an export: the province of each fund of a page, and its telephone; the same funds in the same order as fund_list_all.
SELECT f.code, pn.name_th AS province_th, f.phone
FROM fund f
JOIN org_name n ON n.org_id = f.org_id AND n.valid_to IS NULL
JOIN fund_district d ON d.fund_id = f.id AND d.valid_to IS NULL
JOIN area_parent p ON p.area_id = d.district_id AND p.valid_to IS NULL
JOIN area_name pn ON pn.area_id = p.parent_id AND pn.valid_to IS NULL
WHERE f.code > $after
ORDER BY f.code
LIMIT $most;

-- fund_list_under :many
-- in area_id area_id, after code, fy fiscal_year, most int
-- out population_local count?, nhso_amount_satang satang?, match_percent_bp bp?, match_entered_satang satang?, own_income_satang satang?
-- # A page of the funds whose home district lies under a region, province or district: the page is chosen first,
-- # names are read of it alone.
SELECT f.id, f.code, f.is_demo, n.name_th, n.name_en, n.kind, n.size, c.code AS district_code,
       dn.name_th AS district_th, dn.name_en AS district_en,
       y.population_local, y.nhso_amount_satang, y.match_percent_bp, y.match_entered_satang,
       y.own_income_satang
FROM fund f
JOIN fund_district d ON d.fund_id = f.id AND d.valid_to IS NULL
JOIN org_name n ON n.org_id = f.org_id AND n.valid_to IS NULL
JOIN area_code c ON c.area_id = d.district_id AND c.valid_to IS NULL
JOIN area_name dn ON dn.area_id = d.district_id AND dn.valid_to IS NULL
LEFT JOIN fund_year y ON y.fund_id = f.id AND y.fy = $fy
WHERE f.id IN (
    SELECT k.id
    FROM fund_district h
    JOIN fund k ON k.id = h.fund_id
    WHERE h.district_id IN (
        SELECT a.id FROM area a WHERE a.id = $area_id
        UNION ALL
        SELECT p.area_id FROM area_parent p WHERE p.parent_id = $area_id AND p.valid_to IS NULL
        UNION ALL
        SELECT q.area_id
        FROM area_parent p
        JOIN area_parent q ON q.parent_id = p.area_id AND q.valid_to IS NULL
        WHERE p.parent_id = $area_id AND p.valid_to IS NULL)
      AND h.valid_to IS NULL AND k.code > $after
    ORDER BY k.code
    LIMIT $most
)
ORDER BY f.code
LIMIT $most;

-- fund_list_tambon :many
-- in tambon_id area_id, after code, fy fiscal_year, most int
-- out population_local count?, nhso_amount_satang satang?, match_percent_bp bp?, match_entered_satang satang?, own_income_satang satang?
-- # The funds that cover a tambon, whole or in part.
SELECT f.id, f.code, f.is_demo, n.name_th, n.name_en, n.kind, n.size, c.code AS district_code,
       dn.name_th AS district_th, dn.name_en AS district_en,
       y.population_local, y.nhso_amount_satang, y.match_percent_bp, y.match_entered_satang,
       y.own_income_satang
FROM fund_tambon t
JOIN fund f ON f.id = t.fund_id
JOIN fund_district d ON d.fund_id = f.id AND d.valid_to IS NULL
JOIN org_name n ON n.org_id = f.org_id AND n.valid_to IS NULL
JOIN area_code c ON c.area_id = d.district_id AND c.valid_to IS NULL
JOIN area_name dn ON dn.area_id = d.district_id AND dn.valid_to IS NULL
LEFT JOIN fund_year y ON y.fund_id = f.id AND y.fy = $fy
WHERE t.tambon_id = $tambon_id AND t.valid_to IS NULL AND f.code > $after
ORDER BY f.code
LIMIT $most;

-- fund_find_suffix :many
-- in low text, high text, after code, fy fiscal_year, most int
-- out population_local count?, nhso_amount_satang satang?, match_percent_bp bp?, match_entered_satang satang?, own_income_satang satang?
-- # Funds by any part of their name, code or other spelling.
SELECT f.id, f.code, f.is_demo, n.name_th, n.name_en, n.kind, n.size, c.code AS district_code,
       dn.name_th AS district_th, dn.name_en AS district_en,
       y.population_local, y.nhso_amount_satang, y.match_percent_bp, y.match_entered_satang,
       y.own_income_satang
FROM fund f
JOIN fund_district d ON d.fund_id = f.id AND d.valid_to IS NULL
JOIN org_name n ON n.org_id = f.org_id AND n.valid_to IS NULL
JOIN area_code c ON c.area_id = d.district_id AND c.valid_to IS NULL
JOIN area_name dn ON dn.area_id = d.district_id AND dn.valid_to IS NULL
LEFT JOIN fund_year y ON y.fund_id = f.id AND y.fy = $fy
WHERE f.id IN (SELECT s.fund_id FROM fund_find s WHERE s.suffix >= $low AND s.suffix < $high)
  AND f.code > $after
ORDER BY f.code
LIMIT $most;

-- fund_tambons :many
-- in fund_id fund_id, most int
SELECT c.code, n.name_th, n.name_en, t.certainty
FROM fund_tambon t
JOIN area_code c ON c.area_id = t.tambon_id AND c.valid_to IS NULL
JOIN area_name n ON n.area_id = t.tambon_id AND n.valid_to IS NULL
WHERE t.fund_id = $fund_id AND t.valid_to IS NULL
ORDER BY c.code
LIMIT $most;

-- fund_villages :many
-- in fund_id fund_id, most int
SELECT v.tambon_id, v.moo, v.name_th
FROM fund_village v
WHERE v.fund_id = $fund_id AND v.valid_to IS NULL
ORDER BY v.tambon_id, v.moo
LIMIT $most;

-- fund_rates :many
-- all: one row a period, about ten
-- scan r: one row a period, about ten
SELECT r.fy_from, r.fy_to, r.satang_per_head, r.certainty, r.source, r.note, r.source_th, r.note_th
FROM allocation_rate r
ORDER BY r.fy_from, r.id;

-- fund_scheme_rows :many
-- all: a few schemes of a few rows
-- scan s: a few schemes
-- out org_kind code?, org_size code?, income_from_satang satang?, income_to_satang satang?, percent_bp bp?
SELECT s.id, s.code, s.name_th, s.name_en, s.basis, s.fy_from, s.fy_to, s.certainty, s.source,
       s.note, s.source_th, s.note_th, w.org_kind, w.org_size, w.income_from_satang, w.income_to_satang, w.percent_bp
FROM match_scheme s
LEFT JOIN match_scheme_row w ON w.match_scheme_id = s.id
ORDER BY s.id, w.id NULLS FIRST;

-- fund_add :one
-- in code code, org_id org_id, is_demo flag, certainty code, source text, created_at instant
INSERT INTO fund (code, org_id, is_demo, certainty, source, created_at)
VALUES ($code, $org_id, $is_demo, $certainty, $source, $created_at)
RETURNING id;

-- fund_phone_set :exec
-- in id fund_id, phone text?
UPDATE fund SET phone = $phone WHERE id = $id;

-- fund_add_district :exec
-- in fund_id fund_id, district_id area_id, certainty code, source text
INSERT INTO fund_district (fund_id, district_id, certainty, source)
VALUES ($fund_id, $district_id, $certainty, $source);

-- fund_add_tambon :exec
-- in fund_id fund_id, tambon_id area_id, certainty code
INSERT INTO fund_tambon (fund_id, tambon_id, certainty) VALUES ($fund_id, $tambon_id, $certainty)
ON CONFLICT (fund_id, tambon_id) DO NOTHING;

-- fund_add_village :exec
-- in fund_id fund_id, tambon_id area_id, moo int, name_th text?
INSERT INTO fund_village (fund_id, tambon_id, moo, name_th)
VALUES ($fund_id, $tambon_id, $moo, $name_th)
ON CONFLICT (fund_id, tambon_id, moo) DO NOTHING;

-- fund_add_find :exec
-- in suffix text, fund_id fund_id
INSERT INTO fund_find (suffix, fund_id) VALUES ($suffix, $fund_id)
ON CONFLICT (suffix, fund_id) DO NOTHING;

-- fund_year_add :one
-- in fund_id fund_id, fy fiscal_year, district_id area_id, province_id area_id, population_local count?, population_local_on date?, population_nhso count?, population_nhso_on date?, nhso_amount_satang satang?, own_income_satang satang?, match_percent_bp bp?, match_entered_satang satang?, received_nhso_satang satang?, received_local_satang satang?, projects_reported count?, certainty code, source text, note text?, import_id fund_import_id?, recorded_at instant
INSERT INTO fund_year (fund_id, fy, district_id, province_id, population_local,
    population_local_on, population_nhso, population_nhso_on, nhso_amount_satang,
    own_income_satang, match_percent_bp, match_entered_satang, received_nhso_satang,
    received_local_satang, projects_reported, certainty, source, note, import_id, recorded_at,
    version)
VALUES ($fund_id, $fy, $district_id, $province_id, $population_local,
    $population_local_on, $population_nhso, $population_nhso_on, $nhso_amount_satang,
    $own_income_satang, $match_percent_bp, $match_entered_satang, $received_nhso_satang,
    $received_local_satang, $projects_reported, $certainty, $source, $note, $import_id,
    $recorded_at, 1)
RETURNING id;

-- fund_year_change :exec
-- in id fund_year_id, version int, district_id area_id, province_id area_id, population_local count?, population_local_on date?, population_nhso count?, population_nhso_on date?, nhso_amount_satang satang?, own_income_satang satang?, match_percent_bp bp?, match_entered_satang satang?, received_nhso_satang satang?, received_local_satang satang?, projects_reported count?, certainty code, source text, note text?, import_id fund_import_id?, recorded_at instant
-- # A stale version changes no row: the caller answers that somebody else was first.
UPDATE fund_year SET district_id = $district_id, province_id = $province_id,
    population_local = $population_local, population_local_on = $population_local_on,
    population_nhso = $population_nhso, population_nhso_on = $population_nhso_on,
    nhso_amount_satang = $nhso_amount_satang, own_income_satang = $own_income_satang,
    match_percent_bp = $match_percent_bp, match_entered_satang = $match_entered_satang,
    received_nhso_satang = $received_nhso_satang, received_local_satang = $received_local_satang,
    projects_reported = $projects_reported, certainty = $certainty, source = $source,
    note = $note, import_id = $import_id, recorded_at = $recorded_at, version = version + 1
WHERE id = $id AND version = $version;

-- fund_import_add :one
-- in file_name text, file_sha256 text, fy fiscal_year, recorded_at instant
INSERT INTO fund_import (file_name, file_sha256, fy, taken, unchanged, refused, recorded_at)
VALUES ($file_name, $file_sha256, $fy, 0, 0, 0, $recorded_at)
RETURNING id;

-- fund_import_end :exec
-- in id fund_import_id, taken count, unchanged count, refused count
UPDATE fund_import SET taken = $taken, unchanged = $unchanged, refused = $refused WHERE id = $id;

-- fund_add_rate :exec
-- in fy_from fiscal_year, fy_to fiscal_year?, satang_per_head satang?, certainty code, source text, note text?, source_th text, note_th text?
INSERT INTO allocation_rate (fy_from, fy_to, satang_per_head, certainty, source, note, source_th, note_th)
VALUES ($fy_from, $fy_to, $satang_per_head, $certainty, $source, $note, $source_th, $note_th);

-- fund_add_scheme :one
-- in code code, name_th text, name_en text, basis code, fy_from fiscal_year?, fy_to fiscal_year?, certainty code, source text, note text?, source_th text, note_th text?
INSERT INTO match_scheme (code, name_th, name_en, basis, fy_from, fy_to, certainty, source, note,
    source_th, note_th)
VALUES ($code, $name_th, $name_en, $basis, $fy_from, $fy_to, $certainty, $source, $note,
    $source_th, $note_th)
RETURNING id;

-- fund_add_scheme_row :exec
-- in match_scheme_id match_scheme_id, org_kind code?, org_size code?, income_from_satang satang?, income_to_satang satang?, percent_bp bp
INSERT INTO match_scheme_row (match_scheme_id, org_kind, org_size, income_from_satang,
    income_to_satang, percent_bp)
VALUES ($match_scheme_id, $org_kind, $org_size, $income_from_satang, $income_to_satang,
    $percent_bp);

-- fund_demo_codes :many
-- scan f: the demo has some seventy funds, and their demo is made once
-- all: the demo has some seventy funds
SELECT f.code FROM fund f WHERE f.is_demo = 1 ORDER BY f.code;
