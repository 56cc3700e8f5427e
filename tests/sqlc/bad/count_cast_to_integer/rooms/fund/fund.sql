-- fund_x :one
-- in id fund_id
-- out n count
SELECT CAST(COUNT(*) AS INTEGER) AS n FROM fund_year WHERE fund_id = $id;
