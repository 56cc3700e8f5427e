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
