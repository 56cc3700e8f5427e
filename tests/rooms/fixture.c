/* fixture.c — see fixture.h. */
#include "tests/rooms/fixture.h"

#include "web/multipart.h"

#include "base/sha.h"
#include "tests/rooms/house.h"

#include "app/form.h"
#include "db/migrate.h"
#include "rooms/account/account.h"
#include "web/multipart.h"
#include "web/request.h"

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

/* ---- the house: filled once, copied by every program ---- */

/* The same content has the same name, so that a cluster that outlives a build is no trap. */
static struct str house_pg_name(void)
{
    static char name[40];
    struct sha256 sum;
    char hex[17];
    assert_ok(sha256_of_file(HOUSE_DB, &sum));
    for (int i = 0; i < 8; i++)
        snprintf(hex + 2 * i, 3, "%02x", sum.b[i]);
    snprintf(name, sizeof name, "sarn_house_%s", hex);
    return str_of(name);
}

static void house_pg_fill(struct str url)
{
    struct db *db = NULL;
    struct arena *a = arena_new(HOUSE_ARENA);
    assert_ok(db_open(url, DB_READ_WRITE, &db));
    assert_ok(migrate_apply(db, NULL, NULL));
    assert_ok(house_fill(db, a));
    db_close(db);
    arena_free(a);
}

static struct str house_url(void)
{
    if (fixture_engine == DB_POSTGRES) return fixture_pg_copy(house_pg_name().p, house_pg_fill);
    struct str url = fixture_url(DB_SQLITE, 0);
    fixture_copy_file(HOUSE_DB, url);
    return url;
}

struct fixture *fixture_house(void)
{
    static struct fixture house;
    static bool is_made;
    static enum db_engine made_for;
    if (is_made && made_for == fixture_engine) return &house;
    if (is_made) fixture_end(&house);
    house = (struct fixture){.arena = arena_new(HOUSE_ARENA)};
    house.url = str_copy(house.arena, house_url());
    assert_ok(db_open(house.url, DB_READ_WRITE, &house.db));
    struct date today;
    assert_ok(date_parse_iso(STR(FIXTURE_TODAY), &today));
    clock_fix(today, 8, 30);
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

/* "Name: value" lines as the wire would have given them. */
static struct web_fields headers_of(struct arena *a, const char *text)
{
    struct web_field *items = ARENA_ARRAY(a, struct web_field, 16);
    struct str rest = str_of(text), line;
    size_t n = 0;
    while (!str_is_empty(rest) && str_split(&rest, '\n', &line)) {
        ptrdiff_t colon = str_find_char(line, ':');
        assert_true(colon > 0 && n < 16);
        items[n++] = (struct web_field){str_first(line, (size_t)colon), str_trim(str_from(line, (size_t)colon + 1))};
    }
    return (struct web_fields){items, n};
}

static struct str sent_bytes; /* fixture_send_bytes() only */

struct reply fixture_send_bytes(struct fixture *f, const struct fixture_request *r, struct str bytes)
{
    sent_bytes = bytes;
    struct reply reply = fixture_send(f, r);
    sent_bytes = STR_NONE;
    return reply;
}

struct reply fixture_send(struct fixture *f, const struct fixture_request *r)
{
    arena_reset(f->arena);
    /* What is sent may lie in the arena that was just reset: cookies and bodies are static or the caller's. */
    struct str t = str_of(r->target), path = t, query = STR("");
    ptrdiff_t mark = str_find_char(t, '?');
    if (mark >= 0) {
        path = str_first(t, (size_t)mark);
        query = str_from(t, (size_t)mark + 1);
    }
    char *room = ARENA_ARRAY(f->arena, char, path.n + 1);
    struct web_request *req = ARENA_NEW(f->arena, struct web_request);
    req->method = r->method;
    req->query = query;
    req->host = STR("localhost");
    req->remote = STR("127.0.0.1");
    req->arena = f->arena;
    assert_ok(web_path_decode(path, room, &req->path));
    assert_ok(web_fields_parse(f->arena, query, 64, &req->params));
    req->cookies = web_cookies_parse(f->arena, str_of(r->cookies == NULL ? "" : r->cookies));
    if (r->headers != NULL) req->headers = headers_of(f->arena, r->headers);
    req->is_https = str_eq(web_header_get(req->headers, "X-Forwarded-Proto"), STR("https")); /* as the proxy says it */
    if (r->body != NULL) req->body = str_of(r->body);
    if (sent_bytes.n > 0) req->body = sent_bytes;
    struct str type = web_header_get(req->headers, "Content-Type");
    if (multipart_is_type(type)) assert_ok(multipart_parse(f->arena, type, req->body, &req->form, &req->files));
    if (r->body != NULL && (str_is_none(type) || str_starts(type, STR("application/x-www-form"))))
        assert_ok(web_fields_parse(f->arena, req->body, WEB_FORM_FIELDS_MAX, &req->form));
    if (r->body != NULL && !str_is_none(type) && multipart_is_type(type))
        assert_ok(multipart_parse(f->arena, type, req->body, &req->form, &req->files));

    struct reply reply = {0};
    reply.raw.body = buf_in(f->arena, APP_PAGE_BYTES_MAX);
    app_handle(f->app, 0, req, &reply.raw);
    reply.status = reply.raw.status;
    reply.type = reply.raw.content_type;
    reply.body = str_is_none(reply.raw.static_body) ? buf_str(&reply.raw.body) : reply.raw.static_body;
    reply.cost = app_last_cost(f->app, 0);
    return reply;
}

struct reply fixture_ask(struct fixture *f, enum web_method method, const char *target, const char *cookies)
{
    return fixture_send(f, &(struct fixture_request){.method = method, .target = target, .cookies = cookies});
}

struct reply fixture_get(struct fixture *f, const char *target, const char *cookies)
{
    return fixture_ask(f, WEB_GET, target, cookies);
}

struct reply fixture_post(struct fixture *f, const char *target, const char *cookies, const char *body)
{
    return fixture_send(f, &(struct fixture_request){WEB_POST, target, cookies, body, NULL});
}

const char *fixture_sign_in(struct fixture *f, const char *login)
{
    static char cookies[4][200];
    static unsigned at;
    struct account_id id;
    struct str secret;
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(account_find_login(f->db, f->arena, str_of(login), &id));
    assert_ok(account_session_add(f->db, f->arena, id, STR("test"), STR("127.0.0.1"), &secret));
    assert_ok(db_commit(f->db));
    char *cookie = cookies[at++ % 4];
    snprintf(cookie, sizeof cookies[0], ACCOUNT_COOKIE "=%.*s", STR_FMT(secret));
    return cookie;
}

/* Asked of the guard itself, over the fixture's own connection. */
struct str fixture_csrf(struct fixture *f, const char *cookies)
{
    static char token[200];
    struct web_request web = {.cookies = web_cookies_parse(f->arena, str_of(cookies)), .arena = f->arena};
    struct rq rq = {.web = &web, .db = f->db, .arena = f->arena, .today = clock_today()};
    struct who who = {0};
    bool is_in_txn = db_in_txn(f->db);
    if (!is_in_txn) assert_ok(db_begin(f->db, DB_TXN_READ));
    assert_ok(guard_who(&rq, &who));
    if (!is_in_txn) db_rollback(f->db);
    snprintf(token, sizeof token, "%.*s", STR_FMT(who.csrf));
    return str_of(token);
}

/* What the body looks like: JSON, a multipart form that begins with its boundary, or fields. */
static struct str type_of(struct arena *a, const char *body)
{
    if (body[0] == '{') return STR("application/json");
    if (strncmp(body, "--", 2) != 0) return STR("application/x-www-form-urlencoded");
    return str_printf(a, "multipart/form-data; boundary=%.*s", (int)strcspn(body + 2, "\r"), body + 2);
}

struct reply fixture_post_from(struct fixture *f, const char *target, const char *cookies, const char *body, const char *from)
{
    char headers[600];
    snprintf(headers, sizeof headers, "%s\nContent-Type: %.*s", from, STR_FMT(type_of(f->arena, body)));
    return fixture_send(f, &(struct fixture_request){WEB_POST, target, cookies, body, headers});
}

struct reply fixture_post_as(struct fixture *f, const char *target, const char *cookies, const char *body)
{
    char token[300];
    snprintf(token, sizeof token, "X-CSRF-Token: %.*s", STR_FMT(fixture_csrf(f, cookies)));
    return fixture_post_from(f, target, cookies, body, token);
}

struct reply fixture_post_visitor(struct fixture *f, const char *target, const char *body)
{
    return fixture_post_visitor_with(f, target, "", body);
}

struct reply fixture_post_visitor_with(struct fixture *f, const char *target, const char *more, const char *body)
{
    char headers[400], cookies[1000];
    struct web_response res = {0};
    struct web_request web = {.arena = f->arena};
    struct rq rq = {.app = f->app, .web = &web, .res = &res, .arena = f->arena};
    struct str token = form_marks(&rq).csrf;
    snprintf(cookies, sizeof cookies, "sarn_form=%.*s%s%s", STR_FMT(token), more[0] ? "; " : "", more);
    snprintf(headers, sizeof headers, "X-CSRF-Token: %.*s\nContent-Type: %s", STR_FMT(token),
             body[0] == '{' ? "application/json" : "application/x-www-form-urlencoded");
    return fixture_send(f, &(struct fixture_request){WEB_POST, target, cookies, body, headers});
}

struct str reply_header(const struct reply *r, const char *name)
{
    return web_header_get((struct web_fields){r->raw.headers, r->raw.nheaders}, name);
}

bool reply_has(const struct reply *r, const char *text)
{
    bool has = str_find(r->body, str_of(text)) >= 0;
    if (!has && getenv("SARN_TEST_SHOW") != NULL) fprintf(stderr, "---- not in this answer: %s\n%.*s\n----\n", text, STR_FMT(r->body));
    return has;
}

struct str fixture_pdf_text(struct fixture *f, struct str pdf)
{
    char path[] = "/tmp/sarn-paper-XXXXXX", command[200];
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, pdf.p, pdf.n), pdf.n);
    close(fd);
    snprintf(command, sizeof command, "command -v pdftotext >/dev/null && pdftotext -raw %s -", path);
    FILE *p = popen(command, "r"); /* lint: banned the reader of PDFs is another program */
    assert_non_null(p);
    char *out = arena_alloc(f->arena, 1 << 16);
    size_t n = fread(out, 1, 1 << 16, p);
    int code = pclose(p);
    unlink(path);
    return code == 0 ? (struct str){out, n} : STR_NONE;
}
