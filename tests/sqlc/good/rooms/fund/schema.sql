-- fund: a local government's fund and its years.
CREATE TABLE fund (
    id fund_id PRIMARY KEY,
    code code NOT NULL UNIQUE,
    area_id area_id NOT NULL REFERENCES area(id),
    name_th text NOT NULL,          -- as in the register
    founded_on date,
    closed_on date CHECK (closed_on >= founded_on),
    logo bytes,
    made_at instant NOT NULL,
    made_by account_id NOT NULL REFERENCES account(id)
);
CREATE INDEX fund_area ON fund(area_id, code);
CREATE TABLE fund_year (
    id fund_year_id PRIMARY KEY,
    fund_id fund_id NOT NULL REFERENCES fund(id),
    fy fiscal_year NOT NULL,
    population_local count,
    nhso_amount satang CHECK (nhso_amount >= 0),
    match_percent bp,
    is_closed flag NOT NULL DEFAULT 0,
    closed_at instant,
    CONSTRAINT fund_year_once UNIQUE (fund_id, fy)
);
CREATE INDEX fund_year_open ON fund_year(fy) WHERE is_closed = 0;
CREATE TABLE fund_tag (
    fund_id fund_id NOT NULL,
    tag code NOT NULL CHECK (tag IN ('model', 'border', 'island') AND tag <> 'x' OR tag IN ('a', 'b')),
    PRIMARY KEY (fund_id, tag),
    FOREIGN KEY (fund_id) REFERENCES fund(id)
) WITHOUT ROWID;
