-- fund_x :one
-- in id fund_id
-- out total satang?
SELECT SUM(nhso_amount) AS total FROM fund_year WHERE fund_id = $id;
