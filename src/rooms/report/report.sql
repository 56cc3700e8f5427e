-- Named queries of room report; the language is described in docs/sqlc.md.

-- ---- keeping the sums ----

-- report_fund_year_figures :many
-- in fund_id fund_id, fy fiscal_year
-- all: one row a measure
SELECT f.measure, f.district_id, f.total, f.known
FROM figure_fund_year f
WHERE f.fund_id = $fund_id AND f.fy = $fy;

-- report_add_fact :exec
-- in fund_id fund_id, fy fiscal_year, district_id area_id, province_id area_id, issue_code code?, support_type code?, measure code, delta int, known_delta int, on_date date, recorded_at instant, source_kind code, source_id int, group_code code?, due_on date?
INSERT INTO figure_fact (fund_id, fy, district_id, province_id, issue_code, support_type, measure,
    delta, known_delta, on_date, recorded_at, source_kind, source_id, group_code, due_on)
VALUES ($fund_id, $fy, $district_id, $province_id, $issue_code, $support_type, $measure, $delta,
    $known_delta, $on_date, $recorded_at, $source_kind, $source_id, $group_code, $due_on);

-- report_put_fund_year :exec
-- in fund_id fund_id, fy fiscal_year, district_id area_id, measure code, total int, known int
INSERT INTO figure_fund_year (fund_id, fy, district_id, measure, total, known)
VALUES ($fund_id, $fy, $district_id, $measure, $total, $known)
ON CONFLICT (fund_id, fy, measure)
DO UPDATE SET district_id = excluded.district_id, total = excluded.total, known = excluded.known;

-- # Sums are moved by UPDATE and only begun by INSERT: a negative part put in by an upsert would meet
-- # the CHECK before it met the row that it lessens.

-- report_move_area_year :exec
-- in area_id area_id, fy fiscal_year, measure code, delta int, known_delta int
UPDATE figure_area_year SET total = total + $delta, known = known + $known_delta
WHERE area_id = $area_id AND fy = $fy AND measure = $measure;

-- report_move_area_all :exec
-- in area_id area_id, measure code, delta int
INSERT INTO figure_area_all (area_id, measure, total) VALUES ($area_id, $measure, $delta)
ON CONFLICT (area_id, measure) DO UPDATE SET total = figure_area_all.total + excluded.total;

-- report_move_fund_all :exec
-- in fund_id fund_id, measure code, delta int
INSERT INTO figure_fund_all (fund_id, measure, total) VALUES ($fund_id, $measure, $delta)
ON CONFLICT (fund_id, measure) DO UPDATE SET total = figure_fund_all.total + excluded.total;

-- report_begin_area_year :exec
-- in area_id area_id, fy fiscal_year, measure code
-- # Two writers may both find no row: the second one's insert does nothing, and both then move it.
INSERT INTO figure_area_year (area_id, fy, measure, total, known)
VALUES ($area_id, $fy, $measure, 0, 0)
ON CONFLICT (area_id, fy, measure) DO NOTHING;

-- report_move_fund_year :exec
-- in fund_id fund_id, fy fiscal_year, measure code, delta int
UPDATE figure_fund_year SET total = total + $delta
WHERE fund_id = $fund_id AND fy = $fy AND measure = $measure;

-- report_fund_year_splits :many
-- in fund_id fund_id, fy fiscal_year
-- all: planned, committed and paid, a row an issue and support type
SELECT s.measure, s.issue_code, s.support_type, s.district_id, s.total
FROM figure_fund_split s
WHERE s.fund_id = $fund_id AND s.fy = $fy
ORDER BY s.measure, s.issue_code, s.support_type;

-- report_move_fund_split :exec
-- in fund_id fund_id, fy fiscal_year, measure code, issue_code code, support_type code, district_id area_id, delta int
INSERT INTO figure_fund_split (fund_id, fy, measure, issue_code, support_type, district_id, total)
VALUES ($fund_id, $fy, $measure, $issue_code, $support_type, $district_id, $delta)
ON CONFLICT (fund_id, fy, measure, issue_code, support_type)
DO UPDATE SET district_id = excluded.district_id, total = figure_fund_split.total + excluded.total;

-- report_move_area_split :exec
-- in area_id area_id, fy fiscal_year, measure code, issue_code code, support_type code, delta int
INSERT INTO figure_area_split (area_id, fy, measure, issue_code, support_type, total)
VALUES ($area_id, $fy, $measure, $issue_code, $support_type, $delta)
ON CONFLICT (area_id, fy, measure, issue_code, support_type)
DO UPDATE SET total = figure_area_split.total + excluded.total;

-- report_fund_year_groups :many
-- in fund_id fund_id, fy fiscal_year
-- all: about nine target groups
SELECT g.group_code, g.total
FROM figure_fund_group g
WHERE g.fund_id = $fund_id AND g.fy = $fy
ORDER BY g.group_code;

-- report_fund_year_dues :many
-- in fund_id fund_id, fy fiscal_year
-- all: days on which reports of one fund-year are or were due
SELECT d.due_on, d.total
FROM figure_fund_due d
WHERE d.fund_id = $fund_id AND d.fy = $fy
ORDER BY d.due_on;

-- report_move_fund_group :exec
-- in fund_id fund_id, fy fiscal_year, group_code code, district_id area_id, delta int
INSERT INTO figure_fund_group (fund_id, fy, group_code, district_id, total)
VALUES ($fund_id, $fy, $group_code, $district_id, $delta)
ON CONFLICT (fund_id, fy, group_code)
DO UPDATE SET district_id = excluded.district_id, total = figure_fund_group.total + excluded.total;

-- report_move_area_group :exec
-- in area_id area_id, fy fiscal_year, group_code code, delta int
INSERT INTO figure_area_group (area_id, fy, group_code, total)
VALUES ($area_id, $fy, $group_code, $delta)
ON CONFLICT (area_id, fy, group_code) DO UPDATE SET total = figure_area_group.total + excluded.total;

-- report_move_fund_due :exec
-- in fund_id fund_id, due_on date, fy fiscal_year, district_id area_id, delta int
INSERT INTO figure_fund_due (fund_id, due_on, fy, district_id, total)
VALUES ($fund_id, $due_on, $fy, $district_id, $delta)
ON CONFLICT (fund_id, due_on, fy)
DO UPDATE SET district_id = excluded.district_id, total = figure_fund_due.total + excluded.total;

-- report_move_area_due :exec
-- in area_id area_id, due_on date, fy fiscal_year, delta int
INSERT INTO figure_area_due (area_id, due_on, fy, total)
VALUES ($area_id, $due_on, $fy, $delta)
ON CONFLICT (area_id, due_on, fy) DO UPDATE SET total = figure_area_due.total + excluded.total;

-- report_above :many
-- in province_id area_id
-- out kind code
-- all: a region and the nation
SELECT u.area_id, u.kind FROM figure_above u WHERE u.province_id = $province_id;

-- report_hold_area :one
-- in area_id area_id
-- # The nation's gate: whoever writes sums passes it first, so that two writers who move several sums
-- # each cannot wait for each other in a circle. SQLite has one writer anyway.
-- sqlite
SELECT f.funds FROM figure_area_funds f WHERE f.area_id = $area_id;
-- pg
SELECT f.funds FROM figure_area_funds f WHERE f.area_id = $area_id FOR NO KEY UPDATE;

-- report_years_without_record :many
-- in fund_id fund_id, district_id area_id
-- all: the fiscal years of one fund
-- # Years of which only money and projects are known: they belong where the fund is at home.
SELECT DISTINCT f.fy
FROM figure_fund_year f
WHERE f.fund_id = $fund_id AND f.district_id <> $district_id
  AND NOT EXISTS (SELECT 1 FROM fund_year y WHERE y.fund_id = f.fund_id AND y.fy = f.fy)
ORDER BY f.fy;

-- report_move_area_funds :exec
-- in area_id area_id, delta count
UPDATE figure_area_funds SET funds = funds + $delta WHERE area_id = $area_id;

-- report_begin_area_funds :exec
-- in area_id area_id
INSERT INTO figure_area_funds (area_id, funds) VALUES ($area_id, 0)
ON CONFLICT (area_id) DO NOTHING;

-- ---- reading them ----

-- report_provinces_record :many
-- in fy fiscal_year
-- all: 77 provinces with a few measures each
-- # For the map, which shows one figure of each province: only what that figure is made of is read. CROSS JOIN keeps
-- # SQLite to this order.
SELECT f.area_id, f.measure, f.total, f.known
FROM area a
CROSS JOIN figure_area_year f
WHERE a.kind = 'province' AND f.area_id = a.id AND f.fy = $fy
  AND f.measure IN ('match_base', 'match_done', 'nhso_amount', 'population_local');

-- report_provinces_money :many
-- in fy fiscal_year
-- all: 77 provinces with a few measures each
SELECT f.area_id, f.measure, f.total, f.known
FROM area a
CROSS JOIN figure_area_year f
WHERE a.kind = 'province' AND f.area_id = a.id AND f.fy = $fy
  AND f.measure IN ('net', 'opening', 'paid');

-- report_provinces_thread :many
-- in fy fiscal_year
-- all: 77 provinces with a few measures each
SELECT f.area_id, f.measure, f.total, f.known
FROM area a
CROSS JOIN figure_area_year f
WHERE a.kind = 'province' AND f.area_id = a.id AND f.fy = $fy
  AND f.measure IN ('people', 'projects', 'projects_approved', 'projects_closed', 'projects_deferred', 'projects_rejected',
    'projects_reported', 'projects_revise', 'projects_running', 'projects_sent', 'projects_stopped', 'projects_suspended');

-- # States: what the flows of all years before add up to (opened ledgers, net, committed): those of all years without
-- # the year's and the later ones', of which there are few.

-- report_provinces_end :many
-- in fy fiscal_year
-- out total int
-- all: 77 provinces with two measures each
-- # Up to the end of a year, for the map.
SELECT s.area_id, s.measure,
       CAST(s.total - COALESCE((SELECT SUM(f.total) FROM figure_area_year f
                                WHERE f.area_id = s.area_id AND f.fy > $fy AND f.measure = s.measure
                                  AND f.measure IN ('committed', 'ledgers', 'net')), 0) AS BIGINT) AS total
FROM area a
CROSS JOIN figure_area_all s
WHERE a.kind = 'province' AND s.area_id = a.id AND s.measure IN ('ledgers', 'net');

-- report_children_before :many
-- in parent_id area_id, fy fiscal_year
-- out total int
-- all: an area's children but tambons, three measures each
SELECT s.area_id, s.measure,
       CAST(s.total - COALESCE((SELECT SUM(f.total) FROM figure_area_year f
                                WHERE f.area_id = s.area_id AND f.fy >= $fy AND f.measure = s.measure
                                  AND f.measure IN ('committed', 'ledgers', 'net')), 0) AS BIGINT) AS total
FROM area_parent p
CROSS JOIN figure_area_all s
WHERE p.parent_id = $parent_id AND p.valid_to IS NULL AND s.area_id = p.area_id;

-- report_area_before :many
-- in area_id area_id, fy fiscal_year
-- out total int
-- all: three measures
SELECT s.measure,
       CAST(s.total - COALESCE((SELECT SUM(f.total) FROM figure_area_year f
                                WHERE f.area_id = s.area_id AND f.fy >= $fy AND f.measure = s.measure
                                  AND f.measure IN ('committed', 'ledgers', 'net')), 0) AS BIGINT) AS total
FROM figure_area_all s
WHERE s.area_id = $area_id;

-- report_district_funds_before :many
-- in district_id area_id, fy fiscal_year
-- out total int
-- all: a district has at most some 40 funds, three measures each
-- # Of the same funds as report_district_funds.
SELECT s.fund_id, s.measure,
       CAST(s.total - COALESCE((SELECT SUM(f.total) FROM figure_fund_year f
                                WHERE f.fund_id = s.fund_id AND f.fy >= $fy AND f.measure = s.measure
                                  AND f.measure IN ('committed', 'ledgers', 'net')), 0) AS BIGINT) AS total
FROM figure_fund_all s
WHERE s.fund_id IN (
    SELECT d.fund_id FROM fund_district d WHERE d.district_id = $district_id AND d.valid_to IS NULL
    UNION
    SELECT y.fund_id FROM figure_fund_year y WHERE y.fy = $fy AND y.district_id = $district_id);

-- report_fund_trend :many
-- in fund_id fund_id
-- all: one fund: some twenty measures a fiscal year
SELECT f.fy, f.measure, f.total, f.known
FROM figure_fund_year f
WHERE f.fund_id = $fund_id
ORDER BY f.fy;

-- report_provinces_funds :many
-- all: 77 provinces
SELECT f.area_id, f.funds
FROM area a
CROSS JOIN figure_area_funds f
WHERE a.kind = 'province' AND f.area_id = a.id;

-- report_children_year :many
-- in parent_id area_id, fy fiscal_year
-- all: an area's children but tambons, some twenty measures each
SELECT f.area_id, f.measure, f.total, f.known
FROM area_parent p
CROSS JOIN figure_area_year f
WHERE p.parent_id = $parent_id AND p.valid_to IS NULL AND f.area_id = p.area_id AND f.fy = $fy;

-- report_children_funds :many
-- in parent_id area_id
-- all: an area's children but tambons
SELECT f.area_id, f.funds
FROM area_parent p
JOIN figure_area_funds f ON f.area_id = p.area_id
WHERE p.parent_id = $parent_id AND p.valid_to IS NULL;

-- report_area_year :many
-- in area_id area_id, fy fiscal_year
-- all: some twenty measures
SELECT f.measure, f.total, f.known
FROM figure_area_year f
WHERE f.area_id = $area_id AND f.fy = $fy;

-- report_area_funds_of :one
-- in area_id area_id
SELECT f.funds FROM figure_area_funds f WHERE f.area_id = $area_id;

-- report_district_funds :many
-- in district_id area_id, fy fiscal_year
-- all: a district has at most some 40 funds
-- # Every fund whose home is the district now, or whose figures of that year belong to it.
SELECT fu.id AS fund_id, fu.code, fu.is_demo, n.name_th, n.name_en, n.sort_key
FROM fund fu
JOIN org_name n ON n.org_id = fu.org_id AND n.valid_to IS NULL
WHERE fu.id IN (
    SELECT d.fund_id FROM fund_district d WHERE d.district_id = $district_id AND d.valid_to IS NULL
    UNION
    SELECT y.fund_id FROM figure_fund_year y WHERE y.fy = $fy AND y.district_id = $district_id)
ORDER BY fu.code;

-- report_district_figures :many
-- in district_id area_id, fy fiscal_year
-- all: a district has at most some 40 funds, some twenty measures each
SELECT f.fund_id, f.measure, f.total, f.known
FROM figure_fund_year f
WHERE f.fy = $fy AND f.district_id = $district_id;

-- report_area_years :many
-- in area_id area_id
-- out fy fiscal_year
-- scan k: a row a fiscal year
-- scan known: the recursive part itself: a row a fiscal year
-- all: a row a fiscal year
-- # Of which anything is known, the oldest first: from year to year by the key.
WITH RECURSIVE known (fy) AS (
    SELECT MIN(f.fy) FROM figure_area_year f WHERE f.area_id = $area_id
    UNION ALL
    SELECT (SELECT MIN(g.fy) FROM figure_area_year g WHERE g.area_id = $area_id AND g.fy > known.fy)
    FROM known WHERE known.fy IS NOT NULL
)
SELECT k.fy FROM known k WHERE k.fy IS NOT NULL;

-- report_area_trend :many
-- in area_id area_id, fy fiscal_year
-- all: some twenty measures a fiscal year
-- # From a year on.
SELECT f.fy, f.measure, f.total, f.known
FROM figure_area_year f
WHERE f.area_id = $area_id AND f.fy >= $fy
ORDER BY f.fy;

-- report_province_stuck :many
-- in province_id area_id, fy fiscal_year
-- out ledgers int, balance int, carried_over int, paid int
-- all: a province has at most some 330 funds
-- # What each fund at home in the province has left at the end of a year: of all years without the later ones.
SELECT d.fund_id,
       CAST(l.total - COALESCE((SELECT SUM(y.total) FROM figure_fund_year y
                                WHERE y.fund_id = d.fund_id AND y.fy > $fy AND y.measure = 'ledgers'), 0) AS BIGINT) AS ledgers,
       CAST(n.total - COALESCE((SELECT SUM(y.total) FROM figure_fund_year y
                                WHERE y.fund_id = d.fund_id AND y.fy > $fy AND y.measure = 'net'), 0) AS BIGINT) AS balance,
       CAST(n.total - COALESCE((SELECT SUM(y.total) FROM figure_fund_year y
                                WHERE y.fund_id = d.fund_id AND y.fy >= $fy AND y.measure = 'net'), 0)
            + COALESCE((SELECT o.total FROM figure_fund_year o
                        WHERE o.fund_id = d.fund_id AND o.fy = $fy AND o.measure = 'opening'), 0) AS BIGINT) AS carried_over,
       COALESCE((SELECT o.total FROM figure_fund_year o
                 WHERE o.fund_id = d.fund_id AND o.fy = $fy AND o.measure = 'paid'), 0) AS paid
FROM area_parent p
CROSS JOIN fund_district d
CROSS JOIN figure_fund_all l
CROSS JOIN figure_fund_all n
WHERE p.parent_id = $province_id AND p.valid_to IS NULL
  AND d.district_id = p.area_id AND d.valid_to IS NULL
  AND l.fund_id = d.fund_id AND l.measure = 'ledgers' AND n.fund_id = d.fund_id AND n.measure = 'net';

-- # Planned and paid of the year, committed of all years up to it.

-- report_fund_splits_in :many
-- in fund_id fund_id, fy fiscal_year
-- out measure code, issue_code code, support_type code, total int
-- all: one fund: at most some forty issues and support types, three measures
SELECT s.measure, s.issue_code, s.support_type, s.total
FROM figure_fund_split s
WHERE s.fund_id = $fund_id AND s.fy = $fy AND s.measure <> 'committed'
UNION ALL
SELECT 'committed' AS measure, c.issue_code, c.support_type, CAST(SUM(c.total) AS BIGINT) AS total
FROM figure_fund_split c
WHERE c.fund_id = $fund_id AND c.fy <= $fy AND c.measure = 'committed' AND c.total <> 0
GROUP BY c.issue_code, c.support_type;

-- report_area_splits_in :many
-- in area_id area_id, fy fiscal_year
-- out measure code, issue_code code, support_type code, total int
-- all: at most some hundred issues and support types, three measures
SELECT s.measure, s.issue_code, s.support_type, s.total
FROM figure_area_split s
WHERE s.area_id = $area_id AND s.fy = $fy AND s.measure <> 'committed'
UNION ALL
SELECT 'committed' AS measure, c.issue_code, c.support_type, CAST(SUM(c.total) AS BIGINT) AS total
FROM figure_area_split c
WHERE c.area_id = $area_id AND c.fy <= $fy AND c.measure = 'committed' AND c.total <> 0
GROUP BY c.issue_code, c.support_type;

-- ---- the person's own first page ----

-- report_work_fund :one
-- in code code, fy fiscal_year
-- out book_id ledger_book_id?, opened_on date?, left_satang satang?, version int?, committed satang, drafts int, lacks int, closed_through date?, ltc_opened_on date?, ltc_closed_through date?, plan_id ledger_plan_id?, agreed_on date?, entered int?, computed int?
-- # Everything of one fund that may wait for somebody. committed: what the main book's promises still hold.
SELECT fu.id AS fund_id, fu.is_demo, b.id AS book_id, b.opened_on, b.version, bl.left_satang,
       COALESCE((SELECT a.total FROM figure_fund_all a WHERE a.fund_id = fu.id AND a.measure = 'committed'), 0) AS committed,
       COALESCE((SELECT CAST(COUNT(*) AS BIGINT) FROM ledger_draft d WHERE d.book_id = b.id), 0) AS drafts,
       COALESCE((SELECT CAST(COUNT(*) AS BIGINT) FROM ledger_commitment c
                 WHERE c.book_id = b.id AND c.is_released = 0 AND c.left_satang > 0
                   AND c.needs_agreement = 1 AND c.agreement_on IS NULL AND COALESCE(c.held_for, '') <> 'suspended'), 0) AS lacks,
       (SELECT MAX(l.closed_through) FROM ledger_close l WHERE l.book_id = b.id) AS closed_through,
       b2.opened_on AS ltc_opened_on,
       (SELECT MAX(l2.closed_through) FROM ledger_close l2 WHERE l2.book_id = b2.id) AS ltc_closed_through,
       p.id AS plan_id, p.agreed_on,
       (SELECT f.total FROM figure_fund_year f
        WHERE f.fund_id = fu.id AND f.fy = $fy AND f.measure = 'match_entered' AND f.known > 0) AS entered,
       (SELECT f.total FROM figure_fund_year f
        WHERE f.fund_id = fu.id AND f.fy = $fy AND f.measure = 'match_computed' AND f.known > 0) AS computed
FROM fund fu
LEFT JOIN ledger_book b ON b.fund_id = fu.id AND b.book = 'main'
LEFT JOIN ledger_balance bl ON bl.book_id = b.id
LEFT JOIN ledger_book b2 ON b2.fund_id = fu.id AND b2.book = 'ltc'
LEFT JOIN ledger_plan p ON p.fund_id = fu.id AND p.fy = $fy
WHERE fu.code = $code;

-- report_work_lacks :many
-- in book_id ledger_book_id, most int
-- # Approved projects that cannot be paid: the rule asks for an agreement and there is none. A suspended one waits for a meeting.
SELECT c.project_code, c.title, c.left_satang, c.approved_on
FROM ledger_commitment c
WHERE c.book_id = $book_id AND c.is_released = 0 AND c.left_satang > 0
  AND c.needs_agreement = 1 AND c.agreement_on IS NULL AND COALESCE(c.held_for, '') <> 'suspended'
ORDER BY c.approved_on, c.id
LIMIT $most;

-- report_work_district_funds :many
-- in district_id area_id, fy fiscal_year, most int
-- out left_satang satang?, committed satang, plan_id ledger_plan_id?, agreed_on date?, book_id ledger_book_id?
SELECT fu.code, fu.is_demo, n.name_th, n.name_en, b.id AS book_id, bl.left_satang,
       COALESCE((SELECT a.total FROM figure_fund_all a WHERE a.fund_id = fu.id AND a.measure = 'committed'), 0) AS committed,
       p.id AS plan_id, p.agreed_on
FROM fund_district d
JOIN fund fu ON fu.id = d.fund_id
JOIN org_name n ON n.org_id = fu.org_id AND n.valid_to IS NULL
LEFT JOIN ledger_book b ON b.fund_id = fu.id AND b.book = 'main'
LEFT JOIN ledger_balance bl ON bl.book_id = b.id
LEFT JOIN ledger_plan p ON p.fund_id = fu.id AND p.fy = $fy
WHERE d.district_id = $district_id AND d.valid_to IS NULL
ORDER BY fu.code
LIMIT $most;

-- report_work_province_funds :many
-- in province_id area_id, fy fiscal_year, most int
-- out left_satang satang?, committed satang, plan_id ledger_plan_id?, agreed_on date?, book_id ledger_book_id?
SELECT fu.code, fu.is_demo, n.name_th, n.name_en, b.id AS book_id, bl.left_satang,
       COALESCE((SELECT a.total FROM figure_fund_all a WHERE a.fund_id = fu.id AND a.measure = 'committed'), 0) AS committed,
       p.id AS plan_id, p.agreed_on
FROM area_parent a
JOIN fund_district d ON d.district_id = a.area_id AND d.valid_to IS NULL
JOIN fund fu ON fu.id = d.fund_id
JOIN org_name n ON n.org_id = fu.org_id AND n.valid_to IS NULL
LEFT JOIN ledger_book b ON b.fund_id = fu.id AND b.book = 'main'
LEFT JOIN ledger_balance bl ON bl.book_id = b.id
LEFT JOIN ledger_plan p ON p.fund_id = fu.id AND p.fy = $fy
WHERE a.parent_id = $province_id AND a.valid_to IS NULL
ORDER BY fu.code
LIMIT $most;

-- report_work_children_money :many
-- in parent_id area_id, fy fiscal_year
-- out total int
-- all: three measures of the nation's regions or a region's provinces
-- # Money of each up to the end of a year: balance (net), held (committed), books opened (ledgers).
SELECT s.area_id, s.measure,
       CAST(s.total - COALESCE((SELECT SUM(f.total) FROM figure_area_year f
                                WHERE f.area_id = s.area_id AND f.fy > $fy AND f.measure = s.measure
                                  AND f.measure IN ('committed', 'ledgers', 'net')), 0) AS BIGINT) AS total
FROM area_parent p
CROSS JOIN figure_area_all s
WHERE p.parent_id = $parent_id AND p.valid_to IS NULL AND s.area_id = p.area_id;

-- report_work_groups :many
-- in account_id account_id, most int
-- # The groups of a person who proposes projects.
SELECT g.id, g.name, g.is_for_paper, g.confirmed_at, fu.code, fu.is_demo, n.name_th, n.name_en
FROM account_group_member m
JOIN account_group g ON g.id = m.group_id
JOIN fund fu ON fu.id = g.fund_id
JOIN org_name n ON n.org_id = fu.org_id AND n.valid_to IS NULL
WHERE m.account_id = $account_id
ORDER BY g.id
LIMIT $most;

-- report_work_grant :one
-- in id account_grant_id
SELECT g.valid_from, g.valid_to FROM account_grant g WHERE g.id = $id;

-- ---- pages ----

-- report_tambon_funds :many
-- in tambon_id area_id, most int
-- out kind_th text?, kind_en text?
-- # The funds that cover a tambon, whole or in part.
SELECT f.code, f.is_demo, n.name_th, n.name_en, k.name_th AS kind_th, k.name_en AS kind_en, t.certainty
FROM fund_tambon t
JOIN fund f ON f.id = t.fund_id
JOIN org_name n ON n.org_id = f.org_id AND n.valid_to IS NULL
LEFT JOIN org_kind k ON k.code = n.kind
WHERE t.tambon_id = $tambon_id AND t.valid_to IS NULL
ORDER BY f.code
LIMIT $most;

-- ---- as of a day: what was recorded since ----

-- report_since_provinces :many
-- in since instant
-- out delta int, known_delta int
-- all: 77 provinces, some twenty measures a year that has changed
SELECT p.parent_id AS region_id, f.province_id, f.fy, f.measure, CAST(SUM(f.delta) AS BIGINT) AS delta,
       CAST(SUM(f.known_delta) AS BIGINT) AS known_delta
FROM area a
CROSS JOIN area_parent p
CROSS JOIN figure_fact f
WHERE a.kind = 'province'
  AND p.area_id = a.id AND p.valid_to IS NULL
  AND f.province_id = a.id AND f.recorded_at >= $since
GROUP BY p.parent_id, f.province_id, f.fy, f.measure;

-- report_since_districts :many
-- in province_id area_id, since instant
-- out delta int, known_delta int
-- all: a province's districts, some twenty measures a year that has changed
SELECT f.district_id, f.fy, f.measure, CAST(SUM(f.delta) AS BIGINT) AS delta,
       CAST(SUM(f.known_delta) AS BIGINT) AS known_delta
FROM figure_fact f
WHERE f.province_id = $province_id AND f.recorded_at >= $since
GROUP BY f.district_id, f.fy, f.measure;

-- report_since_funds :many
-- in district_id area_id, since instant
-- out delta int, known_delta int
-- all: a district's funds, some twenty measures a year that has changed
SELECT f.fund_id, f.fy, f.measure, CAST(SUM(f.delta) AS BIGINT) AS delta,
       CAST(SUM(f.known_delta) AS BIGINT) AS known_delta
FROM figure_fact f
WHERE f.district_id = $district_id AND f.recorded_at >= $since
GROUP BY f.fund_id, f.fy, f.measure;
