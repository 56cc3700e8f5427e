-- app: what all rooms share. Readable by every room, written only through app/.

-- What this database is: 'demo' and its seed, 'reference' and its version.
CREATE TABLE app_setting (
    key code PRIMARY KEY,
    value text NOT NULL
);

-- Who did what, when: one row an act, written by the act's own transaction. thing and thing_id name
-- the row it was done to; before and after are kept field by field. acting: role and scope in words of
-- codes ("officer fund D0001"). sealed_for: before and after are sealed under that account's key, which
-- erasure destroys.
CREATE TABLE audit (
    id audit_id PRIMARY KEY,
    recorded_at instant NOT NULL,
    actor text NOT NULL,
    action code NOT NULL,
    thing code NOT NULL,
    thing_id int NOT NULL,
    acting text,
    account_no int,
    grant_no int
);
CREATE INDEX audit_thing ON audit (thing, thing_id);

CREATE TABLE audit_field (
    audit_id audit_id NOT NULL REFERENCES audit (id),
    field code NOT NULL,
    before text,
    after text,
    sealed_for int,
    PRIMARY KEY (audit_id, field)
);

-- What a repeated request is answered: same actor and key, same body, same answer. Kept 90 days.
CREATE TABLE idempotency (
    actor code NOT NULL,
    key code NOT NULL,
    request_hash code NOT NULL,
    status int NOT NULL,
    content_type text,
    location text,
    body text,
    recorded_at instant NOT NULL,
    PRIMARY KEY (actor, key)
);
CREATE INDEX idempotency_age ON idempotency (recorded_at);

-- A form sent with a session that had ended: kept an hour for that person alone (account_no), found by
-- the signed cookie, handed over after log-in.
CREATE TABLE kept_post (
    id kept_post_id PRIMARY KEY,
    secret_hash code NOT NULL UNIQUE,
    account_no int NOT NULL,
    path text NOT NULL,
    body text NOT NULL,
    recorded_at instant NOT NULL,
    expires_at instant NOT NULL
);
CREATE INDEX kept_post_age ON kept_post (expires_at);
CREATE INDEX kept_post_of ON kept_post (account_no, id);

-- What an auditor looked at: written before the page is made.
CREATE TABLE audit_view (
    id audit_view_id PRIMARY KEY,
    account_no int NOT NULL,
    grant_no int NOT NULL,
    path text NOT NULL,
    recorded_at instant NOT NULL
);
CREATE INDEX audit_view_of ON audit_view (account_no, id);

-- Files that people bring: photos, signed scans, tables. The content is named by its SHA-256 and never
-- changes; it lies in a folder beside the database or in file_bytes (docs/adr/0018-files.md). small_id:
-- the little picture of a photo. put_at: when it was last given; without a use it is swept a day later.
CREATE TABLE file_object (
    id file_object_id PRIMARY KEY,
    sha256 code NOT NULL UNIQUE,
    size_bytes count NOT NULL CHECK (size_bytes > 0),
    content_type code NOT NULL,
    width count,
    height count,
    small_id file_object_id REFERENCES file_object (id),
    put_at instant NOT NULL
);
CREATE INDEX file_object_age ON file_object (put_at);
CREATE INDEX file_object_small ON file_object (small_id) WHERE small_id IS NOT NULL;

CREATE TABLE file_bytes (
    file_id file_object_id PRIMARY KEY REFERENCES file_object (id),
    content bytes NOT NULL
);

-- What a file is for: thing and thing_id name a room's row, and only that row's own guard may serve it.
-- is_private: never kept by a browser or a proxy.
CREATE TABLE file_use (
    id file_use_id PRIMARY KEY,
    file_id file_object_id NOT NULL REFERENCES file_object (id),
    thing code NOT NULL,
    thing_id int NOT NULL,
    kind code NOT NULL,
    name text NOT NULL,
    account_no int,
    is_private flag NOT NULL,
    recorded_at instant NOT NULL
);
CREATE INDEX file_use_thing ON file_use (thing, thing_id, id);
CREATE INDEX file_use_file ON file_use (file_id);
