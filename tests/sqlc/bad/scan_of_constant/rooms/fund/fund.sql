-- fund_x :many
-- out n int
WITH v(n) AS (VALUES (1), (2)) SELECT n FROM v LIMIT 2;
