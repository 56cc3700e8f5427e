-- Named queries of room account; the language is described in docs/sqlc.md.

-- account_id_of_login :one
-- in login code
SELECT a.id FROM account a WHERE a.login = $login;
