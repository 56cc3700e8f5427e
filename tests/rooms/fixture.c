/* fixture.c — see fixture.h. */
#include "tests/rooms/fixture.h"

#include "app/reference.h"
#include "db/migrate.h"
#include "rooms/account/account.h"
#include "rooms/area/area.h"
#include "rooms/fund/fund_import.h"
#include "rooms/issue/issue.h"
#include "rooms/ledger/ledger.h"
#include "rooms/org/org.h"
#include "web/request.h"
#include "app/app_sql.h"

#define HOUSE_ARENA ((size_t)512 << 20)

struct fixture fixture_begin(void)
{
    struct fixture f = {.arena = arena_new(HOUSE_ARENA)};
    f.url = str_copy(f.arena, fixture_url(fixture_engine, 0));
    assert_ok(db_open(f.url, DB_READ_WRITE, &f.db));
    assert_ok(migrate_apply(f.db, NULL, NULL));
    return f;
}

void fixture_end(struct fixture *f)
{
    if (f->app != NULL) app_close(f->app);
    db_close(f->db);
    arena_free(f->arena);
}

static void swallow(void *ctx, struct str line)
{
    (void)ctx, (void)line;
}

/* Other ids than SQLite gives: what shows one, or counts on one, is found where both are compared. */
static void shift_ids(struct db *db)
{
    if (db_engine(db) != DB_POSTGRES) return;
    assert_ok(db_script(db, "DO $$ DECLARE s regclass; BEGIN FOR s IN SELECT oid FROM pg_class WHERE relkind = 'S' LOOP "
                            "EXECUTE format('ALTER SEQUENCE %s RESTART WITH 700001', s); END LOOP; END $$"));
}

static void fill(struct db *db, struct arena *a)
{
    struct fund_import_report report;
    struct date today;
    struct fund_import_options options = {.fy = fiscal_year(2562),
                                          .is_partial = true,
                                          .certainty = STR("U"),
                                          .file_name = STR("funds_real.tsv")};
    assert_ok(date_parse_iso(STR(FIXTURE_TODAY), &today));
    clock_fix(today, 8, 30);
    assert_ok(db_begin(db, DB_TXN_WRITE));
    assert_ok(area_load_reference(db, a));
    assert_ok(org_load_reference(db, a));
    assert_ok(issue_load_reference(db, a));
    assert_ok(fund_load_reference(db, a));
    assert_ok(ledger_load_reference(db, a));
    assert_ok(fund_import(db, a, reference_bytes("funds_real.tsv"), &options, swallow, NULL, &report));
    assert_ok(app_setting_put(db, STR("demo"), STR("seed 1"), NULL));
    assert_ok(fund_demo(db, a, 1, today));
    assert_ok(account_demo(db, a, today));
    assert_ok(db_commit(db));
}

struct fixture *fixture_house(void)
{
    static struct fixture house;
    static bool is_made;
    static enum db_engine made_for;
    if (is_made && made_for == fixture_engine) return &house;
    if (is_made) fixture_end(&house);
    house = fixture_begin();
    shift_ids(house.db);
    fill(house.db, house.arena);
    struct app_config config = {.db_url = str_z(house.arena, house.url), .workers = 1, .today = FIXTURE_TODAY};
    /* The url must outlive the arena's resets. */
    static char url[600];
    snprintf(url, sizeof url, "%s", config.db_url);
    house.url = str_of(url);
    config.db_url = url;
    assert_ok(app_open(&config, &house.app));
    arena_reset(house.arena);
    is_made = true;
    made_for = fixture_engine;
    return &house;
}

struct reply fixture_ask(struct fixture *f, enum web_method method, const char *target,
                         const char *cookies)
{
    struct str t = str_of(target), path = t, query = STR("");
    arena_reset(f->arena);
    ptrdiff_t mark = str_find_char(t, '?');
    if (mark >= 0) {
        path = str_first(t, (size_t)mark);
        query = str_from(t, (size_t)mark + 1);
    }
    char *room = ARENA_ARRAY(f->arena, char, path.n + 1);
    struct web_request *req = ARENA_NEW(f->arena, struct web_request);
    req->method = method;
    req->query = query;
    req->host = STR("localhost");
    req->remote = STR("127.0.0.1");
    req->arena = f->arena;
    assert_ok(web_path_decode(path, room, &req->path));
    assert_ok(web_fields_parse(f->arena, query, 64, &req->params));
    req->cookies = web_cookies_parse(f->arena, str_of(cookies));

    struct reply r = {0};
    r.raw.body = buf_in(f->arena, APP_PAGE_BYTES_MAX);
    app_handle(f->app, 0, req, &r.raw);
    r.status = r.raw.status;
    r.type = r.raw.content_type;
    r.body = str_is_none(r.raw.static_body) ? buf_str(&r.raw.body) : r.raw.static_body;
    r.cost = app_last_cost(f->app, 0);
    return r;
}

struct reply fixture_get(struct fixture *f, const char *target, const char *cookies)
{
    return fixture_ask(f, WEB_GET, target, cookies);
}

struct str reply_header(const struct reply *r, const char *name)
{
    return web_header_get((struct web_fields){r->raw.headers, r->raw.nheaders}, name);
}

bool reply_has(const struct reply *r, const char *text)
{
    return str_find(r->body, str_of(text)) >= 0;
}
