/* report_bounds_test.c — where one figure ends and the next begins: the bands of what is not spent, what is not stated, the
 * parts of a split, an empty list of projects. In the district 9401, whose funds have no book of their own. */
#include "tests/rooms/fixture.h"

#include "app/events.h"
#include "base/clock.h"
#include "rooms/report/figure.h"
#include "rooms/report/report.h"

#define FUND  "L3009"
#define PLACE "/areas/9401"

/* Committed: a page reads it. */
static void tell(struct fixture *f, enum money_measure measure, int64_t baht)
{
    static int64_t source = 900000;
    struct money_move move = {.measure = measure, .fy = fiscal_year(2569), .delta = measure == MONEY_LEDGER ? baht : baht * 100};
    struct money_moved e = {.on_date = {2026, 9, 1}, .recorded_at = clock_now(), .source_kind = "ledger_entry", .source_id = ++source,
                            .moves = &move, .nmoves = 1};
    assert_ok(db_scalar(f->db, "SELECT id FROM fund WHERE code = '" FUND "'", &e.fund.v));
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(event_money_moved(f->db, f->arena, &e));
    assert_ok(db_commit(f->db));
}

/* The row of this band counts the only fund with a book. */
static void is_in_band(struct fixture *f, const char *label, const char *balance)
{
    char row[300];
    snprintf(row, sizeof row, "<th scope=\"row\">%s</th><td class=\"num\">1</td><td class=\"num\">%s</td>", label, balance);
    struct reply r = fixture_get(f, PLACE "?fy=2569", "");
    assert_int_equal(r.status, 200);
    if (!reply_has(&r, row)) fail_msg("lacks %s", row);
}

static void a_band_begins_at_its_percent(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    tell(f, MONEY_LEDGER, 1);
    tell(f, MONEY_RECEIVED_NHSO, 1000);
    is_in_band(f, "90 % ขึ้นไป", "1,000.00");
    tell(f, MONEY_PAID, 100);
    is_in_band(f, "90 % ขึ้นไป", "900.00");
    tell(f, MONEY_PAID, 1);
    is_in_band(f, "80 ถึงต่ำกว่า 90 %", "899.00");
    tell(f, MONEY_PAID, 699);
    is_in_band(f, "20 ถึงต่ำกว่า 50 %", "200.00");
    tell(f, MONEY_PAID, 1);
    is_in_band(f, "ต่ำกว่า 20 %", "199.00");
}

/* Money that names no issue is listed all the same. */
static void what_is_not_stated_has_its_row(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    tell(f, MONEY_LEDGER, 1);
    tell(f, MONEY_COMMITTED, 70);
    struct reply r = fixture_get(f, PLACE "?fy=2569", "");
    assert_int_equal(r.status, 200);
    ptrdiff_t issues = str_find(r.body, STR("id=\"by-issue-title\""));
    assert_true(issues > 0);
    assert_true(str_find(str_from(r.body, (size_t)issues), STR("<th scope=\"row\">ไม่ได้ระบุ</th>")) > 0);
}

static void each_part_of_a_split_is_its_own_sum(void **state)
{
    (void)state;
    static const enum measure parts[] = {MEASURE_PLANS, MEASURE_PROJECTS, MEASURE_PEOPLE, MEASURE_PLANNED, MEASURE_COMMITTED, MEASURE_PAID};
    struct report_split none = {0};
    assert_true(report_split_is_nothing(&none));
    for (int i = 0; i < 6; i++) {
        struct report_split s = {0};
        report_split_add(&s, parts[i], 7);
        const int64_t sums[] = {s.plans, s.projects, s.people, s.planned, s.committed, s.paid};
        for (int k = 0; k < 6; k++) assert_int_equal(sums[k], k == i ? 7 : 0);
        assert_false(report_split_is_nothing(&s));
        report_split_add(&s, parts[i], -7); /* taken back: nothing is left to show */
        assert_true(report_split_is_nothing(&s));
    }
}

static void a_measure_of_a_newer_program_is_not_ours(void **state)
{
    (void)state;
    struct figures f = {0};
    assert_int_equal(measure_of(STR("of_tomorrow")), MEASURE_COUNT);
    for (int m = 0; m < MEASURE_COUNT; m++) assert_int_equal(measure_of(measure_code((enum measure)m)), m);
    figures_add(&f, STR("of_tomorrow"), 5, 1);
    for (int m = 0; m < MEASURE_COUNT; m++) assert_int_equal(f.at[m].total, 0);
}

/* Who asked for a part of the list, or for a later page of it, is shown the way to the whole. */
static void an_empty_list_says_whether_there_may_be_more(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    char behind[100]; /* any project that everybody may see */
    struct reply all = fixture_get(f, "/api/v1/projects?fund=D0001", "");
    ptrdiff_t first = str_find(all.body, STR("\"id\":\""));
    assert_true(first > 0);
    struct str rest = str_from(all.body, (size_t)first + 6);
    snprintf(behind, sizeof behind, PLACE "/projects?cursor=%.*s", (int)str_find_char(rest, '"'), rest.p);
    const struct {
        const char *target;
        bool is_part;
    } lists[] = {{PLACE "/projects", false}, {PLACE "/projects?fy=2569", true}, {PLACE "/projects?state=running", true},
                 {PLACE "/projects?late=1", true}, {behind, true}};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        struct reply r = fixture_get(f, lists[i].target, "");
        assert_int_equal(r.status, 200);
        if (reply_has(&r, "ดูโครงการทั้งหมด") != lists[i].is_part) fail_msg("%s", lists[i].target);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_band_begins_at_its_percent),
        cmocka_unit_test(what_is_not_stated_has_its_row),
        cmocka_unit_test(each_part_of_a_split_is_its_own_sum),
        cmocka_unit_test(a_measure_of_a_newer_program_is_not_ours),
        cmocka_unit_test(an_empty_list_says_whether_there_may_be_more),
    };
    return FIXTURE_RUN(tests);
}
