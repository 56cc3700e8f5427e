-- Named queries of room report for figures written at once (figure_bulk.c): every area's sums out of all facts.

-- report_fill_area_year :exec
-- scan f: every sum is made anew
-- scan g: every sum is made anew
INSERT INTO figure_area_year (area_id, fy, measure, total, known)
SELECT g.area_id, g.fy, g.measure, CAST(SUM(g.delta) AS BIGINT), CAST(SUM(g.known_delta) AS BIGINT)
FROM (SELECT f.district_id AS area_id, f.fy, f.measure, f.delta, f.known_delta FROM figure_fact f
      UNION ALL
      SELECT f.province_id, f.fy, f.measure, f.delta, f.known_delta FROM figure_fact f) g
WHERE 1 = 1
GROUP BY g.area_id, g.fy, g.measure
ON CONFLICT (area_id, fy, measure) DO UPDATE SET total = excluded.total, known = excluded.known;

-- report_fill_area_split :exec
-- scan f: every sum is made anew
-- scan g: every sum is made anew
INSERT INTO figure_area_split (area_id, fy, measure, issue_code, support_type, total)
SELECT g.area_id, g.fy, g.measure, g.issue_code, g.support_type, CAST(SUM(g.delta) AS BIGINT)
FROM (SELECT f.district_id AS area_id, f.fy, f.measure, COALESCE(f.issue_code, '-') AS issue_code,
             COALESCE(f.support_type, '-') AS support_type, f.delta
      FROM figure_fact f WHERE f.measure IN ('planned', 'committed', 'paid', 'plans', 'projects', 'projects_also', 'people')
      UNION ALL
      SELECT f.province_id, f.fy, f.measure, COALESCE(f.issue_code, '-'), COALESCE(f.support_type, '-'), f.delta
      FROM figure_fact f WHERE f.measure IN ('planned', 'committed', 'paid', 'plans', 'projects', 'projects_also', 'people')) g
WHERE 1 = 1
GROUP BY g.area_id, g.fy, g.measure, g.issue_code, g.support_type
ON CONFLICT (area_id, fy, measure, issue_code, support_type) DO UPDATE SET total = excluded.total;

-- report_fill_area_group :exec
-- scan f: every sum is made anew
-- scan g: every sum is made anew
INSERT INTO figure_area_group (area_id, fy, group_code, total)
SELECT g.area_id, g.fy, g.group_code, CAST(SUM(g.delta) AS BIGINT)
FROM (SELECT f.district_id AS area_id, f.fy, f.group_code, f.delta FROM figure_fact f WHERE f.measure = 'people_group'
      UNION ALL
      SELECT f.province_id, f.fy, f.group_code, f.delta FROM figure_fact f WHERE f.measure = 'people_group') g
WHERE g.group_code IS NOT NULL
GROUP BY g.area_id, g.fy, g.group_code
ON CONFLICT (area_id, fy, group_code) DO UPDATE SET total = excluded.total;

-- report_fill_area_due :exec
-- scan f: every sum is made anew
-- scan g: every sum is made anew
INSERT INTO figure_area_due (area_id, due_on, fy, total)
SELECT g.area_id, g.due_on, g.fy, CAST(SUM(g.delta) AS BIGINT)
FROM (SELECT f.district_id AS area_id, f.fy, f.due_on, f.delta FROM figure_fact f WHERE f.measure = 'open_due'
      UNION ALL
      SELECT f.province_id, f.fy, f.due_on, f.delta FROM figure_fact f WHERE f.measure = 'open_due') g
WHERE g.due_on IS NOT NULL
GROUP BY g.area_id, g.due_on, g.fy
ON CONFLICT (area_id, due_on, fy) DO UPDATE SET total = excluded.total;

-- ---- regions and the nation, from their provinces ----

-- report_clear_above_year :exec
DELETE FROM figure_area_year WHERE area_id IN (SELECT u.area_id FROM figure_above u);

-- report_fill_above_year :exec
-- scan u: 77 provinces, twice
INSERT INTO figure_area_year (area_id, fy, measure, total, known)
SELECT u.area_id, f.fy, f.measure, CAST(SUM(f.total) AS BIGINT), CAST(SUM(f.known) AS BIGINT)
FROM figure_above u
JOIN figure_area_year f ON f.area_id = u.province_id
GROUP BY u.area_id, f.fy, f.measure;

-- report_clear_above_split :exec
DELETE FROM figure_area_split WHERE area_id IN (SELECT u.area_id FROM figure_above u);

-- report_fill_above_split :exec
-- scan u: 77 provinces, twice
INSERT INTO figure_area_split (area_id, fy, measure, issue_code, support_type, total)
SELECT u.area_id, f.fy, f.measure, f.issue_code, f.support_type, CAST(SUM(f.total) AS BIGINT)
FROM figure_above u
JOIN figure_area_split f ON f.area_id = u.province_id
GROUP BY u.area_id, f.fy, f.measure, f.issue_code, f.support_type;

-- report_clear_above_group :exec
DELETE FROM figure_area_group WHERE area_id IN (SELECT u.area_id FROM figure_above u);

-- report_fill_above_group :exec
-- scan u: 77 provinces, twice
INSERT INTO figure_area_group (area_id, fy, group_code, total)
SELECT u.area_id, f.fy, f.group_code, CAST(SUM(f.total) AS BIGINT)
FROM figure_above u
JOIN figure_area_group f ON f.area_id = u.province_id
GROUP BY u.area_id, f.fy, f.group_code;

-- report_clear_above_due :exec
DELETE FROM figure_area_due WHERE area_id IN (SELECT u.area_id FROM figure_above u);

-- report_fill_above_due :exec
-- scan u: 77 provinces, twice
INSERT INTO figure_area_due (area_id, due_on, fy, total)
SELECT u.area_id, f.due_on, f.fy, CAST(SUM(f.total) AS BIGINT)
FROM figure_above u
JOIN figure_area_due f ON f.area_id = u.province_id
GROUP BY u.area_id, f.due_on, f.fy;

-- report_clear_above_funds :exec
DELETE FROM figure_area_funds WHERE area_id IN (SELECT u.area_id FROM figure_above u);

-- report_fill_above_funds :exec
-- scan u: 77 provinces, twice
INSERT INTO figure_area_funds (area_id, funds)
SELECT u.area_id, CAST(SUM(f.funds) AS BIGINT)
FROM figure_above u
JOIN figure_area_funds f ON f.area_id = u.province_id
GROUP BY u.area_id;

-- ---- states over all years ----

-- report_clear_area_all :exec
DELETE FROM figure_area_all;

-- report_fill_area_all :exec
-- scan f: every sum is made anew
INSERT INTO figure_area_all (area_id, measure, total)
SELECT f.area_id, f.measure, CAST(SUM(f.total) AS BIGINT)
FROM figure_area_year f
WHERE f.measure IN ('committed', 'ledgers', 'net')
GROUP BY f.area_id, f.measure;

-- report_fill_fund_all :exec
-- in fund_id fund_id
INSERT INTO figure_fund_all (fund_id, measure, total)
SELECT f.fund_id, f.measure, CAST(SUM(f.total) AS BIGINT)
FROM figure_fund_year f
WHERE f.fund_id = $fund_id AND f.measure IN ('committed', 'ledgers', 'net')
GROUP BY f.fund_id, f.measure;
