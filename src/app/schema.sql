-- app: what all rooms share. Readable by every room, written only through app/.

-- What this database is: 'demo' and its seed, 'reference' and its version.
CREATE TABLE app_setting (
    key code PRIMARY KEY,
    value text NOT NULL
);

-- Who did what, when: one row an act, written by the act's own transaction. thing and thing_id name
-- the row it was done to; before and after are kept field by field.
CREATE TABLE audit (
    id audit_id PRIMARY KEY,
    recorded_at instant NOT NULL,
    actor text NOT NULL,
    action code NOT NULL,
    thing code NOT NULL,
    thing_id int NOT NULL
);
CREATE INDEX audit_thing ON audit (thing, thing_id);

CREATE TABLE audit_field (
    audit_id audit_id NOT NULL REFERENCES audit (id),
    field code NOT NULL,
    before text,
    after text,
    PRIMARY KEY (audit_id, field)
);
