-- fund_x :some
-- in code code
SELECT id FROM fund WHERE code = $code;
