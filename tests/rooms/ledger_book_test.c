/* ledger_book_test.c — the balance behind every row of the control book, of a month with more than a thousand entries that
 * came in no order, held against a plain sum of the lines. */
#include "tests/rooms/ledger_fixture.h"

#include "base/rand.h"

#define ENTRIES 1050
#define PAGE    25
#define MOST    (2 * ENTRIES)

struct plain { /* one entry, as the lines tell it */
    struct ledger_entry_id id;
    int64_t balance;
    bool is_interest, is_reversal, is_of_november;
};

static struct plain plain[MOST];
static size_t nplain;

/* Receipts of any day of two months, one in three dated before what was entered already; some are reversed, some paid out. */
static void fill(struct fixture *f)
{
    struct rand r = rand_seeded(7);
    struct ledger_posted p = {0};
    lf_commit(f, "P1", "4", "6", 5000);
    for (int i = 0; i < ENTRIES; i++) {
        char on[11];
        snprintf(on, sizeof on, rand_chance(&r, 5) ? "2026-10-%02d" : "2026-11-%02d", (int)rand_between(&r, 6, 19));
        struct ledger_posted was = p;
        p = lf_receive(f, on, i % 10 == 0 ? LEDGER_INTEREST : LEDGER_DONATION, rand_between(&r, 1, 900));
        if (i % 40 == 39) assert_int_equal(lf_reverse(f, was.id, "2026-11-20", &was), LEDGER_FINE);
        if (i % 50 == 49) assert_int_equal(lf_pay(f, "2026-11-15", "P1", rand_between(&r, 1, 50), &was), LEDGER_FINE);
    }
}

static void add_up(struct fixture *f)
{
    static const struct db_sql all = {
        .name = "test_book",
        .sqlite = "SELECT e.id, e.entry_date, e.kind, e.source, SUM(l.amount_satang) FROM ledger_entry e JOIN ledger_line l"
                  " ON l.entry_id = e.id AND l.account = '10201' GROUP BY e.id, e.entry_date, e.kind, e.source ORDER BY e.entry_date, e.id",
        .pg = "SELECT e.id, e.entry_date, e.kind, e.source, SUM(l.amount_satang)::BIGINT FROM ledger_entry e JOIN ledger_line l"
              " ON l.entry_id = e.id AND l.account = '10201' GROUP BY e.id, e.entry_date, e.kind, e.source ORDER BY e.entry_date, e.id",
        .ncol = 5,
        .pg_types = ""};
    struct db_rows rows;
    int64_t balance = 0;
    nplain = 0;
    assert_ok(db_rows_open(f->db, &all, NULL, &rows));
    while (db_rows_next(&rows) == ERR_OK) {
        assert_true(nplain < MOST);
        balance += db_rows_int(&rows, 4);
        plain[nplain++] = (struct plain){.id = {db_rows_int(&rows, 0)},
                                         .balance = balance,
                                         .is_of_november = str_starts(db_rows_text(&rows, 1), STR("2026-11")),
                                         .is_reversal = str_eq(db_rows_text(&rows, 2), STR("reversal")),
                                         .is_interest = str_eq(db_rows_text(&rows, 3), STR("interest"))};
    }
    db_rows_close(&rows);
    assert_int_equal(balance, lf_balance(f));
}

static bool is_asked(const struct plain *p, const struct ledger_asked *q)
{
    if (q->month != 0 && !p->is_of_november) return false;
    if (str_eq(q->source, STR("interest"))) return p->is_interest;
    return !str_eq(q->source, STR("reversal")) || p->is_reversal;
}

/* Page by page to the end: the same entries in the same order, and the sum of everything up to each. Without a filter a
 * page reads the rows it shows and one sum. Returns how many there were. */
static size_t walk(struct fixture *f, struct ledger_asked q)
{
    size_t at = 0, seen = 0, n = 0;
    struct ledger_entry *entries = NULL;
    q.most = PAGE;
    do {
        db_stats_reset(f->db);
        assert_ok(ledger_entries(f->db, f->arena, &q, &entries, &n));
        if (str_is_empty(q.source)) assert_true(db_stats(f->db).rows <= n + 1 && db_stats(f->db).statements <= 2);
        for (size_t i = 0; i < n; i++, at++, seen++) {
            while (at < nplain && !is_asked(&plain[at], &q)) at++;
            assert_true(at < nplain);
            assert_int_equal(entries[i].id.v, plain[at].id.v);
            assert_int_equal(entries[i].balance_after.v, plain[at].balance);
        }
        if (n == 0) break;
        q.after_on = entries[n - 1].on;
        q.after = entries[n - 1].id;
    } while (n == PAGE);
    while (at < nplain && !is_asked(&plain[at], &q)) at++;
    assert_int_equal(at, nplain);
    return seen;
}

static void every_row_of_a_crowded_month_has_the_sum_before_it(void **state)
{
    (void)state;
    struct fixture f = ledger_fixture();
    assert_ok(db_begin(f.db, DB_TXN_WRITE));
    struct ledger_asked q = {.book = lf_open(&f, 100), .fy = fiscal_year(2570), .source = STR("")};
    fill(&f);
    add_up(&f);
    assert_int_equal(nplain, 1 + ENTRIES + ENTRIES / 40 + ENTRIES / 50);
    memmove(plain, plain + 1, --nplain * sizeof *plain); /* the opening is of the year before */
    assert_int_equal(walk(&f, q), nplain);
    q.month = 11;
    assert_true(walk(&f, q) > 1000);
    q.source = STR("interest");
    assert_true(walk(&f, q) > 90);
    q.month = 0;
    assert_int_equal(walk(&f, q), ENTRIES / 10);
    q.source = STR("reversal");
    assert_int_equal(walk(&f, q), ENTRIES / 40);
    for (size_t i = 0; i < nplain; i += 97) { /* and the page of one entry */
        struct ledger_entry e = {0};
        struct ledger_line *lines = NULL;
        size_t n = 0;
        assert_ok(ledger_entry_find(f.db, f.arena, STR(LF_FUND), plain[i].id, &e, &lines, &n));
        assert_int_equal(e.balance_after.v, plain[i].balance);
    }
    db_rollback(f.db);
    fixture_end(&f);
}

/* A cursor from before the period begins at its first entry. */
static void a_cursor_of_another_year_reaches_no_further(void **state)
{
    (void)state;
    struct fixture f = ledger_fixture();
    assert_ok(db_begin(f.db, DB_TXN_WRITE));
    struct ledger_asked q = {.book = lf_open(&f, 100), .fy = fiscal_year(2570), .most = PAGE, .after_on = lf_day("2025-09-30"), .after = {1}};
    struct ledger_posted p = lf_receive(&f, "2026-10-02", LEDGER_NHSO, 50);
    struct ledger_entry *entries = NULL;
    size_t n = 0;
    assert_ok(ledger_entries(f.db, f.arena, &q, &entries, &n));
    assert_int_equal(n, 1);
    assert_int_equal(entries[0].id.v, p.id.v);
    assert_int_equal(entries[0].balance_after.v, 15000);
    q.after_on = lf_day("2026-12-31");
    assert_ok(ledger_entries(f.db, f.arena, &q, &entries, &n));
    assert_int_equal(n, 0);
    db_rollback(f.db);
    fixture_end(&f);
}

/* Twelve months, and nothing beside them. */
static void a_month_is_one_of_twelve(void **state)
{
    static const struct {
        const char *month;
        int status;
    } cases[] = {{"1", 200}, {"12", 200}, {"0", 400}, {"13", 400}, {"-1", 400}, {"x", 400}, {"", 200}};
    struct fixture *f = fixture_house();
    const char *officer = fixture_sign_in(f, "officer");
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char target[80];
        snprintf(target, sizeof target, "/funds/D0001/ledger?fy=2570&month=%s", cases[i].month);
        if (fixture_get(f, target, officer).status != cases[i].status) fail_msg("%s is not %d", target, cases[i].status);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_of_a_crowded_month_has_the_sum_before_it),
        cmocka_unit_test(a_cursor_of_another_year_reaches_no_further),
        cmocka_unit_test(a_month_is_one_of_twelve),
    };
    return FIXTURE_RUN(tests);
}
