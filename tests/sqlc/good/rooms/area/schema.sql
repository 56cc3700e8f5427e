CREATE TABLE area (
    id area_id PRIMARY KEY,
    code code NOT NULL UNIQUE,
    parent_id area_id REFERENCES area(id),
    name_th text NOT NULL,
    name_key sort_key NOT NULL
);
CREATE INDEX area_parent ON area(parent_id, name_key, id);
-- sqlite:
CREATE TRIGGER area_no_delete BEFORE DELETE ON area
BEGIN
    SELECT CASE WHEN old.id > 0 THEN RAISE(ABORT, 'areas stay; close them') END;
END;
-- pg:
CREATE FUNCTION area_no_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'areas stay; close them';
END
$$;
CREATE TRIGGER area_no_delete BEFORE DELETE ON area FOR EACH ROW EXECUTE FUNCTION area_no_delete();
-- both:
CREATE VIEW province AS SELECT id, code, name_th FROM area WHERE length(code) = 2;
