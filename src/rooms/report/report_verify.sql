-- Named queries of room report for `sarn verify`: each gives the rows that differ, both ways.

-- report_verify_facts :each
-- out fund_id fund_id, fy fiscal_year, measure code, by_facts int, by_sum int
-- all: only differences come out
-- scan f: a verification reads everything
-- scan s: a verification reads everything
-- scan fact: a verification reads everything
-- # By district, too: what was taken to another one must be nothing where it was.
SELECT COALESCE(fact.fund_id, s.fund_id) AS fund_id, COALESCE(fact.fy, s.fy) AS fy,
       COALESCE(fact.measure, s.measure) AS measure,
       COALESCE(fact.total, 0) AS by_facts, COALESCE(s.total, 0) AS by_sum
FROM (SELECT f.fund_id, f.fy, f.measure, f.district_id, CAST(SUM(f.delta) AS BIGINT) AS total,
             CAST(SUM(f.known_delta) AS BIGINT) AS known
      FROM figure_fact f
      GROUP BY f.fund_id, f.fy, f.measure, f.district_id) fact
FULL OUTER JOIN figure_fund_year s
    ON s.fund_id = fact.fund_id AND s.fy = fact.fy AND s.measure = fact.measure
   AND s.district_id = fact.district_id
WHERE COALESCE(fact.total, 0) <> COALESCE(s.total, 0) OR COALESCE(fact.known, 0) <> COALESCE(s.known, 0);

-- report_verify_fund_splits :each
-- out fund_id fund_id, fy fiscal_year, measure code, issue_code code, support_type code, by_facts int, by_sum int
-- all: only differences come out
-- scan f: a verification reads everything
-- scan s: a verification reads everything
-- scan fact: a verification reads everything
SELECT COALESCE(fact.fund_id, s.fund_id) AS fund_id, COALESCE(fact.fy, s.fy) AS fy,
       COALESCE(fact.measure, s.measure) AS measure, COALESCE(fact.issue_code, s.issue_code) AS issue_code,
       COALESCE(fact.support_type, s.support_type) AS support_type,
       COALESCE(fact.total, 0) AS by_facts, COALESCE(s.total, 0) AS by_sum
FROM (SELECT f.fund_id, f.fy, f.measure, f.district_id, COALESCE(f.issue_code, '-') AS issue_code,
             COALESCE(f.support_type, '-') AS support_type, CAST(SUM(f.delta) AS BIGINT) AS total
      FROM figure_fact f
      WHERE f.measure IN ('planned', 'committed', 'paid', 'plans', 'projects', 'projects_also', 'people')
      GROUP BY f.fund_id, f.fy, f.measure, f.district_id, COALESCE(f.issue_code, '-'),
               COALESCE(f.support_type, '-')) fact
FULL OUTER JOIN figure_fund_split s
    ON s.fund_id = fact.fund_id AND s.fy = fact.fy AND s.measure = fact.measure
   AND s.district_id = fact.district_id AND s.issue_code = fact.issue_code
   AND s.support_type = fact.support_type
WHERE COALESCE(fact.total, 0) <> COALESCE(s.total, 0);

-- report_verify_area_splits :each
-- out area_id area_id, fy fiscal_year, measure code, issue_code code, support_type code, by_facts int, by_sum int
-- all: only differences come out
-- scan g: a verification reads everything
-- scan f: a verification reads everything
-- scan s: a verification reads everything
-- scan fact: a verification reads everything
SELECT COALESCE(fact.area_id, s.area_id) AS area_id, COALESCE(fact.fy, s.fy) AS fy,
       COALESCE(fact.measure, s.measure) AS measure, COALESCE(fact.issue_code, s.issue_code) AS issue_code,
       COALESCE(fact.support_type, s.support_type) AS support_type,
       COALESCE(fact.total, 0) AS by_facts, COALESCE(s.total, 0) AS by_sum
FROM (SELECT g.area_id, g.fy, g.measure, g.issue_code, g.support_type, CAST(SUM(g.delta) AS BIGINT) AS total
      FROM (SELECT f.district_id AS area_id, f.fy, f.measure, COALESCE(f.issue_code, '-') AS issue_code,
                   COALESCE(f.support_type, '-') AS support_type, f.delta
            FROM figure_fact f WHERE f.measure IN ('planned', 'committed', 'paid', 'plans', 'projects', 'projects_also', 'people')
            UNION ALL
            SELECT f.province_id, f.fy, f.measure, COALESCE(f.issue_code, '-'),
                   COALESCE(f.support_type, '-'), f.delta
            FROM figure_fact f WHERE f.measure IN ('planned', 'committed', 'paid', 'plans', 'projects', 'projects_also', 'people')) g
      GROUP BY g.area_id, g.fy, g.measure, g.issue_code, g.support_type) fact
FULL OUTER JOIN figure_area_split s
    ON s.area_id = fact.area_id AND s.fy = fact.fy AND s.measure = fact.measure
   AND s.issue_code = fact.issue_code AND s.support_type = fact.support_type
WHERE COALESCE(fact.total, 0) <> COALESCE(s.total, 0)
  AND COALESCE(fact.area_id, s.area_id) NOT IN (SELECT u.area_id FROM figure_above u);

-- report_verify_fund_groups :each
-- out fund_id fund_id, fy fiscal_year, group_code code, by_facts int, by_sum int
-- all: only differences come out
-- scan f: a verification reads everything
-- scan s: a verification reads everything
-- scan fact: a verification reads everything
SELECT COALESCE(fact.fund_id, s.fund_id) AS fund_id, COALESCE(fact.fy, s.fy) AS fy,
       COALESCE(fact.group_code, s.group_code) AS group_code, COALESCE(fact.total, 0) AS by_facts,
       COALESCE(s.total, 0) AS by_sum
FROM (SELECT f.fund_id, f.fy, f.district_id, f.group_code, CAST(SUM(f.delta) AS BIGINT) AS total
      FROM figure_fact f WHERE f.measure = 'people_group'
      GROUP BY f.fund_id, f.fy, f.district_id, f.group_code) fact
FULL OUTER JOIN figure_fund_group s
    ON s.fund_id = fact.fund_id AND s.fy = fact.fy AND s.district_id = fact.district_id AND s.group_code = fact.group_code
WHERE COALESCE(fact.total, 0) <> COALESCE(s.total, 0);

-- report_verify_area_groups :each
-- out area_id area_id, fy fiscal_year, group_code code, by_facts int, by_sum int
-- all: only differences come out
-- scan g: a verification reads everything
-- scan f: a verification reads everything
-- scan s: a verification reads everything
-- scan fact: a verification reads everything
SELECT COALESCE(fact.area_id, s.area_id) AS area_id, COALESCE(fact.fy, s.fy) AS fy,
       COALESCE(fact.group_code, s.group_code) AS group_code, COALESCE(fact.total, 0) AS by_facts,
       COALESCE(s.total, 0) AS by_sum
FROM (SELECT g.area_id, g.fy, g.group_code, CAST(SUM(g.delta) AS BIGINT) AS total
      FROM (SELECT f.district_id AS area_id, f.fy, f.group_code, f.delta FROM figure_fact f WHERE f.measure = 'people_group'
            UNION ALL
            SELECT f.province_id, f.fy, f.group_code, f.delta FROM figure_fact f WHERE f.measure = 'people_group') g
      GROUP BY g.area_id, g.fy, g.group_code) fact
FULL OUTER JOIN figure_area_group s
    ON s.area_id = fact.area_id AND s.fy = fact.fy AND s.group_code = fact.group_code
WHERE COALESCE(fact.total, 0) <> COALESCE(s.total, 0)
  AND COALESCE(fact.area_id, s.area_id) NOT IN (SELECT u.area_id FROM figure_above u);

-- report_verify_fund_dues :each
-- out fund_id fund_id, fy fiscal_year, due_on date, by_facts int, by_sum int
-- all: only differences come out
-- scan f: a verification reads everything
-- scan s: a verification reads everything
-- scan fact: a verification reads everything
SELECT COALESCE(fact.fund_id, s.fund_id) AS fund_id, COALESCE(fact.fy, s.fy) AS fy,
       COALESCE(fact.due_on, s.due_on) AS due_on, COALESCE(fact.total, 0) AS by_facts,
       COALESCE(s.total, 0) AS by_sum
FROM (SELECT f.fund_id, f.fy, f.district_id, f.due_on, CAST(SUM(f.delta) AS BIGINT) AS total
      FROM figure_fact f WHERE f.measure = 'open_due'
      GROUP BY f.fund_id, f.fy, f.district_id, f.due_on) fact
FULL OUTER JOIN figure_fund_due s
    ON s.fund_id = fact.fund_id AND s.fy = fact.fy AND s.district_id = fact.district_id AND s.due_on = fact.due_on
WHERE COALESCE(fact.total, 0) <> COALESCE(s.total, 0);

-- report_verify_area_dues :each
-- out area_id area_id, fy fiscal_year, due_on date, by_facts int, by_sum int
-- all: only differences come out
-- scan g: a verification reads everything
-- scan f: a verification reads everything
-- scan s: a verification reads everything
-- scan fact: a verification reads everything
SELECT COALESCE(fact.area_id, s.area_id) AS area_id, COALESCE(fact.fy, s.fy) AS fy,
       COALESCE(fact.due_on, s.due_on) AS due_on, COALESCE(fact.total, 0) AS by_facts,
       COALESCE(s.total, 0) AS by_sum
FROM (SELECT g.area_id, g.fy, g.due_on, CAST(SUM(g.delta) AS BIGINT) AS total
      FROM (SELECT f.district_id AS area_id, f.fy, f.due_on, f.delta FROM figure_fact f WHERE f.measure = 'open_due'
            UNION ALL
            SELECT f.province_id, f.fy, f.due_on, f.delta FROM figure_fact f WHERE f.measure = 'open_due') g
      GROUP BY g.area_id, g.fy, g.due_on) fact
FULL OUTER JOIN figure_area_due s
    ON s.area_id = fact.area_id AND s.fy = fact.fy AND s.due_on = fact.due_on
WHERE COALESCE(fact.total, 0) <> COALESCE(s.total, 0)
  AND COALESCE(fact.area_id, s.area_id) NOT IN (SELECT u.area_id FROM figure_above u);

-- report_verify_funds :many
-- in after fund_id, most int
SELECT f.id, f.code FROM fund f WHERE f.id > $after ORDER BY f.id LIMIT $most;

-- report_verify_flow_sums :many
-- in fund_id fund_id
-- all: one fund's years, some twenty measures each
-- # Measures that are not taken apart; of the others the parts are compared.
SELECT s.fy, s.measure, s.total, s.known
FROM figure_fund_year s
WHERE s.fund_id = $fund_id
  AND s.measure IN ('ledgers', 'opening', 'received_nhso', 'received_local', 'received_interest',
    'received_donation', 'received_refund', 'net', 'projects_sent', 'projects_revise', 'projects_deferred',
    'projects_rejected', 'projects_approved', 'projects_running', 'projects_suspended', 'projects_stopped',
    'projects_reported', 'projects_closed')
ORDER BY s.fy, s.measure;

-- report_verify_flow_splits :many
-- in fund_id fund_id
-- all: one fund's years, some hundred parts each
SELECT s.fy, s.measure, s.issue_code, s.support_type, s.total
FROM figure_fund_split s
WHERE s.fund_id = $fund_id
ORDER BY s.fy, s.measure, s.issue_code, s.support_type;

-- report_verify_flow_groups :many
-- in fund_id fund_id
-- all: one fund's years, some nine groups each
SELECT s.fy, s.group_code, s.total FROM figure_fund_group s WHERE s.fund_id = $fund_id ORDER BY s.fy, s.group_code;

-- report_verify_flow_dues :many
-- in fund_id fund_id
-- all: one fund's days on which reports are or were due
SELECT s.fy, s.due_on, s.total FROM figure_fund_due s WHERE s.fund_id = $fund_id ORDER BY s.due_on, s.fy;

-- report_verify_paid :many
-- in fund_id fund_id
-- all: only differences come out, a fund at a time
-- # Projects that say they were paid, or not, and the books say otherwise.
SELECT p.slug, p.is_paid
FROM project p
JOIN project_book b ON b.project_id = p.id
WHERE p.fund_id = $fund_id
  AND p.is_paid <> CASE WHEN EXISTS (SELECT 1 FROM ledger_commitment c
                                     WHERE c.book_id = b.book_id AND c.project_code = b.code AND c.paid_before_satang > 0)
                          OR EXISTS (SELECT 1 FROM project_entry e
                                     WHERE e.project_id = p.id AND e.kind = 'payment'
                                       AND NOT EXISTS (SELECT 1 FROM ledger_entry r WHERE r.reversal_of = e.entry_id))
                        THEN 1 ELSE 0 END
ORDER BY p.id;

-- report_verify_split_totals :each
-- out fund_id fund_id, fy fiscal_year, measure code, by_splits int, by_sum int
-- all: only differences come out
-- scan f: a verification reads everything
-- scan s: a verification reads everything
-- scan b: a verification reads everything
SELECT b.fund_id, b.fy, b.measure, CAST(SUM(b.by_splits) AS BIGINT) AS by_splits, CAST(SUM(b.by_sum) AS BIGINT) AS by_sum
FROM (SELECT s.fund_id, s.fy, s.measure, s.total AS by_splits, 0 AS by_sum FROM figure_fund_split s
      UNION ALL
      SELECT f.fund_id, f.fy, f.measure, 0, f.total FROM figure_fund_year f
      WHERE f.measure IN ('planned', 'committed', 'paid', 'plans', 'projects', 'projects_also', 'people')) b
GROUP BY b.fund_id, b.fy, b.measure
HAVING CAST(SUM(b.by_splits - b.by_sum) AS BIGINT) <> 0;

-- report_verify_districts :each
-- all: only differences come out
-- scan s: a verification reads everything
SELECT f.code, s.fy, s.measure
FROM figure_fund_year s
JOIN fund_year y ON y.fund_id = s.fund_id AND y.fy = s.fy
JOIN fund f ON f.id = s.fund_id
WHERE s.district_id <> y.district_id;

-- report_verify_area_all :each
-- out area_id area_id, measure code, by_years int, by_sum int
-- all: only differences come out
-- scan a: a verification reads everything
-- scan f: a verification reads everything
-- scan b: a verification reads everything
SELECT b.area_id, b.measure, CAST(SUM(b.by_years) AS BIGINT) AS by_years, CAST(SUM(b.by_sum) AS BIGINT) AS by_sum
FROM (SELECT a.area_id, a.measure, 0 AS by_years, a.total AS by_sum FROM figure_area_all a
      UNION ALL
      SELECT f.area_id, f.measure, f.total, 0 FROM figure_area_year f
      WHERE f.measure IN ('committed', 'ledgers', 'net')) b
GROUP BY b.area_id, b.measure
HAVING CAST(SUM(b.by_years - b.by_sum) AS BIGINT) <> 0;

-- report_verify_fund_all :each
-- out fund_id fund_id, measure code, by_years int, by_sum int
-- all: only differences come out
-- scan a: a verification reads everything
-- scan f: a verification reads everything
-- scan b: a verification reads everything
SELECT b.fund_id, b.measure, CAST(SUM(b.by_years) AS BIGINT) AS by_years, CAST(SUM(b.by_sum) AS BIGINT) AS by_sum
FROM (SELECT a.fund_id, a.measure, 0 AS by_years, a.total AS by_sum FROM figure_fund_all a
      UNION ALL
      SELECT f.fund_id, f.measure, f.total, 0 FROM figure_fund_year f
      WHERE f.measure IN ('committed', 'ledgers', 'net')) b
GROUP BY b.fund_id, b.measure
HAVING CAST(SUM(b.by_years - b.by_sum) AS BIGINT) <> 0;

-- report_verify_areas :each
-- out area_id area_id, fy fiscal_year, measure code, by_funds int, by_sum int
-- all: only differences come out
-- scan g: a verification reads everything
-- scan f: a verification reads everything
-- scan s: a verification reads everything
-- scan fact: a verification reads everything
SELECT COALESCE(fact.area_id, s.area_id) AS area_id, COALESCE(fact.fy, s.fy) AS fy,
       COALESCE(fact.measure, s.measure) AS measure,
       COALESCE(fact.total, 0) AS by_funds, COALESCE(s.total, 0) AS by_sum
FROM (SELECT g.area_id, g.fy, g.measure, CAST(SUM(g.delta) AS BIGINT) AS total,
             CAST(SUM(g.known_delta) AS BIGINT) AS known
      FROM (SELECT f.district_id AS area_id, f.fy, f.measure, f.delta, f.known_delta
            FROM figure_fact f
            UNION ALL
            SELECT f.province_id, f.fy, f.measure, f.delta, f.known_delta FROM figure_fact f) g
      GROUP BY g.area_id, g.fy, g.measure) fact
FULL OUTER JOIN figure_area_year s
    ON s.area_id = fact.area_id AND s.fy = fact.fy AND s.measure = fact.measure
WHERE (fact.total IS DISTINCT FROM s.total OR fact.known IS DISTINCT FROM s.known)
  AND COALESCE(fact.area_id, s.area_id) NOT IN (SELECT u.area_id FROM figure_above u);

-- report_verify_fund_counts :each
-- out area_id area_id, by_homes int, by_sum int
-- all: only differences come out
-- scan g: a verification reads everything
-- scan d: a verification reads everything
-- scan s: a verification reads everything
-- scan home: a verification reads everything
SELECT COALESCE(home.area_id, s.area_id) AS area_id, COALESCE(home.funds, 0) AS by_homes,
       COALESCE(s.funds, 0) AS by_sum
FROM (SELECT g.area_id, CAST(COUNT(*) AS BIGINT) AS funds
      FROM (SELECT d.district_id AS area_id FROM fund_district d WHERE d.valid_to IS NULL
            UNION ALL
            SELECT p.parent_id
            FROM fund_district d
            JOIN area_parent p ON p.area_id = d.district_id AND p.valid_to IS NULL
            WHERE d.valid_to IS NULL) g
      GROUP BY g.area_id) home
FULL OUTER JOIN figure_area_funds s
    ON s.area_id = home.area_id
WHERE home.funds IS DISTINCT FROM s.funds AND COALESCE(home.funds, 0) <> COALESCE(s.funds, 0)
  AND COALESCE(home.area_id, s.area_id) NOT IN (SELECT u.area_id FROM figure_above u);

-- report_verify_above :each
-- out area_id area_id, part text, by_provinces int, by_sum int
-- all: only differences come out
-- scan y: a verification reads everything
-- scan n: a verification reads everything
-- scan s: a verification reads everything
-- scan g: a verification reads everything
-- scan d: a verification reads everything
-- scan f: a verification reads everything
-- scan k: a verification reads everything
-- scan x: a verification reads everything
-- scan b: a verification reads everything
-- # Every sum of a region and of the nation is what its provinces' come to; those are compared with their facts.
WITH kept (area_id, part, total) AS (
    SELECT y.area_id, 'year ' || y.fy || ' ' || y.measure, y.total FROM figure_area_year y
    UNION ALL
    SELECT n.area_id, 'year ' || n.fy || ' ' || n.measure || ' known', n.known FROM figure_area_year n
    UNION ALL
    SELECT s.area_id, 'year ' || s.fy || ' ' || s.measure || ' issue ' || s.issue_code || ' support type ' || s.support_type, s.total
    FROM figure_area_split s
    UNION ALL
    SELECT g.area_id, 'year ' || g.fy || ' people of group ' || g.group_code, g.total FROM figure_area_group g
    UNION ALL
    SELECT d.area_id, 'year ' || d.fy || ' projects due on ' || d.due_on, d.total FROM figure_area_due d
    UNION ALL
    SELECT f.area_id, 'funds', f.funds FROM figure_area_funds f
)
SELECT b.area_id, b.part, CAST(SUM(b.by_provinces) AS BIGINT) AS by_provinces, CAST(SUM(b.by_sum) AS BIGINT) AS by_sum
FROM (SELECT u.area_id, x.part, x.total AS by_provinces, 0 AS by_sum
      FROM kept x
      JOIN figure_above u ON u.province_id = x.area_id
      UNION ALL
      SELECT k.area_id, k.part, 0, k.total
      FROM kept k
      JOIN area a ON a.id = k.area_id
      WHERE a.kind IN ('region', 'nation')) b
GROUP BY b.area_id, b.part
HAVING CAST(SUM(b.by_provinces - b.by_sum) AS BIGINT) <> 0;
