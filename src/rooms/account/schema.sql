-- account: people and what they may do. Personal data (name, phone, e-mail) stands in account only; what
-- is remembered elsewhere is an id. Secrets are kept as hashes: password (Argon2id), session cookies,
-- API tokens, invitations and codes (SHA-256).

-- A person. Erased: name, phone, e-mail, password and TOTP are NULL, erased_at says when; the id stays.
CREATE TABLE account (
    id account_id PRIMARY KEY,
    login code UNIQUE,
    name text,
    phone text,
    email text,
    password_hash text,
    totp_secret text,
    totp_step int,
    state code NOT NULL CHECK (state IN ('open', 'closed', 'erased')),
    created_at instant NOT NULL,
    erased_at instant,
    version int NOT NULL
);
CREATE INDEX account_name ON account (name, id) WHERE name IS NOT NULL;
CREATE INDEX account_phone ON account (phone, id) WHERE phone IS NOT NULL;

-- The key under which this person's fields in the audit trail are sealed. Erasure deletes the row.
CREATE TABLE account_key (
    account_id account_id PRIMARY KEY REFERENCES account (id),
    key bytes NOT NULL
);

-- Person, role, scope, from, to, by whom. Ended, never deleted.
CREATE TABLE account_grant (
    id account_grant_id PRIMARY KEY,
    account_id account_id NOT NULL REFERENCES account (id),
    role code NOT NULL,
    scope_kind code NOT NULL CHECK (scope_kind IN ('fund', 'district', 'province', 'region', 'nation', 'org')),
    scope_code code NOT NULL,
    fund_id fund_id REFERENCES fund (id),
    area_id area_id REFERENCES area (id),
    org_id org_id REFERENCES org (id),
    valid_from date NOT NULL,
    valid_to date,
    granted_by account_id REFERENCES account (id),
    recorded_at instant NOT NULL
);
CREATE INDEX account_grant_of ON account_grant (account_id, id);
CREATE INDEX account_grant_fund ON account_grant (fund_id, id) WHERE fund_id IS NOT NULL;
CREATE INDEX account_grant_area ON account_grant (area_id, id) WHERE area_id IS NOT NULL;

CREATE TABLE account_session (
    id account_session_id PRIMARY KEY,
    secret_hash code NOT NULL UNIQUE,
    account_id account_id NOT NULL REFERENCES account (id),
    grant_id account_grant_id REFERENCES account_grant (id),
    device text,
    remote text,
    created_at instant NOT NULL,
    seen_at instant NOT NULL,
    expires_at instant NOT NULL,
    ended_at instant
);
CREATE INDEX account_session_of ON account_session (account_id, id);

CREATE TABLE account_token (
    id account_token_id PRIMARY KEY,
    secret_hash code NOT NULL UNIQUE,
    account_id account_id NOT NULL REFERENCES account (id),
    grant_id account_grant_id REFERENCES account_grant (id),
    name text NOT NULL,
    created_at instant NOT NULL,
    expires_at instant NOT NULL,
    ended_at instant
);
CREATE INDEX account_token_of ON account_token (account_id, id);

-- A one-time link (and its QR) that gives whoever opens it first a grant.
CREATE TABLE account_invite (
    id account_invite_id PRIMARY KEY,
    secret_hash code NOT NULL UNIQUE,
    role code NOT NULL,
    scope_kind code NOT NULL,
    scope_code code NOT NULL,
    note text,
    invited_by account_id NOT NULL REFERENCES account (id),
    created_at instant NOT NULL,
    expires_at instant NOT NULL,
    ended_at instant,
    used_by account_id REFERENCES account (id)
);
CREATE INDEX account_invite_by ON account_invite (invited_by, id);
CREATE INDEX account_invite_used ON account_invite (used_by) WHERE used_by IS NOT NULL;
CREATE INDEX account_invite_scope ON account_invite (scope_kind, scope_code, id);

-- Failed log-ins, by the hash of login, address, or both: how long to wait. Never for good.
CREATE TABLE account_throttle (
    key_hash code PRIMARY KEY,
    failures int NOT NULL,
    until_at instant NOT NULL
);
CREATE INDEX account_throttle_age ON account_throttle (until_at);

-- A group of people that proposes projects (กลุ่ม/องค์กรชุมชน). An officer may enter one for a villager who
-- brought paper: then is_for_paper says so until the group confirms by code or signed scan. scan_…: the
-- newest signed scan (a file_use of the group) with the names and the date that stand on it, waiting for
-- somebody else than who entered the group to look at it.
CREATE TABLE account_group (
    id account_group_id PRIMARY KEY,
    fund_id fund_id NOT NULL REFERENCES fund (id),
    name text NOT NULL,
    owner_type_code code NOT NULL,
    place text,
    entered_by account_id NOT NULL REFERENCES account (id),
    is_for_paper flag NOT NULL,
    confirmed_at instant,
    confirmed_how code CHECK (confirmed_how IN ('code', 'scan')),
    confirmed_file text,
    confirmed_by account_id REFERENCES account (id) CHECK (confirmed_by <> entered_by),
    scan_file text,
    scan_names text,
    scan_on date,
    recorded_at instant NOT NULL,
    version int NOT NULL
);
CREATE INDEX account_group_fund ON account_group (fund_id, id);

-- is_asked: wants to join; a contact of the group or an officer of its fund says yes.
CREATE TABLE account_group_member (
    group_id account_group_id NOT NULL REFERENCES account_group (id),
    account_id account_id NOT NULL REFERENCES account (id),
    is_contact flag NOT NULL,
    is_asked flag NOT NULL,
    PRIMARY KEY (group_id, account_id)
);
CREATE INDEX account_group_member_of ON account_group_member (account_id, group_id);

-- A one-time code told to a person: to set a new password (reset), to confirm what was entered for their
-- group (confirm); or the ticket between a right password and the code of a telephone (second).
CREATE TABLE account_code (
    id account_code_id PRIMARY KEY,
    account_id account_id NOT NULL REFERENCES account (id),
    kind code NOT NULL CHECK (kind IN ('reset', 'confirm', 'second')),
    group_id account_group_id REFERENCES account_group (id),
    secret_hash code NOT NULL,
    made_by account_id NOT NULL REFERENCES account (id),
    created_at instant NOT NULL,
    expires_at instant NOT NULL,
    tries int NOT NULL,
    used_at instant
);
CREATE INDEX account_code_of ON account_code (account_id, kind, id);
CREATE INDEX account_code_group ON account_code (group_id) WHERE group_id IS NOT NULL;
