-- Named queries of room report for plans, projects and people: by target group, by the day on which a
-- report is due, and both as of a day.

-- ---- people by target group ----

-- report_fund_groups_in :many
-- in fund_id fund_id, fy fiscal_year
-- all: about nine target groups
SELECT g.group_code, g.total FROM figure_fund_group g WHERE g.fund_id = $fund_id AND g.fy = $fy ORDER BY g.group_code;

-- report_area_groups_in :many
-- in area_id area_id, fy fiscal_year
-- all: about nine target groups
SELECT g.group_code, g.total FROM figure_area_group g WHERE g.area_id = $area_id AND g.fy = $fy ORDER BY g.group_code;

-- ---- late: open projects whose report was due before a day ----

-- report_provinces_late :many
-- in today date
-- out total int
-- all: 77 provinces, a few years each
SELECT d.area_id, d.fy, CAST(SUM(d.total) AS BIGINT) AS total
FROM area a
CROSS JOIN figure_area_due d
WHERE a.kind = 'province' AND d.area_id = a.id AND d.due_on < $today AND d.total <> 0
GROUP BY d.area_id, d.fy;

-- report_children_late :many
-- in parent_id area_id, today date
-- out total int
-- all: an area's children but tambons, a few years each
SELECT d.area_id, d.fy, CAST(SUM(d.total) AS BIGINT) AS total
FROM area_parent p
CROSS JOIN figure_area_due d
WHERE p.parent_id = $parent_id AND p.valid_to IS NULL
  AND d.area_id = p.area_id AND d.due_on < $today AND d.total <> 0
GROUP BY d.area_id, d.fy;

-- report_area_late :many
-- in area_id area_id, today date
-- out total int
-- all: a few years
SELECT d.fy, CAST(SUM(d.total) AS BIGINT) AS total
FROM figure_area_due d
WHERE d.area_id = $area_id AND d.due_on < $today AND d.total <> 0
GROUP BY d.fy;

-- report_district_funds_late :many
-- in district_id area_id, today date
-- out total int
-- all: at most some 40 funds, a few years each
SELECT d.fund_id, d.fy, CAST(SUM(d.total) AS BIGINT) AS total
FROM figure_fund_due d
WHERE d.district_id = $district_id AND d.due_on < $today AND d.total <> 0
GROUP BY d.fund_id, d.fy;

-- report_overdue_of_fund :many
-- in fund_id fund_id, today date
-- out total int
-- all: a few years
SELECT d.fy, CAST(SUM(d.total) AS BIGINT) AS total
FROM figure_fund_due d
WHERE d.fund_id = $fund_id AND d.due_on < $today
GROUP BY d.fy;

-- ---- names of what figures are taken apart by ----

-- report_part_names :many
-- out kind text, code text, name_th text, name_en text, sort_order int
-- all: about forty issues, support types and target groups
-- scan i: about twenty issues
-- scan s: about ten support types
-- scan g: about nine target groups
SELECT 'group' AS kind, g.code, g.name_th, g.name_en, g.sort_order FROM target_group g
UNION ALL
SELECT 'issue' AS kind, i.code, i.name_th, i.name_en, i.sort_order FROM issue i
UNION ALL
SELECT 'support' AS kind, s.code, s.short_th, s.short_en, s.sort_order FROM support_type s
ORDER BY 1, 5;

-- ---- as of a day: what was recorded since ----

-- report_since_parts_provinces :many
-- in region_id area_id?, since instant
-- out delta int
-- all: at most some hundred issues, support types and groups a year that has changed
-- # Of a region, or of the nation.
SELECT f.fy, f.measure, f.issue_code, f.support_type, f.group_code, CAST(SUM(f.delta) AS BIGINT) AS delta
FROM area a
CROSS JOIN area_parent p
CROSS JOIN figure_fact f
WHERE a.kind = 'province'
  AND p.area_id = a.id AND p.valid_to IS NULL AND ($region_id IS NULL OR p.parent_id = $region_id)
  AND f.province_id = a.id AND f.recorded_at >= $since
  AND f.measure IN ('planned', 'committed', 'paid', 'plans', 'projects', 'projects_also', 'people', 'people_group')
GROUP BY f.fy, f.measure, f.issue_code, f.support_type, f.group_code;

-- report_since_parts_province :many
-- in province_id area_id, since instant
-- out delta int
-- all: at most some hundred issues, support types and groups a year that has changed
SELECT f.fy, f.measure, f.issue_code, f.support_type, f.group_code, CAST(SUM(f.delta) AS BIGINT) AS delta
FROM figure_fact f
WHERE f.province_id = $province_id AND f.recorded_at >= $since
  AND f.measure IN ('planned', 'committed', 'paid', 'plans', 'projects', 'projects_also', 'people', 'people_group')
GROUP BY f.fy, f.measure, f.issue_code, f.support_type, f.group_code;

-- report_since_parts_district :many
-- in district_id area_id, since instant
-- out delta int
-- all: at most some hundred issues, support types and groups a year that has changed
SELECT f.fy, f.measure, f.issue_code, f.support_type, f.group_code, CAST(SUM(f.delta) AS BIGINT) AS delta
FROM figure_fact f
WHERE f.district_id = $district_id AND f.recorded_at >= $since
  AND f.measure IN ('planned', 'committed', 'paid', 'plans', 'projects', 'projects_also', 'people', 'people_group')
GROUP BY f.fy, f.measure, f.issue_code, f.support_type, f.group_code;

-- report_since_late_provinces :many
-- in since instant, today date
-- out delta int
-- all: 77 provinces, a few years each
SELECT p.parent_id AS region_id, f.province_id, f.fy, CAST(SUM(f.delta) AS BIGINT) AS delta
FROM area a
CROSS JOIN area_parent p
CROSS JOIN figure_fact f
WHERE a.kind = 'province'
  AND p.area_id = a.id AND p.valid_to IS NULL
  AND f.province_id = a.id AND f.recorded_at >= $since AND f.measure = 'open_due' AND f.due_on < $today
GROUP BY p.parent_id, f.province_id, f.fy;

-- report_since_late_districts :many
-- in province_id area_id, since instant, today date
-- out delta int
-- all: a province's districts, a few years each
SELECT f.district_id, f.fy, CAST(SUM(f.delta) AS BIGINT) AS delta
FROM figure_fact f
WHERE f.province_id = $province_id AND f.recorded_at >= $since AND f.measure = 'open_due' AND f.due_on < $today
GROUP BY f.district_id, f.fy;

-- report_since_late_funds :many
-- in district_id area_id, since instant, today date
-- out delta int
-- all: a district's funds, a few years each
SELECT f.fund_id, f.fy, CAST(SUM(f.delta) AS BIGINT) AS delta
FROM figure_fact f
WHERE f.district_id = $district_id AND f.recorded_at >= $since AND f.measure = 'open_due' AND f.due_on < $today
GROUP BY f.fund_id, f.fy;

-- ---- one issue of a district, fund by fund ----

-- report_issue_funds_in :many
-- in district_id area_id, fy fiscal_year, issue_code code
-- out total int
-- all: a district has at most some 40 funds, seven measures each
-- # Of the same funds as report_district_funds; committed is what all years up to this one left.
SELECT s.fund_id, s.measure, CAST(SUM(s.total) AS BIGINT) AS total
FROM figure_fund_split s
WHERE s.fund_id IN (
    SELECT d.fund_id FROM fund_district d WHERE d.district_id = $district_id AND d.valid_to IS NULL
    UNION
    SELECT y.fund_id FROM figure_fund_year y WHERE y.fy = $fy AND y.district_id = $district_id)
  AND s.district_id = $district_id AND s.issue_code = $issue_code
  AND s.fy <= $fy AND (s.measure = 'committed' OR s.fy = $fy)
GROUP BY s.fund_id, s.measure
ORDER BY s.fund_id, s.measure;
