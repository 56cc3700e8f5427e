-- # Who may come in.
-- app_get_account :one
-- in login code
SELECT id, login, is_open FROM account WHERE login = $login;
