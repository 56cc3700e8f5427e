/* steps_test.c — every POST of the house with its n-th database step failing, for n = 1, 2 … until it
 * passes: after each failure the database is as it was, after the pass it is changed. The examples are in
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

static void add_rows(struct db *db, struct arena *a, const struct catalog_table *t, struct sha256_state *hash)
{
    struct db_rows rows = {0};
    const char *select = str_z(a, catalog_select(t, db_engine(db), a));
    struct db_sql sql = {.name = "", .sqlite = select, .pg = select, .ncol = (uint8_t)t->ncol, .pg_types = ""};
    assert_ok(db_rows_open(db, &sql, NULL, &rows));
    enum err e;
    while ((e = db_rows_next(&rows)) == ERR_OK) {
        for (int c = 0; c < (int)t->ncol; c++) {
            if (db_rows_is_null(&rows, c)) {
                sha256_add(hash, STR("-"));
            } else if (t->columns[c].kind == DB_INT) {
                char number[32];
                int n = snprintf(number, sizeof number, "%lld|", (long long)db_rows_int(&rows, c));
                sha256_add(hash, (struct str){number, (size_t)n});
            } else {
                struct str s = t->columns[c].kind == DB_TEXT ? db_rows_text(&rows, c) : db_rows_bytes(&rows, c);
                sha256_add(hash, s);
                sha256_add(hash, STR("|"));
            }
        }
        sha256_add(hash, STR("\n"));
    }
    assert_err(e, ERR_NOT_FOUND);
    db_rows_close(&rows);
}

/* Of every row of every table; of the large ones, which are reference data, their number. */
static struct sha256 fingerprint(struct fixture *f)
{
    static struct arena *own;
    if (own == NULL) own = arena_new((size_t)64 << 20);
    struct catalog catalog = {0};
    arena_reset(own);
    struct sha256_state *hash = sha256_begin(own);
    assert_ok(catalog_read(f->db, own, &catalog));
    assert_ok(db_begin(f->db, DB_TXN_READ));
    for (size_t i = 0; i < catalog.n; i++) {
        const struct catalog_table *t = &catalog.tables[i];
        char sql[200];
        snprintf(sql, sizeof sql, "SELECT COUNT(*) FROM %.*s", STR_FMT(t->name));
        int64_t n = count(f->db, sql);
        sha256_add(hash, str_printf(own, "%.*s %lld\n", STR_FMT(t->name), (long long)n));
        if (n <= ROWS_MAX) add_rows(f->db, own, t, hash);
    }
    db_rollback(f->db);
    return sha256_end(hash);
}

static bool is_same(const struct sha256 *a, const struct sha256 *b)
{
    return memcmp(a->b, b->b, sizeof a->b) == 0;
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

static void run(struct fixture *f, const struct steps_example *x)
{
    struct steps_text t = {0};
    fill(f, x->target, t.target, sizeof t.target);
    fill(f, x->body, t.body, sizeof t.body);
    if (x->prepare != NULL) x->prepare(f, &t);
    const char *session = x->login == NULL ? "" : fixture_sign_in(f, x->login);
    struct sha256 before = fingerprint(f);
    struct reply r = {0};
    uint32_t n = 1;
    for (; n < STEPS_MAX; n++) {
        pool_fail_at(f->app->pool, 0, n);
        r = ask(f, x, &t, session);
        if (r.status < 500) break;
        if (r.status != 503) fail_msg("%s, step %u: %d", x->route, n, r.status);
        if (!str_is_none(reply_header(&r, "Location")) || !str_is_none(reply_header(&r, "Set-Cookie")))
            fail_msg("%s, step %u: the refusal carries what was begun", x->route, n);
        /* Reading everything costs more than the request. What a failed step left is still there at the next
         * look, and the last step is always looked at: it is the commit. */
        if (n % 10 != 1 && strstr(err_detail(), "commit") == NULL) continue;
        struct sha256 now = fingerprint(f);
        if (!is_same(&before, &now)) fail_msg("%s: step %u failed and left something behind", x->route, n);
    }
    pool_fail_at(f->app->pool, 0, 0);
    if (r.status != x->status) fail_msg("%s: %d after %u steps: %.*s", x->route, r.status, n - 1, STR_FMT(str_first(r.body, 1500)));
    print_message("%-56s %3u steps\n", x->route, n - 1);
    struct sha256 after = fingerprint(f);
    if (x->status == 400) { /* a door that reads a file and shows what it found: it never begins to write */
        assert_true(is_same(&before, &after));
        return;
    }
    assert_true(n > 2); /* at least begin and commit */
    if (is_same(&before, &after)) fail_msg("%s: passed and changed nothing", x->route);
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
        print_message("no example in steps_examples.h: %.*s\n", STR_FMT(routes[i].path));
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
    for (size_t i = 0; i < NSTEPS; i++) run(f, &steps_examples[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_post_route_has_an_example),
        cmocka_unit_test(a_failing_step_changes_nothing),
    };
    return FIXTURE_RUN(tests);
}
