-- Named queries of room account; the language is described in docs/sqlc.md.

-- ---- people ----

-- account_id_of_login :one
-- in login code
SELECT a.id FROM account a WHERE a.login = $login;

-- account_get :one
-- in id account_id
SELECT a.id, a.login, a.name, a.phone, a.email, a.password_hash, a.totp_secret, a.totp_step, a.state, a.created_at,
       a.version
FROM account a WHERE a.id = $id;

-- account_insert :one
-- in login code, name text, phone text?, email text?, password_hash text?, created_at instant
INSERT INTO account (login, name, phone, email, password_hash, state, created_at, version)
VALUES ($login, $name, $phone, $email, $password_hash, 'open', $created_at, 1)
RETURNING id;

-- account_key_insert :exec
-- in account_id account_id, key bytes
INSERT INTO account_key (account_id, key) VALUES ($account_id, $key);

-- account_key_of :one
-- in account_id account_id
SELECT k.key FROM account_key k WHERE k.account_id = $account_id;

-- account_key_destroy :exec
-- in account_id account_id
DELETE FROM account_key WHERE account_id = $account_id;

-- account_set_password :exec
-- in id account_id, password_hash text
UPDATE account SET password_hash = $password_hash, version = version + 1 WHERE id = $id AND state <> 'erased';

-- account_list_all :many
-- in after account_id, most int
-- # By number: who came first stands first.
SELECT a.id, a.login, a.name, a.state, a.created_at
FROM account a WHERE a.id > $after ORDER BY a.id LIMIT $most;

-- account_names_of :many
-- in id1 account_id, id2 account_id, id3 account_id, id4 account_id, id5 account_id, id6 account_id, id7 account_id, id8 account_id
-- all: at most eight
SELECT p.id, p.name FROM account p WHERE p.id IN ($id1, $id2, $id3, $id4, $id5, $id6, $id7, $id8);

-- ---- grants ----

-- account_scope_fund :one
-- in code code
SELECT f.id FROM fund f WHERE f.code = $code;

-- account_scope_area :one
-- in code code
SELECT a.id, a.kind FROM area_code c JOIN area a ON a.id = c.area_id
WHERE c.code = $code AND c.valid_to IS NULL;

-- account_scope_org :one
-- in id org_id
SELECT o.id FROM org o WHERE o.id = $id;

-- account_grant_insert :one
-- in account_id account_id, role code, scope_kind code, scope_code code, fund_id fund_id?, area_id area_id?, org_id org_id?, valid_from date, valid_to date?, granted_by account_id?, recorded_at instant
INSERT INTO account_grant (account_id, role, scope_kind, scope_code, fund_id, area_id, org_id, valid_from, valid_to,
    granted_by, recorded_at)
VALUES ($account_id, $role, $scope_kind, $scope_code, $fund_id, $area_id, $org_id, $valid_from, $valid_to,
    $granted_by, $recorded_at)
RETURNING id;

-- account_grant_get :one
-- in id account_grant_id
SELECT g.id, g.account_id, g.role, g.scope_kind, g.scope_code, g.valid_from, g.valid_to
FROM account_grant g WHERE g.id = $id;

-- account_grant_set_end :exec
-- in id account_grant_id, valid_to date
UPDATE account_grant SET valid_to = $valid_to WHERE id = $id;

-- account_grants_on :many
-- in account_id account_id, on_date date, most int
-- out name_th text?, name_en text?
-- # Those in force on a day, with the name of the place they stand in; by number.
SELECT g.id, g.role, g.scope_kind, g.scope_code, COALESCE(o.name_th, n.name_th) AS name_th,
       COALESCE(o.name_en, n.name_en) AS name_en
FROM account_grant g
LEFT JOIN fund f ON f.id = g.fund_id
LEFT JOIN org_name o ON o.org_id = COALESCE(f.org_id, g.org_id) AND o.valid_to IS NULL
LEFT JOIN area_name n ON n.area_id = g.area_id AND n.valid_to IS NULL
WHERE g.account_id = $account_id AND g.valid_from <= $on_date AND (g.valid_to IS NULL OR g.valid_to >= $on_date)
ORDER BY g.id
LIMIT $most;

-- account_grants_of :many
-- in account_id account_id, most int
-- # Every grant a person ever had, the newest first.
SELECT g.id, g.role, g.scope_kind, g.scope_code, g.valid_from, g.valid_to
FROM account_grant g WHERE g.account_id = $account_id ORDER BY g.id DESC LIMIT $most;

-- account_grant_holds_fund :one
-- in grant_id account_grant_id, fund_code code
-- # An area holds a fund that lies in it now, or whose figures of some year do.
SELECT f.id
FROM account_grant g
JOIN fund f ON f.code = $fund_code
WHERE g.id = $grant_id AND (
    EXISTS (SELECT 1 FROM fund_district d
            LEFT JOIN area_parent p ON p.area_id = d.district_id AND p.valid_to IS NULL
            LEFT JOIN area_parent r ON r.area_id = p.parent_id AND r.valid_to IS NULL
            WHERE d.fund_id = f.id AND d.valid_to IS NULL
              AND (d.district_id = g.area_id OR p.parent_id = g.area_id OR r.parent_id = g.area_id))
    OR EXISTS (SELECT 1 FROM fund_year y
               LEFT JOIN area_parent r ON r.area_id = y.province_id AND r.valid_to IS NULL
               WHERE y.fund_id = f.id
                 AND (y.district_id = g.area_id OR y.province_id = g.area_id OR r.parent_id = g.area_id)));

-- account_grant_holds_area :one
-- in grant_id account_grant_id, area_code code
-- # The area itself or one of those above it; a retired code still names its area.
SELECT g.id
FROM account_grant g
JOIN area_code c ON c.code = $area_code
LEFT JOIN area_parent p ON p.area_id = c.area_id AND p.valid_to IS NULL
LEFT JOIN area_parent q ON q.area_id = p.parent_id AND q.valid_to IS NULL
LEFT JOIN area_parent r ON r.area_id = q.parent_id AND r.valid_to IS NULL
WHERE g.id = $grant_id
  AND (c.area_id = g.area_id OR p.parent_id = g.area_id OR q.parent_id = g.area_id OR r.parent_id = g.area_id)
LIMIT 1;

-- ---- sessions ----

-- account_setting :one
-- in key code
SELECT s.value FROM app_setting s WHERE s.key = $key;

-- account_session_insert :one
-- in secret_hash code, account_id account_id, device text?, remote text?, now instant, expires_at instant
-- # Acts in the grant that the person acted in last.
INSERT INTO account_session (secret_hash, account_id, grant_id, device, remote, created_at, seen_at, expires_at)
VALUES ($secret_hash, $account_id,
    (SELECT s.grant_id FROM account_session s WHERE s.account_id = $account_id ORDER BY s.id DESC LIMIT 1),
    $device, $remote, $now, $now, $expires_at)
RETURNING id;

-- account_session_by_secret :one
-- in secret_hash code
-- out idle_minutes text?
SELECT s.id, s.account_id, s.grant_id, s.seen_at, s.expires_at, s.ended_at, a.login, a.name, a.state,
       (SELECT v.value FROM app_setting v WHERE v.key = 'session_idle_minutes') AS idle_minutes
FROM account_session s JOIN account a ON a.id = s.account_id
WHERE s.secret_hash = $secret_hash;

-- account_session_seen :exec
-- in id account_session_id, now instant
UPDATE account_session SET seen_at = $now WHERE id = $id AND ended_at IS NULL;

-- account_session_rotate :exec
-- in id account_session_id, secret_hash code, grant_id account_grant_id, now instant
UPDATE account_session SET secret_hash = $secret_hash, grant_id = $grant_id, seen_at = $now
WHERE id = $id AND ended_at IS NULL;

-- account_session_end :exec
-- in id account_session_id, account_id account_id, now instant
UPDATE account_session SET ended_at = $now WHERE id = $id AND account_id = $account_id AND ended_at IS NULL;

-- account_session_end_others :exec
-- in account_id account_id, keep account_session_id, now instant
UPDATE account_session SET ended_at = $now WHERE account_id = $account_id AND id <> $keep AND ended_at IS NULL;

-- account_sessions_open :many
-- in account_id account_id, now instant, most int
SELECT s.id, s.device, s.remote, s.created_at, s.seen_at, s.expires_at
FROM account_session s
WHERE s.account_id = $account_id AND s.ended_at IS NULL AND s.expires_at > $now
ORDER BY s.id DESC
LIMIT $most;

-- account_session_forget :exec
-- in account_id account_id
UPDATE account_session SET device = NULL, remote = NULL WHERE account_id = $account_id;

-- ---- tokens ----

-- account_token_insert :one
-- in secret_hash code, account_id account_id, grant_id account_grant_id?, name text, created_at instant, expires_at instant
INSERT INTO account_token (secret_hash, account_id, grant_id, name, created_at, expires_at)
VALUES ($secret_hash, $account_id, $grant_id, $name, $created_at, $expires_at)
RETURNING id;

-- account_token_by_secret :one
-- in secret_hash code
SELECT t.id, t.account_id, t.grant_id, t.expires_at, t.ended_at, a.login, a.name, a.state
FROM account_token t JOIN account a ON a.id = t.account_id
WHERE t.secret_hash = $secret_hash;

-- account_tokens_of :many
-- in account_id account_id, most int
SELECT t.id, t.name, t.grant_id, t.created_at, t.expires_at, t.ended_at
FROM account_token t WHERE t.account_id = $account_id ORDER BY t.id DESC LIMIT $most;

-- account_token_end :exec
-- in id account_token_id, account_id account_id, now instant
UPDATE account_token SET ended_at = $now WHERE id = $id AND account_id = $account_id AND ended_at IS NULL;

-- account_tokens_end_all :exec
-- in account_id account_id, now instant
UPDATE account_token SET ended_at = $now WHERE account_id = $account_id AND ended_at IS NULL;

-- ---- erasure ----

-- account_forget :exec
-- in id account_id, erased_at instant
UPDATE account SET login = NULL, name = NULL, phone = NULL, email = NULL, password_hash = NULL, totp_secret = NULL,
    totp_step = NULL, state = 'erased', erased_at = $erased_at, version = version + 1
WHERE id = $id AND state <> 'erased';

-- account_grants_end_all :exec
-- in account_id account_id, last_day date
UPDATE account_grant SET valid_to = $last_day
WHERE account_id = $account_id AND (valid_to IS NULL OR valid_to > $last_day);

-- account_token_forget :exec
-- in account_id account_id
UPDATE account_token SET name = '' WHERE account_id = $account_id;

-- account_invites_forget :exec
-- in account_id account_id, now instant
UPDATE account_invite SET ended_at = COALESCE(ended_at, $now)
WHERE invited_by = $account_id AND used_by IS NULL AND ended_at IS NULL;

-- account_invite_notes_forget :exec
-- in account_id account_id
-- # What the one who invited wrote of this person.
UPDATE account_invite SET note = NULL WHERE used_by = $account_id;

-- account_codes_forget :exec
-- in account_id account_id, now instant
UPDATE account_code SET used_at = $now WHERE account_id = $account_id AND used_at IS NULL;

-- account_throttle_forget :exec
-- in key_hash code
DELETE FROM account_throttle WHERE key_hash = $key_hash;

-- ---- logging in ----

-- account_throttle_get :one
-- in key_hash code
SELECT t.failures, t.until_at FROM account_throttle t WHERE t.key_hash = $key_hash;

-- account_throttle_put :exec
-- in key_hash code, failures int, until_at instant
INSERT INTO account_throttle (key_hash, failures, until_at) VALUES ($key_hash, $failures, $until_at)
ON CONFLICT (key_hash) DO UPDATE SET failures = excluded.failures, until_at = excluded.until_at;

-- account_throttle_sweep :exec
-- in before instant
DELETE FROM account_throttle WHERE until_at < $before;

-- account_was_here :one
-- in account_id account_id, remote text, since instant
-- # Did this person log in from this address lately?
SELECT s.id FROM account_session s
WHERE s.account_id = $account_id AND s.remote = $remote AND s.created_at > $since
ORDER BY s.id DESC LIMIT 1;

-- account_set_hash :exec
-- in id account_id, password_hash text
-- # The same password under today's settings.
UPDATE account SET password_hash = $password_hash WHERE id = $id AND state = 'open';

-- account_set_totp :exec
-- in id account_id, totp_secret text?, totp_step int?
UPDATE account SET totp_secret = $totp_secret, totp_step = $totp_step, version = version + 1
WHERE id = $id AND state = 'open';

-- account_set_totp_step :exec
-- in id account_id, totp_step int
-- # Changes no row when that step, or a later one, was used before.
UPDATE account SET totp_step = $totp_step WHERE id = $id AND totp_secret IS NOT NULL
AND (totp_step IS NULL OR totp_step < $totp_step);

-- ---- codes ----

-- account_code_insert :one
-- in account_id account_id, kind code, group_id account_group_id?, secret_hash code, made_by account_id, created_at instant, expires_at instant
INSERT INTO account_code (account_id, kind, group_id, secret_hash, made_by, created_at, expires_at, tries)
VALUES ($account_id, $kind, $group_id, $secret_hash, $made_by, $created_at, $expires_at, 0)
RETURNING id;

-- account_code_get :one
-- in id account_code_id
SELECT c.id, c.account_id, c.kind, c.secret_hash, c.expires_at, c.tries, c.used_at
FROM account_code c WHERE c.id = $id;

-- account_codes_open :many
-- in account_id account_id, kind code, now instant, tries_max int, most int
SELECT c.id, c.group_id, c.secret_hash, c.made_by
FROM account_code c
WHERE c.account_id = $account_id AND c.kind = $kind AND c.used_at IS NULL AND c.expires_at > $now
  AND c.tries < $tries_max
ORDER BY c.id DESC
LIMIT $most;

-- account_code_tried :exec
-- in id account_code_id
UPDATE account_code SET tries = tries + 1 WHERE id = $id;

-- account_code_used :exec
-- in id account_code_id, now instant
UPDATE account_code SET used_at = $now WHERE id = $id AND used_at IS NULL;

-- account_codes_drop :exec
-- in account_id account_id, kind code, group_id account_group_id?, now instant
-- # A new code makes the earlier ones worthless.
UPDATE account_code SET used_at = $now
WHERE account_id = $account_id AND kind = $kind AND used_at IS NULL
  AND COALESCE(group_id, 0) = COALESCE(CAST($group_id AS BIGINT), 0);

-- account_ids_of_phone :many
-- in phone text, most int
SELECT a.id FROM account a WHERE a.phone = $phone ORDER BY a.id LIMIT $most;

-- ---- invitations ----

-- account_invite_insert :one
-- in secret_hash code, role code, scope_kind code, scope_code code, note text?, invited_by account_id, created_at instant, expires_at instant
INSERT INTO account_invite (secret_hash, role, scope_kind, scope_code, note, invited_by, created_at, expires_at)
VALUES ($secret_hash, $role, $scope_kind, $scope_code, $note, $invited_by, $created_at, $expires_at)
RETURNING id;

-- account_invite_by_secret :one
-- in secret_hash code
SELECT i.id, i.role, i.scope_kind, i.scope_code, i.note, i.invited_by, i.expires_at, i.ended_at, i.used_by
FROM account_invite i WHERE i.secret_hash = $secret_hash;

-- account_invite_take :exec
-- in id account_invite_id, used_by account_id, now instant
-- # One row for the first who comes, none for the second.
UPDATE account_invite SET used_by = $used_by, ended_at = $now WHERE id = $id AND used_by IS NULL AND ended_at IS NULL;

-- account_invite_close :exec
-- in id account_invite_id, scope_kind code, scope_code code, now instant
UPDATE account_invite SET ended_at = $now
WHERE id = $id AND scope_kind = $scope_kind AND scope_code = $scope_code AND ended_at IS NULL;

-- account_invites_open :many
-- in scope_kind code, scope_code code, now instant, most int
SELECT i.id, i.role, i.note, i.invited_by, i.created_at, i.expires_at
FROM account_invite i
WHERE i.scope_kind = $scope_kind AND i.scope_code = $scope_code AND i.ended_at IS NULL AND i.expires_at > $now
ORDER BY i.id DESC
LIMIT $most;

-- ---- groups ----

-- account_group_insert :one
-- in fund_id fund_id, name text, owner_type_code code, place text?, entered_by account_id, is_for_paper flag, confirmed_at instant?, recorded_at instant
INSERT INTO account_group (fund_id, name, owner_type_code, place, entered_by, is_for_paper, confirmed_at, recorded_at, version)
VALUES ($fund_id, $name, $owner_type_code, $place, $entered_by, $is_for_paper, $confirmed_at, $recorded_at, 1)
RETURNING id;

-- account_group_by_name :one
-- in fund_id fund_id, name text
SELECT g.id FROM account_group g WHERE g.fund_id = $fund_id AND g.name = $name ORDER BY g.id LIMIT 1;

-- account_group_get :one
-- in id account_group_id
SELECT g.id, g.fund_id, f.code AS fund_code, g.name, g.owner_type_code, g.place, g.entered_by, g.is_for_paper, g.confirmed_at,
       g.confirmed_how, g.confirmed_file, g.confirmed_by, g.version
FROM account_group g JOIN fund f ON f.id = g.fund_id WHERE g.id = $id;

-- account_group_add_member :exec
-- in group_id account_group_id, account_id account_id, is_contact flag, is_asked flag
INSERT INTO account_group_member (group_id, account_id, is_contact, is_asked)
VALUES ($group_id, $account_id, $is_contact, $is_asked)
ON CONFLICT (group_id, account_id) DO NOTHING;

-- account_group_set_confirmed :exec
-- in id account_group_id, confirmed_at instant, confirmed_how code, confirmed_file text?, confirmed_by account_id?
-- # Once; the second changes no row.
UPDATE account_group SET confirmed_at = $confirmed_at, confirmed_how = $confirmed_how, confirmed_file = $confirmed_file,
    confirmed_by = $confirmed_by, version = version + 1
WHERE id = $id AND is_for_paper = 1 AND confirmed_at IS NULL;

-- account_group_read :one
-- in id account_group_id
SELECT g.id, g.fund_id, g.name, t.name_th, t.name_en, g.place, g.entered_by, e.name AS entered_name, g.is_for_paper,
       g.recorded_at, g.confirmed_at, g.confirmed_how, c.name AS confirmed_name, g.scan_file, g.scan_names, g.scan_on
FROM account_group g
JOIN account e ON e.id = g.entered_by
JOIN owner_type t ON t.code = g.owner_type_code
LEFT JOIN account c ON c.id = g.confirmed_by
WHERE g.id = $id;

-- account_group_set_scan :exec
-- in id account_group_id, scan_file text, scan_names text, scan_on date
-- # No row once it is confirmed.
UPDATE account_group SET scan_file = $scan_file, scan_names = $scan_names, scan_on = $scan_on, version = version + 1
WHERE id = $id AND is_for_paper = 1 AND confirmed_at IS NULL;

-- account_group_scan_forget :exec
-- in account_id account_id
-- # The names on the paper of a contact who is erased.
UPDATE account_group SET scan_names = NULL
WHERE id IN (SELECT m.group_id FROM account_group_member m WHERE m.account_id = $account_id AND m.is_contact = 1);

-- account_groups_of :many
-- in account_id account_id, most int
SELECT g.id, g.name, f.code AS fund_code, o.name_th, o.name_en, g.is_for_paper, g.confirmed_at, m.is_contact, m.is_asked
FROM account_group_member m
JOIN account_group g ON g.id = m.group_id
JOIN fund f ON f.id = g.fund_id
JOIN org_name o ON o.org_id = f.org_id AND o.valid_to IS NULL
WHERE m.account_id = $account_id
ORDER BY g.id DESC
LIMIT $most;

-- account_groups_of_fund :many
-- in fund_id fund_id, before account_group_id, most int
SELECT g.id, g.name, g.place, g.is_for_paper, g.confirmed_at, g.confirmed_how, g.entered_by
FROM account_group g WHERE g.fund_id = $fund_id AND g.id < $before ORDER BY g.id DESC LIMIT $most;

-- account_group_asking :many
-- in fund_id fund_id, most int
SELECT m.group_id, m.account_id, g.name, a.name AS person
FROM account_group g
JOIN account_group_member m ON m.group_id = g.id AND m.is_asked = 1
JOIN account a ON a.id = m.account_id
WHERE g.fund_id = $fund_id
ORDER BY g.id, m.account_id
LIMIT $most;

-- account_group_take_in :exec
-- in group_id account_group_id, account_id account_id
UPDATE account_group_member SET is_asked = 0 WHERE group_id = $group_id AND account_id = $account_id AND is_asked = 1;

-- account_owner_types :many
-- all: about ten
-- scan t: about ten rows
SELECT t.code, t.name_th, t.name_en FROM owner_type t ORDER BY t.sort_order;

-- ---- names ----

-- account_fund_name :one
-- in code code
SELECT f.id, o.name_th, o.name_en FROM fund f JOIN org_name o ON o.org_id = f.org_id AND o.valid_to IS NULL
WHERE f.code = $code;

-- account_area_name :one
-- in code code
SELECT c.area_id, n.name_th, n.name_en FROM area_code c JOIN area_name n ON n.area_id = c.area_id AND n.valid_to IS NULL
WHERE c.code = $code AND c.valid_to IS NULL;

-- account_find_funds :many
-- in low text, high text, most int
SELECT DISTINCT f.code, o.name_th, o.name_en, n.name_th AS district_th, n.name_en AS district_en
FROM fund_find s
JOIN fund f ON f.id = s.fund_id
JOIN org_name o ON o.org_id = f.org_id AND o.valid_to IS NULL
JOIN fund_district d ON d.fund_id = f.id AND d.valid_to IS NULL
JOIN area_name n ON n.area_id = d.district_id AND n.valid_to IS NULL
WHERE s.suffix >= $low AND s.suffix < $high
ORDER BY f.code
LIMIT $most;

-- ---- the people of a place ----

-- account_people_of_fund :many
-- in fund_id fund_id, before account_grant_id, most int
SELECT g.id, g.account_id, g.role, g.scope_kind, g.scope_code, g.valid_from, g.valid_to, a.name, a.login, a.state
FROM account_grant g JOIN account a ON a.id = g.account_id
WHERE g.fund_id = $fund_id AND g.id < $before
ORDER BY g.id DESC
LIMIT $most;

-- account_people_of_area :many
-- in area_id area_id, before account_grant_id, most int
SELECT g.id, g.account_id, g.role, g.scope_kind, g.scope_code, g.valid_from, g.valid_to, a.name, a.login, a.state
FROM account_grant g JOIN account a ON a.id = g.account_id
WHERE g.area_id = $area_id AND g.id < $before
ORDER BY g.id DESC
LIMIT $most;

-- account_people_by_name :many
-- in low text, high text, after account_id, most int
SELECT a.id, a.login, a.name, a.state FROM account a
WHERE a.name >= $low AND a.name < $high AND a.id > $after ORDER BY a.id LIMIT $most;

-- account_group_contact :one
-- in group_id account_group_id
SELECT m.account_id FROM account_group_member m WHERE m.group_id = $group_id AND m.is_contact = 1
ORDER BY m.account_id LIMIT 1;

-- account_demo_grant :one
-- in login code
SELECT a.id AS account, g.id AS grant_row, g.role
FROM account a
JOIN account_grant g ON g.account_id = a.id
WHERE a.login = $login
ORDER BY g.id
LIMIT 1;
