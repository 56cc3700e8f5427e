-- fund_x :one
-- in id fund_year_id
-- out odd satang?
SELECT y.nhso_amount + y.population_local AS odd FROM fund_year y WHERE y.id = $id;
