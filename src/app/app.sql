-- Named queries of app; the language is described in docs/sqlc.md.

-- app_setting_get :one
-- in key code
SELECT s.value FROM app_setting s WHERE s.key = $key;

-- app_setting_put :exec
-- in key code, value text
INSERT INTO app_setting (key, value) VALUES ($key, $value)
ON CONFLICT (key) DO UPDATE SET value = excluded.value;

-- app_audit_add :one
-- in recorded_at instant, actor text, action code, thing code, thing_id int
INSERT INTO audit (recorded_at, actor, action, thing, thing_id)
VALUES ($recorded_at, $actor, $action, $thing, $thing_id)
RETURNING id;

-- app_audit_add_field :exec
-- in audit_id audit_id, field code, before text?, after text?
INSERT INTO audit_field (audit_id, field, before, after) VALUES ($audit_id, $field, $before, $after);
