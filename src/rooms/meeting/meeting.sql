-- meeting.sql: the queries of room meeting.

-- ---- meetings ----

-- meeting_read :one
-- in id meeting_id
-- out confirmed_number int?, confirmed_fy fiscal_year?, confirmed_state code?, sign_id meeting_sign_id?, how code?, names text?, signed_on date?
SELECT m.id, m.fund_id, f.code AS fund_code, m.fy, m.number, m.held_on, m.began, m.ended, m.place, m.chaired_by,
       m.state, m.cancel_reason, m.confirmed_in, m.is_entered_later, m.version,
       c.number AS confirmed_number, c.fy AS confirmed_fy, c.state AS confirmed_state,
       s.id AS sign_id, s.how, s.names, s.signed_on
FROM meeting m
JOIN fund f ON f.id = m.fund_id
LEFT JOIN meeting c ON c.id = m.confirmed_in
LEFT JOIN meeting_sign s ON s.id = m.sign_id
WHERE m.id = $id;

-- meeting_read_list :many
-- in fund_id fund_id, before_on date, before meeting_id, is_open_only int, most int
-- out confirmed_number int?, confirmed_fy fiscal_year?, confirmed_state code?, sign_id meeting_sign_id?, how code?, names text?, signed_on date?
SELECT m.id, m.fund_id, f.code AS fund_code, m.fy, m.number, m.held_on, m.began, m.ended, m.place, m.chaired_by,
       m.state, m.cancel_reason, m.confirmed_in, m.is_entered_later, m.version,
       c.number AS confirmed_number, c.fy AS confirmed_fy, c.state AS confirmed_state,
       s.id AS sign_id, s.how, s.names, s.signed_on
FROM meeting m
JOIN fund f ON f.id = m.fund_id
LEFT JOIN meeting c ON c.id = m.confirmed_in
LEFT JOIN meeting_sign s ON s.id = m.sign_id
WHERE m.fund_id = $fund_id AND (m.held_on < $before_on OR (m.held_on = $before_on AND m.id < $before))
  AND ($is_open_only = 0 OR m.state IN ('called', 'held'))
ORDER BY m.held_on DESC, m.id DESC
LIMIT $most;

-- meeting_id_of :one
-- in fund_code code, fy fiscal_year, number int
SELECT m.id FROM meeting m JOIN fund f ON f.id = m.fund_id
WHERE f.code = $fund_code AND m.fy = $fy AND m.number = $number;

-- meeting_last_number :one
-- in fund_id fund_id, fy fiscal_year
-- out number int
SELECT CAST(COALESCE(MAX(m.number), 0) AS BIGINT) AS number FROM meeting m WHERE m.fund_id = $fund_id AND m.fy = $fy;

-- meeting_insert :one
-- in fund_id fund_id, fy fiscal_year, number int, held_on date, began text?, place text?, chaired_by text?, is_entered_later flag, account_no int?, recorded_at instant
INSERT INTO meeting (fund_id, fy, number, held_on, began, place, chaired_by, state, is_entered_later, account_no,
                     recorded_at, version)
VALUES ($fund_id, $fy, $number, $held_on, $began, $place, $chaired_by, 'called', $is_entered_later, $account_no,
        $recorded_at, 1)
RETURNING id;

-- meeting_change :exec
-- in id meeting_id, version int, held_on date, began text?, ended text?, place text?, chaired_by text?
UPDATE meeting SET held_on = $held_on, began = $began, ended = $ended, place = $place, chaired_by = $chaired_by,
                   version = version + 1
WHERE id = $id AND version = $version AND state IN ('called', 'held');

-- meeting_set_held :exec
-- in id meeting_id, version int
UPDATE meeting SET state = 'held', version = version + 1 WHERE id = $id AND version = $version AND state IN ('called', 'held');

-- meeting_lock :exec
-- # Nothing changes: a meeting that is being signed waits, or is signed by then and not changed.
-- in id meeting_id
UPDATE meeting SET version = version WHERE id = $id AND state IN ('called', 'held');

-- meeting_lock_begun :exec
-- # As meeting_lock, from the meeting's day on.
-- in id meeting_id, today date
UPDATE meeting SET version = version WHERE id = $id AND state IN ('called', 'held') AND held_on <= $today;

-- meeting_lock_fund :one
-- in id fund_id
-- # Signings of a fund queue here, before a row of theirs names the fund: two at once would wait for each other.
-- sqlite
SELECT f.id FROM fund f WHERE f.id = $id;
-- pg
SELECT f.id FROM fund f WHERE f.id = $id FOR NO KEY UPDATE;

-- meeting_set_signed :exec
-- in id meeting_id, sign_id meeting_sign_id
UPDATE meeting SET state = 'signed', sign_id = $sign_id, version = version + 1 WHERE id = $id AND state IN ('called', 'held');

-- meeting_set_cancelled :exec
-- in id meeting_id, version int, reason text
UPDATE meeting SET state = 'cancelled', cancel_reason = $reason, version = version + 1
WHERE id = $id AND version = $version AND state IN ('called', 'held');

-- meeting_confirm_drop :exec
-- in id meeting_id
-- # It confirms no former minutes any more.
UPDATE meeting SET confirmed_in = NULL, version = version + 1 WHERE confirmed_in = $id;

-- meeting_set_confirmed :exec
-- in id meeting_id, confirmed_in meeting_id?
UPDATE meeting SET confirmed_in = $confirmed_in, version = version + 1 WHERE id = $id;

-- meeting_to_confirm :many
-- # The last one first. Signed ones whose minutes no signed meeting has confirmed: what the meeting on that day may confirm.
-- in fund_id fund_id, held_on date, id meeting_id, most int
SELECT m.id, m.fy, m.number, m.held_on, m.confirmed_in, m.version
FROM meeting m LEFT JOIN meeting c ON c.id = m.confirmed_in
WHERE m.fund_id = $fund_id AND m.held_on <= $held_on AND m.id <> $id AND m.state = 'signed'
  AND (m.confirmed_in IS NULL OR m.confirmed_in = $id OR c.state <> 'signed')
ORDER BY m.held_on DESC, m.id DESC
LIMIT $most;

-- meeting_confirmed_here :many
-- in id meeting_id, most int
SELECT m.id, m.fy, m.number, m.held_on FROM meeting m WHERE m.confirmed_in = $id ORDER BY m.held_on, m.id LIMIT $most;

-- meeting_before :one
-- # The last one before that day that says who was there.
-- in fund_id fund_id, id meeting_id, held_on date
SELECT m.id FROM meeting m
WHERE m.fund_id = $fund_id AND m.id <> $id AND m.held_on <= $held_on AND m.state IN ('held', 'signed')
ORDER BY m.held_on DESC, m.id DESC
LIMIT 1;

-- ---- people ----

-- meeting_people_of :many
-- in meeting_id meeting_id
-- all: MEETING_PEOPLE_MAX
SELECT p.id, p.name, p.title, p.is_present, p.is_voter
FROM meeting_person p WHERE p.meeting_id = $meeting_id ORDER BY p.position;

-- meeting_person_add :exec
-- in meeting_id meeting_id, position int, name text, title text?, is_present flag, is_voter flag
INSERT INTO meeting_person (meeting_id, position, name, title, is_present, is_voter)
VALUES ($meeting_id, $position, $name, $title, $is_present, $is_voter);

-- meeting_person_set :exec
-- in id meeting_person_id, position int, name text, title text?, is_present flag, is_voter flag
UPDATE meeting_person SET position = $position, name = $name, title = $title, is_present = $is_present,
                          is_voter = $is_voter
WHERE id = $id;

-- meeting_person_park :exec
-- # Out of the way: positions are taken again one by one.
-- in meeting_id meeting_id
UPDATE meeting_person SET position = position + 1000 WHERE meeting_id = $meeting_id;

-- meeting_person_drop :exec
-- in id meeting_person_id
DELETE FROM meeting_person WHERE id = $id;

-- meeting_left_forget :exec
-- in person_id meeting_person_id
DELETE FROM meeting_left WHERE person_id = $person_id;

-- ---- the agenda ----

-- meeting_items_of :many
-- in meeting_id meeting_id
-- all: MEETING_ITEMS_MAX
SELECT i.id, i.meeting_id, i.position, i.agenda, i.title, i.about, i.words, i.thing, i.thing_id, i.outcome, i.version
FROM meeting_item i WHERE i.meeting_id = $meeting_id
ORDER BY CASE i.agenda WHEN 'inform' THEN 1 WHEN 'confirm' THEN 2 WHEN 'follow' THEN 3 WHEN 'know' THEN 4
                       WHEN 'consider' THEN 5 ELSE 6 END, i.position;

-- meeting_item_read :one
-- in id meeting_item_id
SELECT i.id, i.meeting_id, i.position, i.agenda, i.title, i.about, i.words, i.thing, i.thing_id, i.outcome, i.version
FROM meeting_item i WHERE i.id = $id;

-- meeting_item_waiting :one
-- in thing code, thing_id int
SELECT i.id FROM meeting_item i JOIN meeting m ON m.id = i.meeting_id
WHERE i.thing = $thing AND i.thing_id = $thing_id AND m.state IN ('called', 'held')
ORDER BY i.id DESC
LIMIT 1;

-- meeting_item_there :one
-- in meeting_id meeting_id, thing code, thing_id int
SELECT i.id FROM meeting_item i
WHERE i.thing = $thing AND i.thing_id = $thing_id AND i.meeting_id = $meeting_id
ORDER BY i.id
LIMIT 1;

-- meeting_item_last :one
-- in meeting_id meeting_id
-- out position int, n int
SELECT CAST(COALESCE(MAX(i.position), 0) AS BIGINT) AS position, CAST(COUNT(*) AS BIGINT) AS n
FROM meeting_item i WHERE i.meeting_id = $meeting_id;

-- meeting_item_insert :one
-- in meeting_id meeting_id, position int, agenda code, title text, about text?, words text?, thing code?, thing_id int?
INSERT INTO meeting_item (meeting_id, position, agenda, title, about, words, thing, thing_id, version)
VALUES ($meeting_id, $position, $agenda, $title, $about, $words, $thing, $thing_id, 1)
RETURNING id;

-- meeting_item_change :exec
-- in id meeting_item_id, version int, title text, words text?
UPDATE meeting_item SET title = $title, words = $words, version = version + 1 WHERE id = $id AND version = $version;

-- meeting_item_place :exec
-- in id meeting_item_id, position int
UPDATE meeting_item SET position = $position, version = version + 1 WHERE id = $id;

-- meeting_item_set :exec
-- in id meeting_item_id, about text?, words text?, outcome code?
UPDATE meeting_item SET about = $about, words = $words, outcome = $outcome, version = version + 1 WHERE id = $id;

-- meeting_item_delete :exec
-- in id meeting_item_id
DELETE FROM meeting_item WHERE id = $id;

-- ---- who left the room ----

-- meeting_left_of :many
-- in meeting_id meeting_id
-- all: at most people times items of one meeting
SELECT l.item_id, l.person_id, l.reason
FROM meeting_left l JOIN meeting_item i ON i.id = l.item_id
JOIN meeting_person p ON p.id = l.person_id
WHERE i.meeting_id = $meeting_id
ORDER BY l.item_id, p.position;

-- meeting_left_add :exec
-- in item_id meeting_item_id, person_id meeting_person_id, reason text?
INSERT INTO meeting_left (item_id, person_id, reason) VALUES ($item_id, $person_id, $reason);

-- meeting_left_drop :exec
-- in item_id meeting_item_id
DELETE FROM meeting_left WHERE item_id = $item_id;

-- ---- signing ----

-- meeting_sign_insert :one
-- in fund_id fund_id, thing code, thing_id int, how code, names text?, signed_on date, mark text?, entered_by int?, grant_no int?, recorded_at instant
INSERT INTO meeting_sign (fund_id, thing, thing_id, how, names, signed_on, mark, entered_by, grant_no, recorded_at)
VALUES ($fund_id, $thing, $thing_id, $how, $names, $signed_on, $mark, $entered_by, $grant_no, $recorded_at)
RETURNING id;

-- meeting_sign_read :one
-- in id meeting_sign_id
SELECT s.id, s.fund_id, s.thing, s.thing_id, s.how, s.names, s.signed_on, s.file_use_no, s.mark, s.entered_by, s.seen_by,
       s.seen_at, s.recorded_at
FROM meeting_sign s WHERE s.id = $id;

-- meeting_signs_of :many
-- in thing code, thing_id int, most int
SELECT s.id, s.fund_id, s.thing, s.thing_id, s.how, s.names, s.signed_on, s.file_use_no, s.entered_by, s.seen_by,
       s.seen_at, s.recorded_at
FROM meeting_sign s WHERE s.thing = $thing AND s.thing_id = $thing_id
ORDER BY s.id DESC
LIMIT $most;

-- meeting_sign_file :exec
-- in id meeting_sign_id, file_use_no int
UPDATE meeting_sign SET file_use_no = $file_use_no WHERE id = $id;

-- meeting_sign_seen :exec
-- in id meeting_sign_id, seen_by int, seen_at instant
UPDATE meeting_sign SET seen_by = $seen_by, seen_at = $seen_at WHERE id = $id AND seen_at IS NULL;

-- meeting_fund_head :one
-- in code code
SELECT f.id, f.code, f.is_demo, n.name_th, n.name_en
FROM fund f
JOIN org_name n ON n.org_id = f.org_id AND n.valid_to IS NULL
WHERE f.code = $code;

-- meeting_committee_of :many
-- # Whom the fund knows as its committee and staff: who is offered when there was no meeting yet.
-- in fund_id fund_id, today date, most int
SELECT a.name, g.role
FROM account_grant g JOIN account a ON a.id = g.account_id
WHERE g.fund_id = $fund_id AND g.role IN ('chair', 'member', 'secretary', 'officer') AND a.state = 'open'
  AND a.name IS NOT NULL AND g.valid_from <= $today AND (g.valid_to IS NULL OR g.valid_to >= $today)
ORDER BY CASE g.role WHEN 'chair' THEN 1 WHEN 'member' THEN 2 WHEN 'secretary' THEN 3 ELSE 4 END, g.id
LIMIT $most;
