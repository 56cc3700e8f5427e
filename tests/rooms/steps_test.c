/* steps_test.c — every POST of the house with its n-th database step failing, for n = 1, 2 … until it
 * passes: after each failure the database is as it was, after the pass it is changed. Before that, the same request from
 * another site, with another session's token, and at another fund's address: refused. The examples are in
 * steps_examples.h: a POST route without one fails here. */
#include "tests/rooms/steps_examples.h"

#include "app/app_internal.h"
#include "base/sha.h"
#include "db/catalog.h"
#include "rooms/account/account.h"
#include "rooms/ledger/ledger.h"
#include "rooms/meeting/meeting.h"

#define STEPS_MAX 400
#define ROWS_MAX 4000 /* a larger table is reference data: its rows are counted, not read */

/* ---- what is in the database ---- */

static int64_t count(struct db *db, const char *sql)
{
    int64_t n = 0;
    assert_ok(db_scalar(db, sql, &n));
    return n;
}

static bool is_same(const struct sha256 *a, const struct sha256 *b)
{
    return memcmp(a->b, b->b, sizeof a->b) == 0;
}

/* One statement that tells of every table its name, how many rows it has and, of those that were not large at
 * first, what stands in them. The engine works it off: reading each value here took most of this program's time. */
static void put_table(struct buf *b, const struct catalog_table *t, bool is_whole)
{
    buf_printf(b, "SELECT '%.*s', COUNT(*), ", STR_FMT(t->name));
    if (!is_whole) {
        BUF_LIT(b, "'' FROM ");
    } else if (fixture_engine == DB_POSTGRES) {
        BUF_LIT(b, "coalesce(SUM(hashtextextended(CAST(t.* AS text), 0)), 0)::text FROM ");
    } else {
        BUF_LIT(b, "coalesce(group_concat(");
        for (size_t i = 0; i < t->ncol; i++) {
            buf_put(b, i ? STR(" || ',' || quote(") : STR("quote("));
            buf_ident(b, t->columns[i].name);
            BUF_LIT(b, ")");
        }
        BUF_LIT(b, ", ';'), '') FROM ");
    }
    buf_ident(b, t->name);
    BUF_LIT(b, " t");
}

enum look { COUNTED, WHOLE };

static const struct db_sql *look_sql(struct db *db, enum look look)
{
    static struct db_sql texts[2][2];
    static struct arena *own; /* as long as the program */
    struct db_sql *sql = &texts[fixture_engine == DB_POSTGRES][look];
    if (sql->sqlite != NULL) return sql;
    if (own == NULL) own = arena_new((size_t)16 << 20);
    struct buf b = buf_in(own, 1 << 20);
    struct catalog catalog = {0};
    assert_ok(catalog_read(db, own, &catalog));
    for (size_t i = 0; i < catalog.n; i++) {
        char count_sql[200];
        snprintf(count_sql, sizeof count_sql, "SELECT COUNT(*) FROM %.*s", STR_FMT(catalog.tables[i].name));
        if (i > 0) BUF_LIT(&b, " UNION ALL ");
        put_table(&b, &catalog.tables[i], look == WHOLE && count(db, count_sql) <= ROWS_MAX);
    }
    BUF_LIT(&b, " ORDER BY 1"); /* PostgreSQL may ask several tables at once */
    buf_putc(&b, '\0');
    *sql = (struct db_sql){.name = "look", .sqlite = buf_str(&b).p, .pg = buf_str(&b).p, .ncol = 3, .pg_types = ""};
    return sql;
}

static struct sha256 look_at(struct db *db, enum look look)
{
    static struct arena *own;
    struct db_rows rows = {0};
    enum err e;
    if (own == NULL) own = arena_new((size_t)1 << 20);
    arena_reset(own);
    struct sha256_state *hash = sha256_begin(own);
    assert_ok(db_rows_open(db, look_sql(db, look), NULL, &rows));
    while ((e = db_rows_next(&rows)) == ERR_OK) {
        sha256_add(hash, db_rows_text(&rows, 0));
        sha256_add(hash, str_printf(own, " %lld ", (long long)db_rows_int(&rows, 1)));
        sha256_add(hash, db_rows_text(&rows, 2));
        sha256_add(hash, STR("\n"));
    }
    assert_err(e, ERR_NOT_FOUND);
    db_rows_close(&rows);
    return sha256_end(hash);
}

/* Two connections that the house does not use: `past` reads in a transaction begun before an example, so that
 * it goes on seeing what was then; `now` sees what is committed. */
static struct db *past, *now;

static struct { bool is_seen; struct sha256 is; } then[2]; /* what `past` shows, once it was asked */

static bool is_as_before(enum look look)
{
    struct sha256 b = look_at(now, look);
    if (!then[look].is_seen) then[look].is = look_at(past, look);
    then[look].is_seen = true;
    return is_same(&then[look].is, &b);
}

/* Another number after each commit of anybody else; on a server that does not keep it (tools/pg-cluster has it do so),
 * each time. */
static int64_t version_now(void)
{
    static int64_t untold;
    if (fixture_engine == DB_SQLITE) return count(now, "PRAGMA data_version");
    int64_t xid = count(now, "SELECT CASE WHEN current_setting('track_commit_timestamp') = 'on' "
                             "THEN (SELECT coalesce(CAST(CAST(xid AS text) AS bigint), 0) FROM pg_last_committed_xact()) ELSE -1 END");
    return xid < 0 ? --untold : xid;
}

static int64_t version_seen;

static void keep_past(struct fixture *f)
{
    if (past == NULL) {
        assert_ok(db_open(f->url, DB_READ_ONLY, &past));
        assert_ok(db_open(f->url, DB_READ_ONLY, &now));
    }
    then[COUNTED].is_seen = then[WHOLE].is_seen = false;
    assert_ok(db_begin(past, DB_TXN_READ));
    (void)count(past, "SELECT COUNT(*) FROM account"); /* what it sees is settled here */
    version_seen = version_now();
}

/* After a failed step: reading all costs more than the request, so it is read when anything was committed. */
static bool left_something(void)
{
    int64_t version = version_now();
    bool is_new = version != version_seen;
    version_seen = version;
    return is_new && !is_as_before(WHOLE);
}

/* ---- the house, with a book and an approved project of D0001 ---- */

static void open_book(struct fixture *f, struct str fund)
{
    struct actor by = actor_system("system:test");
    struct ledger_refusal refused = {0};
    struct ledger_book_id id;
    struct ledger_book book;
    struct ledger_opening o = {.fund_code = fund, .opened_on = {2026, 10, 1}, .balance = satang(100000000)};
    assert_ok(ledger_book_find(f->db, f->arena, fund, LEDGER_MAIN, &book));
    if (!id_is_none(book.id)) return;
    bool is_in_txn = db_in_txn(f->db);
    if (!is_in_txn) assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(ledger_book_open(f->db, f->arena, &by, &o, &refused, &id));
    if (!is_in_txn) assert_ok(db_commit(f->db));
}

/* The first month that the book has not closed, with what it says was in the bank then. */
void steps_close_month(struct fixture *f, struct steps_text *t)
{
    struct ledger_book book;
    struct ledger_sums sums;
    struct buf money = buf_in(f->arena, 40);
    if (strstr(t->target, "/api/") != NULL) {
        open_book(f, STR("D0002"));
        snprintf(t->body, sizeof t->body, "{\"through\": \"2026-10-31\"}");
        return;
    }
    assert_ok(ledger_book_find(f->db, f->arena, STR("D0001"), LEDGER_MAIN, &book));
    assert_ok(ledger_sums(f->db, f->arena, book.id, (struct date){2026, 10, 1}, (struct date){2026, 10, 31}, &sums));
    buf_satang(&money, sums.carried);
    snprintf(t->body, sizeof t->body, "through=2026-10-31&bank_balance=%.*s", STR_FMT(buf_str(&money)));
}

void steps_next_meeting(struct fixture *f, struct steps_text *t)
{
    struct actor by = actor_system("system:test");
    struct meeting_id id = {0};
    struct meeting m = {0};
    struct meeting_new n = {.fy = fiscal_year(2570), .held_on = {2026, 12, 15}};
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(db_scalar(f->db, "SELECT id FROM fund WHERE code = 'D0001'", &n.fund.v));
    assert_ok(meeting_add(f->db, f->arena, &by, &n, &id));
    assert_ok(meeting_get(f->db, f->arena, id, &m));
    assert_ok(db_commit(f->db));
    char *at = strstr(t->body, "NEXT"), rest[200];
    assert_non_null(at);
    snprintf(rest, sizeof rest, "%s", at + 4);
    snprintf(at, sizeof t->body - (size_t)(at - t->body), "2570-%lld%s", (long long)m.number, rest);
}

static void open_money(struct fixture *f)
{
    struct actor by = actor_system("system:test");
    struct ledger_commitment_id commitment;
    enum ledger_fault fault = LEDGER_FINE;
    struct ledger_commit c = {.fund_code = STR("D0001"),
                              .project_code = STR("STEP-1"),
                              .title = STR("steps"),
                              .support_type = STR("2"),
                              .owner_type = STR("6"),
                              .issue_code = STR("older_people"),
                              .approved_on = {2026, 10, 5},
                              .approved_in = STR("1/2570"),
                              .agreement_no = STR("1/2570"),
                              .agreement_on = {true, {2026, 10, 6}},
                              .amount = satang(1000000)};
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    open_book(f, STR("D0001"));
    enum err e = ledger_commit(f->db, f->arena, &by, &c, &fault, &commitment);
    if (e != ERR_OK) fail_msg("commit: %s %s", err_name(e), ledger_fault_code(fault));
    assert_ok(db_commit(f->db));
}

static struct fixture *house(void)
{
    static bool is_made;
    static enum db_engine made_for;
    struct fixture *f = fixture_house();
    if (is_made && made_for == fixture_engine) return f;
    open_money(f);
    is_made = true;
    made_for = fixture_engine;
    return f;
}

void steps_keep_a_form(struct fixture *f, struct steps_text *t)
{
    const char *dead = fixture_sign_in(f, "officer");
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(db_script(f->db, "UPDATE account_session SET ended_at = created_at"));
    assert_ok(db_commit(f->db));
    struct reply r = fixture_post(f, "/funds/D0001/years/2570/edit", dead, "source=paper");
    assert_int_equal(r.status, 303);
    for (size_t i = 0; i < r.raw.nheaders; i++) {
        struct str v = r.raw.headers[i].value, first;
        if (!str_starts(v, STR("sarn_kept="))) continue;
        (void)str_split(&v, ';', &first);
        snprintf(t->cookies, sizeof t->cookies, "%.*s", STR_FMT(first));
    }
}

/* ---- one example ---- */

/* Puts numbers of the database in the place of [[SELECT …]]. */
static void fill(struct fixture *f, const char *text, char *out, size_t room)
{
    struct str rest = str_of(text);
    size_t n = 0;
    for (ptrdiff_t at; (at = str_find(rest, STR("[["))) >= 0;) {
        ptrdiff_t end = str_find(rest, STR("]]"));
        assert_true(end > at);
        char sql[600];
        snprintf(sql, sizeof sql, "%.*s", (int)(end - at - 2), rest.p + at + 2);
        n += (size_t)snprintf(out + n, room - n, "%.*s%lld", (int)at, rest.p, (long long)count(f->db, sql));
        rest = str_from(rest, (size_t)end + 2);
    }
    n += (size_t)snprintf(out + n, room - n, "%.*s", STR_FMT(rest));
    assert_true(n < room);
}

static struct reply ask(struct fixture *f, const struct steps_example *x, const struct steps_text *t, const char *session)
{
    char cookies[1000];
    if (x->login == NULL) return fixture_post_visitor_with(f, t->target, t->cookies, t->body);
    snprintf(cookies, sizeof cookies, "%s%s%s", session, t->cookies[0] ? "; " : "", t->cookies);
    return fixture_post_as(f, t->target, cookies, t->body);
}

/* ---- the same request as an attacker would send it: refused, and nothing is changed ---- */

static void must_be_refused(const struct steps_example *x, const char *how, const struct reply *r)
{
    bool is_away = r->status == 303 && str_starts(reply_header(r, "Location"), STR("/login"));
    if (!is_away && (r->status < 400 || r->status >= 500)) fail_msg("%s, %s: %d", x->route, how, r->status);
    if (left_something()) fail_msg("%s, %s: %d, and something is changed", x->route, how, r->status);
}

/* From another site's page, which knows no token, and with the token of somebody else's session. */
static void forge(struct fixture *f, const struct steps_example *x, const struct steps_text *t, const char *session, const char *token)
{
    char cookies[1000], headers[400];
    snprintf(cookies, sizeof cookies, "%s%s%s", session, t->cookies[0] ? "; " : "", t->cookies);
    const char *elsewhere = "Origin: https://elsewhere.example\nSec-Fetch-Site: cross-site";
    struct reply r = fixture_post_from(f, t->target, cookies, t->body, elsewhere);
    must_be_refused(x, "without a token", &r);
    if (x->login == NULL) return; /* a visitor has no session */
    snprintf(headers, sizeof headers, "X-CSRF-Token: %s\nSec-Fetch-Site: same-origin", token);
    r = fixture_post_from(f, t->target, cookies, t->body, headers);
    must_be_refused(x, "with another session's token", &r);
}

/* These name nothing that is there already: in another fund they begin that fund's own. Of people/reset and people/end
 * the people move along (below); rooms account tries those of another fund. */
static bool begins_its_own(const char *route)
{
    static const char *const own[] = {"/{fy}/edit", "/facts", "/people/invite", "/people/reset", "/people/end", "/people/for",
                                      "/receipts", "/ledger/commitments", "{fund}/commitments", "{fy}/plan", "/ledger/open",
                                      "/open/table", "/{fund}/meetings", "/{fund}/visits", "/{fund}/projects", "/projects/sizes",
                                      "/projects/later", "/plans/new", "/{fund}/phone", "/plans/{issue}/{fy}", "/{fy}/lines", "/ledger/close", "/months/close"};
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        if (str_ends(str_of(route), str_of(own[i]))) return true;
    return false;
}

static void move_people(struct fixture *f, const char *from, const char *to)
{
    char sql[200];
    snprintf(sql, sizeof sql, "UPDATE account_grant SET scope_code = '%s' WHERE scope_kind = 'fund' AND scope_code = '%s'", to, from);
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(db_script(f->db, sql));
    assert_ok(db_commit(f->db));
}

/* The same people, now of another fund, at its address, with names and numbers of what is D0001's: in the path, in the
 * body. Nobody of the demo is of D0005. */
static void trespass(struct fixture *f, const struct steps_example *x, const struct steps_text *t, const char *session)
{
    struct steps_text other = *t;
    char *at = strstr(other.target, "/funds/D0001/");
    if (at == NULL || begins_its_own(x->route)) return;
    memcpy(at, "/funds/D0005/", strlen("/funds/D0005/"));
    move_people(f, "D0001", "D0005");
    keep_past(f);
    struct reply r = ask(f, x, &other, session);
    must_be_refused(x, "with another fund's address", &r);
    db_rollback(past);
    move_people(f, "D0005", "D0001");
}

static void run(struct fixture *f, const struct steps_example *x, const char *stranger)
{
    struct steps_text t = {0};
    fill(f, x->target, t.target, sizeof t.target);
    fill(f, x->body, t.body, sizeof t.body);
    if (x->prepare != NULL) x->prepare(f, &t);
    const char *session = x->login == NULL ? "" : fixture_sign_in(f, x->login);
    struct reply r = {0};
    uint32_t n = 1;
    trespass(f, x, &t, session);
    keep_past(f);
    forge(f, x, &t, session, stranger);
    for (; n < STEPS_MAX; n++) {
        pool_fail_at(f->app->pool, 0, n);
        r = ask(f, x, &t, session);
        if (r.status < 500) break;
        if (r.status != 503) fail_msg("%s, step %u: %d", x->route, n, r.status);
        if (!str_is_none(reply_header(&r, "Location")) || !str_is_none(reply_header(&r, "Set-Cookie")))
            fail_msg("%s, step %u: the refusal carries what was begun", x->route, n);
        if (left_something()) fail_msg("%s: step %u failed and left something behind", x->route, n);
    }
    pool_fail_at(f->app->pool, 0, 0);
    if (r.status != x->status) fail_msg("%s: %d after %u steps: %.*s", x->route, r.status, n - 1, STR_FMT(str_first(r.body, 1500)));
    print_message("%-56s %3u steps\n", x->route, n - 1);
    bool is_changed = !is_as_before(COUNTED) || !is_as_before(WHOLE);
    db_rollback(past);
    if (x->status == 400) { /* a door that reads a file and shows what it found: it never begins to write */
        assert_false(is_changed);
        return;
    }
    assert_true(n > 2); /* at least begin and commit */
    if (!is_changed) fail_msg("%s: passed and changed nothing", x->route);
}

static const struct steps_example *example_of(struct str path)
{
    for (size_t i = 0; i < NSTEPS; i++)
        if (str_eq(path, str_of(steps_examples[i].route))) return &steps_examples[i];
    return NULL;
}

static void every_post_route_has_an_example(void **state)
{
    (void)state;
    int missing = 0;
    for (size_t i = 0; i < nroutes; i++) {
        if (routes[i].method != WEB_POST || example_of(routes[i].path) != NULL) continue;
        print_message("no example in tests/rooms/steps_examples.h (a line as its head says): %.*s\n", STR_FMT(routes[i].path));
        missing++;
    }
    assert_int_equal(missing, 0);
    for (size_t i = 0; i < NSTEPS; i++) {
        const struct route *route = NULL;
        struct str args[APP_PATH_ARGS_MAX];
        assert_int_equal(route_find(WEB_POST, str_of(steps_examples[i].route), &route, args), ROUTE_FOUND);
    }
}

static void a_failing_step_changes_nothing(void **state)
{
    (void)state;
    struct fixture *f = house();
    /* The connections are opened by a first write. */
    (void)fixture_post_as(f, "/kept/drop", fixture_sign_in(f, "member"), "x=1");
    char stranger[200]; /* the form token of a session that no example acts in */
    snprintf(stranger, sizeof stranger, "%.*s", STR_FMT(fixture_csrf(f, fixture_sign_in(f, "adviser"))));
    for (size_t i = 0; i < NSTEPS; i++) run(f, &steps_examples[i], stranger);
    db_close(past), db_close(now);
    past = now = NULL;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_post_route_has_an_example),
        cmocka_unit_test(a_failing_step_changes_nothing),
    };
    return FIXTURE_RUN(tests);
}
