-- org: organisations. Today the local governments (อปท.) that found the funds; agencies, health
-- units and groups come with the rooms that need them. Names, kinds and parents are dated rows: an
-- อบต. that becomes a ทต. is the same organisation with a new name row.

CREATE TABLE org_kind (
    code code PRIMARY KEY,
    name_th text NOT NULL,
    name_en text NOT NULL,
    short_th text NOT NULL,
    is_local_government flag NOT NULL,
    sort_order int NOT NULL
);

-- How files write a kind: "อบต.", "องค์การบริหารส่วนตำบล", "เทศบาลตำบล", folded.
CREATE TABLE org_kind_spelling (
    spelling text PRIMARY KEY,
    kind code NOT NULL REFERENCES org_kind (code)
);

CREATE TABLE org (
    id org_id PRIMARY KEY,
    created_at instant NOT NULL
);

CREATE TABLE org_name (
    org_id org_id NOT NULL REFERENCES org (id),
    kind code REFERENCES org_kind (code),
    size code CHECK (size IN ('small', 'medium', 'large')),
    name_th text NOT NULL,
    name_en text,
    sort_key sort_key NOT NULL,
    valid_from date,
    valid_to date,
    certainty code NOT NULL CHECK (certainty IN ('S', 'D', 'U')),
    source text NOT NULL
);
CREATE UNIQUE INDEX org_name_now ON org_name (org_id) WHERE valid_to IS NULL;
CREATE INDEX org_name_history ON org_name (org_id);

CREATE TABLE org_parent (
    org_id org_id NOT NULL REFERENCES org (id),
    parent_id org_id NOT NULL REFERENCES org (id),
    valid_from date,
    valid_to date,
    certainty code NOT NULL CHECK (certainty IN ('S', 'D', 'U')),
    source text NOT NULL,
    CHECK (org_id <> parent_id)
);
CREATE UNIQUE INDEX org_parent_now ON org_parent (org_id) WHERE valid_to IS NULL;
CREATE INDEX org_parent_children ON org_parent (parent_id) WHERE valid_to IS NULL;

-- Other spellings met in files and kept as they were met; rows, not guesses.
CREATE TABLE org_spelling (
    org_id org_id NOT NULL REFERENCES org (id),
    spelling text NOT NULL,
    source text NOT NULL,
    PRIMARY KEY (org_id, spelling)
);
