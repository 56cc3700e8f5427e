-- fund_x :exec
-- in login code
INSERT INTO account (login) VALUES ($login);
