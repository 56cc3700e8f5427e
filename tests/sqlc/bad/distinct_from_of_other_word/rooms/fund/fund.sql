-- fund_x :one
-- in code code, day text
SELECT id FROM fund WHERE code = $code AND closed_on IS DISTINCT FROM $day;
