-- fund_get :one
-- # With its year, if it has one; the money of all years is summed.
-- in code code, fy fiscal_year
-- out population_local count?, is_closed flag, total satang, fy fiscal_year?
SELECT f.id, f.code, f.name_th, f.founded_on, f.logo, f.made_at, a.name_th AS area_name_th,
       y.population_local, y.nhso_amount, y.match_percent, y.fy, y.closed_at,
       COALESCE(y.is_closed, 0) AS is_closed,
       CAST((SELECT COALESCE(SUM(z.nhso_amount), 0) FROM fund_year z WHERE z.fund_id = f.id) AS BIGINT) AS total
FROM fund f
JOIN area a ON a.id = f.area_id
LEFT JOIN fund_year y ON y.fund_id = f.id AND y.fy = $fy
WHERE f.code = $code AND f.name_th NOT IN ('a', 'b', 'c') AND f.code IN ('x', 'y', 'z');

-- fund_list_of_area :many
-- in area_id area_id, limit_n count
-- out n count
-- scan fund_year: an example; real ones count by index
-- scan y: the same
WITH years AS (SELECT fund_id, CAST(COUNT(*) AS BIGINT) AS n FROM fund_year GROUP BY fund_id)
SELECT f.id, f.founded_on, f.area_id, COALESCE(y.n, 0) AS n
FROM fund f LEFT JOIN years y ON y.fund_id = f.id
WHERE f.area_id = $area_id AND f.closed_on IS NULL
ORDER BY f.founded_on DESC NULLS LAST, f.code
LIMIT $limit_n;

-- fund_count :one
-- scan fund: one number for the front page
-- out n count
SELECT CAST(COUNT(*) AS BIGINT) AS n FROM fund;

-- fund_each_year :each
-- in fy fiscal_year
SELECT y.fund_id, y.nhso_amount, y.population_local, p.code AS province_code
FROM fund_year y JOIN fund f ON f.id = y.fund_id JOIN province p ON p.id = f.area_id
WHERE y.fy = $fy AND y.is_closed = 0;

-- fund_add :one
-- # More than six: a struct.
-- in code code, area_id area_id, name_th text, founded_on date?, logo bytes?, made_at instant, made_by account_id
INSERT INTO fund (code, area_id, name_th, founded_on, logo, made_at, made_by)
VALUES ($code, $area_id, $name_th, $founded_on, $logo, $made_at, $made_by)
RETURNING id;

-- fund_put_year :exec
-- in fund_id fund_id, fy fiscal_year, population_local count?, nhso_amount satang?, match_percent bp?
INSERT INTO fund_year (fund_id, fy, population_local, nhso_amount, match_percent)
VALUES ($fund_id, $fy, $population_local, $nhso_amount, $match_percent)
ON CONFLICT (fund_id, fy) DO UPDATE SET population_local = excluded.population_local,
    nhso_amount = excluded.nhso_amount, match_percent = excluded.match_percent;

-- fund_close :exec
-- in id fund_id, closed_on date
UPDATE fund SET closed_on = $closed_on WHERE id = $id AND closed_on IS NULL;

-- fund_list_tags :many
-- in id fund_id
-- out tags text?
-- all: one row
-- scan (subquery-1): the tags of one fund
-- sqlite
SELECT group_concat(tag, ', ') AS tags FROM (SELECT tag FROM fund_tag WHERE fund_id = $id ORDER BY tag);
-- pg
SELECT string_agg(tag, ', ' ORDER BY tag) AS tags FROM fund_tag WHERE fund_id = $id;
