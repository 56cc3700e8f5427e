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
