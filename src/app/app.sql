-- Named queries of app; the language is described in docs/sqlc.md.

-- app_setting_get :one
-- in key code
SELECT s.value FROM app_setting s WHERE s.key = $key;

-- app_setting_put :exec
-- in key code, value text
INSERT INTO app_setting (key, value) VALUES ($key, $value)
ON CONFLICT (key) DO UPDATE SET value = excluded.value;

-- app_setting_add :exec
-- in key code, value text
-- # Keeps what is there: whoever is first.
INSERT INTO app_setting (key, value) VALUES ($key, $value) ON CONFLICT (key) DO NOTHING;

-- app_audit_add :one
-- in recorded_at instant, actor text, action code, thing code, thing_id int, acting text?, account_no int?, grant_no int?
INSERT INTO audit (recorded_at, actor, action, thing, thing_id, acting, account_no, grant_no)
VALUES ($recorded_at, $actor, $action, $thing, $thing_id, $acting, $account_no, $grant_no)
RETURNING id;

-- app_audit_add_field :exec
-- in audit_id audit_id, field code, before text?, after text?, sealed_for int?
INSERT INTO audit_field (audit_id, field, before, after, sealed_for)
VALUES ($audit_id, $field, $before, $after, $sealed_for);

-- app_audit_list :many
-- in thing code, thing_id int, before_id audit_id, most int
-- all: the fields of at most $most acts
SELECT a.id, a.recorded_at, a.actor, a.action, a.acting, a.account_no, g.field, g.before, g.after, g.sealed_for
FROM audit a
JOIN audit_field g ON g.audit_id = a.id
WHERE a.id IN (SELECT h.id FROM audit h WHERE h.thing = $thing AND h.thing_id = $thing_id AND h.id < $before_id
               ORDER BY h.id DESC LIMIT $most)
ORDER BY a.id DESC, g.field;

-- app_audit_acted :one
-- in thing code, thing_id int, account_no int
-- out n int!
SELECT CAST(COUNT(*) AS BIGINT) AS n FROM audit a
WHERE a.thing = $thing AND a.thing_id = $thing_id AND a.account_no = $account_no;

-- app_audit_view_add :exec
-- in account_no int, grant_no int, path text, recorded_at instant
INSERT INTO audit_view (account_no, grant_no, path, recorded_at) VALUES ($account_no, $grant_no, $path, $recorded_at);

-- ---- requests that are sent twice ----

-- app_repeat_add :exec
-- in actor code, key code, request_hash code, recorded_at instant
-- # No row is changed when the key was used before: then its answer is read.
INSERT INTO idempotency (actor, key, request_hash, status, recorded_at)
VALUES ($actor, $key, $request_hash, 0, $recorded_at)
ON CONFLICT (actor, key) DO NOTHING;

-- app_repeat_get :one
-- in actor code, key code
SELECT i.request_hash, i.status, i.content_type, i.location, i.body
FROM idempotency i WHERE i.actor = $actor AND i.key = $key;

-- app_repeat_store :exec
-- in actor code, key code, status int, content_type text?, location text?, body text?
UPDATE idempotency SET status = $status, content_type = $content_type, location = $location, body = $body
WHERE actor = $actor AND key = $key;

-- app_repeat_sweep :exec
-- in before instant, most int
DELETE FROM idempotency WHERE (actor, key) IN (
    SELECT o.actor, o.key FROM idempotency o WHERE o.recorded_at < $before ORDER BY o.recorded_at LIMIT $most);

-- ---- forms of sessions that had ended ----

-- app_kept_add :exec
-- in secret_hash code, account_no int, path text, body text, recorded_at instant, expires_at instant
INSERT INTO kept_post (secret_hash, account_no, path, body, recorded_at, expires_at)
VALUES ($secret_hash, $account_no, $path, $body, $recorded_at, $expires_at);

-- app_kept_get :one
-- in secret_hash code
SELECT k.id, k.account_no, k.path, k.body, k.recorded_at, k.expires_at FROM kept_post k WHERE k.secret_hash = $secret_hash;

-- app_kept_drop :exec
-- in secret_hash code, account_no int
DELETE FROM kept_post WHERE secret_hash = $secret_hash AND account_no = $account_no;

-- app_kept_sweep :exec
-- in now instant, most int
DELETE FROM kept_post WHERE id IN (
    SELECT o.id FROM kept_post o WHERE o.expires_at <= $now ORDER BY o.expires_at LIMIT $most);

-- app_kept_sweep_own :exec
-- in account_no int, most int
-- # All but the newest of one person: a browser that goes on sending does not fill the table.
DELETE FROM kept_post WHERE account_no = $account_no AND id NOT IN (
    SELECT o.id FROM kept_post o WHERE o.account_no = $account_no ORDER BY o.id DESC LIMIT $most);

-- ---- files ----

-- app_file_put :one
-- in sha256 code, size_bytes count, content_type code, width count?, height count?, small_id file_object_id?, put_at instant
-- # Given again, it is young again: a sweep that runs at this moment leaves it.
INSERT INTO file_object (sha256, size_bytes, content_type, width, height, small_id, put_at)
VALUES ($sha256, $size_bytes, $content_type, $width, $height, $small_id, $put_at)
ON CONFLICT (sha256) DO UPDATE SET put_at = excluded.put_at
RETURNING id;

-- app_file_put_bytes :exec
-- in file_id file_object_id, content bytes
INSERT INTO file_bytes (file_id, content) VALUES ($file_id, $content)
ON CONFLICT (file_id) DO NOTHING;

-- app_file_bytes :one
-- in file_id file_object_id
SELECT b.content FROM file_bytes b WHERE b.file_id = $file_id;

-- app_file_has_bytes :one
-- in file_id file_object_id
-- out n count
SELECT CAST(COUNT(*) AS BIGINT) AS n FROM file_bytes b WHERE b.file_id = $file_id;

-- app_file_by_sha :one
-- in sha256 code
SELECT f.id, f.size_bytes, f.content_type FROM file_object f WHERE f.sha256 = $sha256;

-- app_file_get :one
-- in id file_object_id
SELECT f.sha256, f.size_bytes, f.content_type, f.width, f.height FROM file_object f WHERE f.id = $id;

-- app_file_touch :exec
-- in id file_object_id, put_at instant
UPDATE file_object SET put_at = $put_at WHERE id = $id;

-- app_file_attach :one
-- in file_id file_object_id, thing code, thing_id int, kind code, name text, account_no int?, is_private flag, recorded_at instant
INSERT INTO file_use (file_id, thing, thing_id, kind, name, account_no, is_private, recorded_at)
VALUES ($file_id, $thing, $thing_id, $kind, $name, $account_no, $is_private, $recorded_at)
RETURNING id;

-- app_file_detach :exec
-- in use_id file_use_id, thing code, thing_id int
DELETE FROM file_use WHERE id = $use_id AND thing = $thing AND thing_id = $thing_id;

-- app_file_list :many
-- in thing code, thing_id int, n int
-- out small_id file_object_id?, small_sha256 code?, small_size count?
SELECT u.id AS use_id, u.file_id, u.kind, u.name, u.is_private, u.account_no, u.recorded_at,
    f.sha256, f.size_bytes, f.content_type, f.width, f.height,
    s.id AS small_id, s.sha256 AS small_sha256, s.size_bytes AS small_size
FROM file_use u JOIN file_object f ON f.id = u.file_id LEFT JOIN file_object s ON s.id = f.small_id
WHERE u.thing = $thing AND u.thing_id = $thing_id
ORDER BY u.id LIMIT $n;

-- app_file_find :one
-- in use_id file_use_id, thing code, thing_id int
-- out small_id file_object_id?, small_sha256 code?, small_size count?
SELECT u.id AS use_id, u.file_id, u.kind, u.name, u.is_private, u.account_no, u.recorded_at,
    f.sha256, f.size_bytes, f.content_type, f.width, f.height,
    s.id AS small_id, s.sha256 AS small_sha256, s.size_bytes AS small_size
FROM file_use u JOIN file_object f ON f.id = u.file_id LEFT JOIN file_object s ON s.id = f.small_id
WHERE u.id = $use_id AND u.thing = $thing AND u.thing_id = $thing_id;

-- app_file_page :many
-- in after file_object_id, n int
-- # Every file, a page at a time: backup and verify walk them all.
SELECT f.id, f.sha256, f.size_bytes, f.content_type FROM file_object f
WHERE f.id > $after ORDER BY f.id LIMIT $n;

-- app_file_unused :many
-- in before instant, n int
SELECT f.id FROM file_object f
WHERE f.put_at < $before
    AND NOT EXISTS (SELECT 1 FROM file_use u WHERE u.file_id = f.id)
    AND NOT EXISTS (SELECT 1 FROM file_object l WHERE l.small_id = f.id)
ORDER BY f.put_at, f.id LIMIT $n;

-- app_file_lock :exec
-- in id file_object_id, before instant
-- # Before anything of it is deleted: whoever puts the same content now waits, or has made it young.
UPDATE file_object SET put_at = put_at WHERE id = $id AND put_at < $before;

-- app_file_drop_bytes :exec
-- in file_id file_object_id
DELETE FROM file_bytes WHERE file_id = $file_id;

-- app_file_drop :exec
-- in id file_object_id, before instant
DELETE FROM file_object WHERE id = $id AND put_at < $before;

-- app_setting_drop :exec
-- in key code
DELETE FROM app_setting WHERE key = $key;

-- ---- when a person is erased ----

-- app_kept_forget :exec
-- in account_no int
DELETE FROM kept_post WHERE account_no = $account_no;

-- app_repeat_forget :exec
-- in actor code
DELETE FROM idempotency WHERE actor = $actor;
