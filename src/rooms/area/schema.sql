-- area: nation, regions, provinces, districts, tambons. A surrogate id lives on; codes, names and
-- parents have periods (valid_from NULL: unknown start; valid_to NULL: still so). valid_to is the
-- last day of the period. certainty: S stated by a source, D derived, U unconfirmed.

CREATE TABLE area (
    id area_id PRIMARY KEY,
    kind code NOT NULL CHECK (kind IN ('nation', 'region', 'province', 'district', 'tambon'))
);
-- The 77 provinces are asked for as a whole by every national page.
CREATE INDEX area_kind ON area (kind);

CREATE TABLE area_code (
    area_id area_id NOT NULL REFERENCES area (id),
    code code NOT NULL,
    valid_from date,
    valid_to date,
    certainty code NOT NULL CHECK (certainty IN ('S', 'D', 'U')),
    source text NOT NULL
);
CREATE UNIQUE INDEX area_code_now ON area_code (code) WHERE valid_to IS NULL;
CREATE UNIQUE INDEX area_code_of ON area_code (area_id) WHERE valid_to IS NULL;
CREATE INDEX area_code_ever ON area_code (code);
CREATE INDEX area_code_history ON area_code (area_id);

CREATE TABLE area_name (
    area_id area_id NOT NULL REFERENCES area (id),
    name_th text NOT NULL,
    name_en text,
    sort_key sort_key NOT NULL,
    valid_from date,
    valid_to date,
    certainty code NOT NULL CHECK (certainty IN ('S', 'D', 'U')),
    source text NOT NULL
);
CREATE UNIQUE INDEX area_name_now ON area_name (area_id) WHERE valid_to IS NULL;
CREATE INDEX area_name_history ON area_name (area_id);
CREATE INDEX area_name_by_name ON area_name (name_th);

CREATE TABLE area_parent (
    area_id area_id NOT NULL REFERENCES area (id),
    parent_id area_id NOT NULL REFERENCES area (id),
    valid_from date,
    valid_to date,
    certainty code NOT NULL CHECK (certainty IN ('S', 'D', 'U')),
    source text NOT NULL,
    CHECK (area_id <> parent_id)
);
CREATE UNIQUE INDEX area_parent_now ON area_parent (area_id) WHERE valid_to IS NULL;
CREATE INDEX area_parent_history ON area_parent (area_id);
CREATE INDEX area_parent_children ON area_parent (parent_id) WHERE valid_to IS NULL;

-- Groupings beside the tree: the four parts of the country, upper and lower south, regions 11 + 12.
CREATE TABLE area_set (
    id area_set_id PRIMARY KEY,
    code code NOT NULL UNIQUE,
    kind code NOT NULL,
    name_th text NOT NULL,
    name_en text NOT NULL,
    source text NOT NULL
);

CREATE TABLE area_set_member (
    area_set_id area_set_id NOT NULL REFERENCES area_set (id),
    area_id area_id NOT NULL REFERENCES area (id),
    valid_from date,
    valid_to date,
    PRIMARY KEY (area_set_id, area_id)
);
CREATE INDEX area_set_member_of ON area_set_member (area_id);

-- Every place in a name where a search may begin, folded: "find by any part of the name" is a range
-- of this index on both engines.
CREATE TABLE area_find (
    suffix text NOT NULL,
    area_id area_id NOT NULL REFERENCES area (id),
    PRIMARY KEY (suffix, area_id)
);
