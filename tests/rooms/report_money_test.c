/* report_money_test.c — money at every level: whatever is moved, corrected or taken to another
 * district, the figures are those of an independent sum; a difference is named; as of a day. */
#include "tests/rooms/fixture.h"

#include "app/events.h"
#include "base/clock.h"
#include "base/rand.h"
#include "rooms/ledger/ledger.h"
#include "rooms/report/report.h"

#define FUNDS 5
#define FIRST_FY 2567
#define YEARS 4
#define HOMES 5
#define SUPPORTS 3
#define ISSUES 3

static const char *const fund_codes[FUNDS] = {"D0001", "D0002", "D0020", "D0040", "D0060"};
static const char *const home_codes[HOMES] = {"1203", "1204", "1506", "9401", "9005"};
static const char *const supports[SUPPORTS] = {"1", "4", NULL};
static const char *const issues[ISSUES] = {"1", "2", NULL};


static struct fixture *house(void)
{
    struct fixture *f = fixture_house();
    arena_reset(f->arena);
    return f;
}


static struct fund_id fund_of(struct fixture *f, const char *code)
{
    char sql[200];
    struct fund_id id = {0};
    snprintf(sql, sizeof sql, "SELECT id FROM fund WHERE code = '%s'", code);
    assert_ok(db_scalar(f->db, sql, &id.v));
    return id;
}

static struct report_summary summary_of(struct fixture *f, const char *code, int fy)
{
    struct area area = {0};
    struct report_summary s;
    assert_ok(area_find_code(f->db, f->arena, str_of(code), &area));
    assert_ok(report_summary(f->db, f->arena, &area, fiscal_year(fy), &s));
    return s;
}

/* ---- the independent sum: a table of what was told, and where each fund-year is ---- */

struct told {
    int fund, fy, measure, support, issue;
    int64_t delta;
};
static struct told told[4096];
static size_t ntold;
static struct area home_of[FUNDS][YEARS]; /* of each fund-year, as it is now */

static bool is_in(const struct told *t, const struct area *area)
{
    const struct area *home = &home_of[t->fund][t->fy - FIRST_FY];
    if (area->kind == AREA_DISTRICT) return home->id.v == area->id.v;
    if (area->kind == AREA_PROVINCE) return home->parent_id.v == area->id.v;
    return true;
}

static int64_t sum_told(const struct area *area, int fund, int measure, int first, int last)
{
    int64_t sum = 0;
    for (size_t i = 0; i < ntold; i++) {
        const struct told *t = &told[i];
        if (t->measure == measure && t->fy >= first && t->fy <= last && (fund < 0 || t->fund == fund) &&
            (area == NULL || is_in(t, area)))
            sum += t->delta;
    }
    return sum;
}

static int64_t in_told(const struct area *area, int fund, int first, int last)
{
    int64_t sum = 0;
    for (int m = MONEY_RECEIVED_NHSO; m <= MONEY_RECEIVED_REFUND; m++) sum += sum_told(area, fund, m, first, last);
    return sum;
}

static void assert_money(const struct report_money *m, const struct area *area, int fund, int fy, const char *what)
{
    int64_t ledgers = sum_told(area, fund, MONEY_LEDGER, 0, fy);
    assert_int_equal(m->ledger_funds, ledgers);
    if (ledgers == 0) {
        assert_false(m->balance.has || m->carried_over.has || m->paid.has || m->received_nhso.has);
        return;
    }
    int64_t before = sum_told(area, fund, MONEY_OPENING, 0, fy) + in_told(area, fund, 0, fy - 1) -
                     sum_told(area, fund, MONEY_PAID, 0, fy - 1);
    int64_t other = sum_told(area, fund, MONEY_RECEIVED_INTEREST, fy, fy) +
                    sum_told(area, fund, MONEY_RECEIVED_DONATION, fy, fy) +
                    sum_told(area, fund, MONEY_RECEIVED_REFUND, fy, fy);
    if (m->carried_over.v.v != before)
        fail_msg("%s %d: carried over %lld, should be %lld", what, fy, (long long)m->carried_over.v.v, (long long)before);
    assert_int_equal(m->received_nhso.v.v, sum_told(area, fund, MONEY_RECEIVED_NHSO, fy, fy));
    assert_int_equal(m->received_local.v.v, sum_told(area, fund, MONEY_RECEIVED_LOCAL, fy, fy));
    assert_int_equal(m->received_other.v.v, other);
    assert_int_equal(m->planned.v.v, sum_told(area, fund, MONEY_PLANNED, fy, fy));
    assert_int_equal(m->committed.v.v, sum_told(area, fund, MONEY_COMMITTED, 0, fy));
    assert_int_equal(m->paid.v.v, sum_told(area, fund, MONEY_PAID, fy, fy));
    assert_int_equal(m->balance.v.v, m->carried_over.v.v + m->received_nhso.v.v + m->received_local.v.v +
                                         m->received_other.v.v - m->paid.v.v);
    assert_int_equal(m->balance.v.v, before + in_told(area, fund, fy, fy) - sum_told(area, fund, MONEY_PAID, fy, fy));
}

static void every_level_is_as_told(struct fixture *f)
{
    static const char *const codes[] = {"TH", "12", "15", "90", "94", "1203", "1204", "1506", "9401", "9005"};
    for (int fy = FIRST_FY - 1; fy <= FIRST_FY + YEARS; fy++) {
        for (size_t c = 0; c < sizeof codes / sizeof codes[0]; c++) {
            struct report_summary s = summary_of(f, codes[c], fy);
            struct report_money m = figures_money(&s.figures);
            assert_money(&m, &s.area, -1, fy, codes[c]);
        }
        for (int k = 0; k < FUNDS; k++) {
            struct report_money m;
            assert_ok(report_fund_money(f->db, f->arena, fund_of(f, fund_codes[k]), fiscal_year(fy), &m));
            assert_money(&m, NULL, k, fy, fund_codes[k]);
        }
        struct report_summary north = summary_of(f, "R4", fy), south = summary_of(f, "R12", fy), all = summary_of(f, "TH", fy);
        struct report_money a = figures_money(&north.figures), b = figures_money(&south.figures), t = figures_money(&all.figures);
        assert_int_equal(a.ledger_funds + b.ledger_funds, t.ledger_funds);
        if (a.balance.has && b.balance.has) assert_int_equal(a.balance.v.v + b.balance.v.v, t.balance.v.v);
    }
    struct area nation = {0};
    struct report_year *years = NULL;
    size_t n = 0;
    assert_ok(area_find_code(f->db, f->arena, STR("TH"), &nation));
    assert_ok(report_trend(f->db, f->arena, &nation, fiscal_year(FISCAL_YEAR_MIN), &years, &n));
    for (size_t i = 0; i < n; i++) {
        struct report_money m = figures_money(&years[i].figures);
        if (years[i].fy.v >= FIRST_FY) assert_money(&m, &nation, -1, years[i].fy.v, "trend");
    }
}

/* ---- histories ---- */

static void tell(struct fixture *f, struct rand *r, int fund, int64_t source)
{
    struct money_move moves[4] = {0};
    struct money_moved e = {.fund = fund_of(f, fund_codes[fund]),
                            .on_date = {2026, 11, 20},
                            .recorded_at = {INT64_C(1795000000000) + source},
                            .source_kind = "ledger_entry",
                            .source_id = source,
                            .moves = moves,
                            .nmoves = (size_t)rand_between(r, 1, 4)};
    for (size_t i = 0; i < e.nmoves; i++) {
        struct told *t = &told[ntold++];
        assert_true(ntold < sizeof told / sizeof told[0]);
        *t = (struct told){.fund = fund,
                           .fy = (int)rand_between(r, FIRST_FY, FIRST_FY + YEARS - 1),
                           .measure = (int)rand_between(r, 0, MONEY_MEASURES - 1),
                           .support = (int)rand_between(r, 0, SUPPORTS - 1),
                           .issue = (int)rand_between(r, 0, ISSUES - 1),
                           .delta = rand_between(r, -500000, 900000)};
        if (t->measure == MONEY_LEDGER) t->delta = 1;
        moves[i] = (struct money_move){.measure = (enum money_measure)t->measure,
                                       .fy = fiscal_year(t->fy),
                                       .support_type = supports[t->support] ? str_of(supports[t->support]) : STR_NONE,
                                       .issue_code = issues[t->issue] ? str_of(issues[t->issue]) : STR_NONE,
                                       .delta = t->delta};
    }
    assert_ok(event_money_moved(f->db, f->arena, &e));
}

static void correct_home(struct fixture *f, struct rand *r, const struct fund_rules *rules, int fund)
{
    struct fund_id id = fund_of(f, fund_codes[fund]);
    int fy = (int)rand_between(r, FIRST_FY, FIRST_FY + YEARS - 1);
    struct area district = {0};
    char sql[200];
    int64_t version = 0;
    bool is_changed = false;
    struct actor by = actor_system("system:test");
    assert_ok(area_find_code(f->db, f->arena, str_of(home_codes[rand_between(r, 0, HOMES - 1)]), &district));
    snprintf(sql, sizeof sql, "SELECT COALESCE(MAX(version), 0) FROM fund_year WHERE fund_id = %lld AND fy = %d",
             (long long)id.v, fy);
    assert_ok(db_scalar(f->db, sql, &version));
    struct fund_year_write w = {.fund = id, .fy = fiscal_year(fy), .district = district.id,
                                .province = district.parent_id, .kind = STR("sao"), .certainty = STR("U"),
                                .source = STR("test"), .actor = &by, .version = version};
    assert_ok(fund_year_write(f->db, f->arena, rules, &w, &is_changed));
    home_of[fund][fy - FIRST_FY] = district;
}

static void begin_told(struct fixture *f)
{
    ntold = 0;
    for (int k = 0; k < FUNDS; k++) {
        for (int y = 0; y < YEARS; y++) {
            struct area_id district = {0}, province = {0};
            assert_ok(fund_home_in(f->db, f->arena, fund_of(f, fund_codes[k]), fiscal_year(FIRST_FY + y), &district, &province));
            assert_ok(area_find_id(f->db, f->arena, district, &home_of[k][y]));
            assert_int_equal(home_of[k][y].parent_id.v, province.v);
        }
    }
}

static void any_history_of_money_is_exact_at_every_level(void **state)
{
    (void)state;
    struct fixture *f = house();
    struct fund_rules rules;
    struct rand r = rand_seeded(256911);
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    /* Only what is told here: the demo's own ledgers would stand in every sum. */
    assert_ok(db_script(f->db, "DELETE FROM figure_area_year WHERE measure IN ('ledgers', 'opening', 'received_nhso', 'received_local', 'received_interest', 'received_donation', 'received_refund', 'planned', 'committed', 'paid', 'net')"));
    assert_ok(db_script(f->db, "DELETE FROM figure_fund_year WHERE measure IN ('ledgers', 'opening', 'received_nhso', 'received_local', 'received_interest', 'received_donation', 'received_refund', 'planned', 'committed', 'paid', 'net')"));
    assert_ok(db_script(f->db, "DELETE FROM figure_fund_split; DELETE FROM figure_area_split; DELETE FROM figure_fund_all; DELETE FROM figure_area_all"));
    assert_ok(fund_rules_read(f->db, f->arena, &rules));
    begin_told(f);
    for (int step = 0; step < 400; step++) {
        int fund = (int)rand_between(&r, 0, FUNDS - 1);
        if (rand_chance(&r, 15)) correct_home(f, &r, &rules, fund);
        else tell(f, &r, fund, step + 1);
        if (step % 100 == 99) every_level_is_as_told(f);
    }
    db_rollback(f->db);
}

/* One receipt shows at every level at once; as of the day before it is not there; reversed it is gone. */
static void a_receipt_shows_at_every_level_at_once(void **state)
{
    (void)state;
    static const char *const codes[] = {"TH", "R4", "12", "1203"};
    struct fixture *f = house();
    int64_t before[4];
    struct money_move open = {.measure = MONEY_LEDGER, .fy = fiscal_year(2571), .delta = 1};
    struct money_move in = {.measure = MONEY_RECEIVED_NHSO, .fy = fiscal_year(2571), .delta = 12345678};
    struct money_moved e = {.fund = fund_of(f, "D0001"), .on_date = {2026, 11, 22}, .recorded_at = clock_now(),
                            .source_kind = "ledger_entry", .source_id = 1, .moves = &open, .nmoves = 1};
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(event_money_moved(f->db, f->arena, &e));
    for (int i = 0; i < 4; i++) {
        struct report_summary s = summary_of(f, codes[i], 2571);
        before[i] = figures_money(&s.figures).balance.v.v;
    }
    e.moves = &in;
    assert_ok(event_money_moved(f->db, f->arena, &e));
    for (int i = 0; i < 4; i++) {
        struct report_summary s = summary_of(f, codes[i], 2571);
        assert_int_equal(figures_money(&s.figures).balance.v.v, before[i] + 12345678);
        assert_ok(report_as_of(f->db, f->arena, e.recorded_at, &s, NULL, 0));
        struct report_summary then = summary_of(f, codes[i], 2571);
        assert_ok(report_as_of(f->db, f->arena, (struct instant){e.recorded_at.v + 1}, &then, NULL, 0));
        assert_int_equal(s.figures.at[MEASURE_RECEIVED_NHSO].total, 0);
        assert_int_equal(then.figures.at[MEASURE_RECEIVED_NHSO].total, 12345678);
    }
    in.delta = -in.delta;
    assert_ok(event_money_moved(f->db, f->arena, &e));
    for (int i = 0; i < 4; i++) {
        struct report_summary s = summary_of(f, codes[i], 2571);
        assert_int_equal(figures_money(&s.figures).balance.v.v, before[i]);
    }
    db_rollback(f->db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_receipt_shows_at_every_level_at_once),
        cmocka_unit_test(any_history_of_money_is_exact_at_every_level),
    };
    return FIXTURE_RUN(tests);
}
