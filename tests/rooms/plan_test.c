/* plan_test.c — the rules of plans by issue: a year is written, agreed in a meeting, changed and agreed again;
 * the next year begins with what was measured. */
#include "rooms/issue/issue.h"
#include "rooms/plan/plan.h"
#include "tests/rooms/ledger_fixture.h"

struct plan_at { /* one fund, in a transaction that is rolled back */
    struct fixture f;
    struct fund_id fund;
    struct actor officer, chair;
    struct issue issue;
    struct indicator *indicators;
    size_t nindicators;
};

static struct plan_at begin(void)
{
    struct plan_at at = {.officer = {.code = STR("account:11"), .account = 11},
                         .chair = {.code = STR("account:12"), .account = 12}};
    at.f = ledger_fixture_begin();
    assert_ok(db_scalar(at.f.db, "SELECT id FROM fund WHERE code = '" LF_FUND "'", &at.fund.v));
    assert_ok(issue_find_code(at.f.db, at.f.arena, STR("alcohol"), &at.issue));
    assert_ok(issue_indicators(at.f.db, at.f.arena, at.issue.id, &at.indicators, &at.nindicators));
    assert_true(at.nindicators >= 2);
    return at;
}

static void end(struct plan_at *at)
{
    db_rollback(at->f.db);
}

static int64_t number_of(struct plan_at *at, const char *sql)
{
    int64_t n = -1;
    assert_ok(db_scalar(at->f.db, sql, &n));
    return n;
}

/* Two rows: a percent of the catalogue and something of the fund's own. */
static struct plan_year a_year(struct plan_at *at, int fy)
{
    struct plan_year p = {0};
    assert_ok(plan_begin(at->f.db, at->f.arena, STR(LF_FUND), STR("alcohol"), fiscal_year(fy), &p));
    p.situations = ARENA_ARRAY(at->f.arena, struct plan_situation, 2);
    p.nsituations = 2;
    p.situations[0] = (struct plan_situation){.indicator = at->indicators[0].id,
                                              .numerator = {true, 151},
                                              .denominator = {true, 1000},
                                              .value_x100 = {true, 9999}, /* not typed: it follows */
                                              .target_x100 = {true, 1200},
                                              .source = STR("สำรวจ"),
                                              .on = {true, lf_day("2026-10-05")}};
    p.situations[1] = (struct plan_situation){.words_th = STR("ร้านที่ขายให้เด็ก"), .unit = STR("count"),
                                              .value_x100 = {true, 700}, .target_x100 = {true, 0}};
    p.cause = STR("งานบุญมีเหล้า");
    p.guideline = STR("งานบุญปลอดเหล้า");
    return p;
}

static struct plan_year saved(struct plan_at *at, const struct plan_year *p, int64_t years)
{
    struct plan_year_id id = {0};
    struct plan_year now = {0};
    assert_ok(plan_save(at->f.db, at->f.arena, &at->officer, p, years, &id));
    assert_ok(plan_get(at->f.db, at->f.arena, id, &now));
    return now;
}

/* A meeting that agrees to one thing, held and signed by the chair's log-in. */
static enum err agree_in(struct plan_at *at, const char *on, const char *thing, int64_t thing_id, struct meeting_refusal *why,
                         struct meeting_id *ret)
{
    struct meeting_new n = {.fund = at->fund, .fy = date_fiscal_year(lf_day(on)), .held_on = lf_day(on)};
    struct meeting_person people[] = {{.name = STR("นายหนึ่ง ใจดี"), .is_present = true, .is_voter = true}};
    struct meeting_item_id item = {0};
    struct meeting_sign_id sign = {0};
    struct meeting m = {0};
    assert_ok(meeting_add(at->f.db, at->f.arena, &at->officer, &n, ret));
    assert_ok(meeting_item_add(at->f.db, at->f.arena, &at->officer, *ret, thing, thing_id, STR("แผนงาน"), STR_NONE, &item));
    assert_ok(meeting_get(at->f.db, at->f.arena, *ret, &m));
    assert_ok(meeting_hold(at->f.db, at->f.arena, &at->officer, *ret, m.version, people, 1));
    assert_ok(meeting_outcome(at->f.db, at->f.arena, &at->officer, item, true, STR("เห็นชอบ")));
    return meeting_sign_login(at->f.db, at->f.arena, &at->chair, "meeting", ret->v, at->fund, lf_day(on), &sign, why);
}

static void a_year_is_saved_as_it_was_written(void **state)
{
    (void)state;
    struct plan_at at = begin();
    struct plan_year p = a_year(&at, 2570), now = saved(&at, &p, 3), found = {0};
    assert_ok(plan_find(at.f.db, at.f.arena, STR(LF_FUND), STR("alcohol"), fiscal_year(2570), &found));
    assert_int_equal(found.id.v, now.id.v);
    assert_int_equal(now.fy_first.v, 2570);
    assert_int_equal(now.fy_last.v, 2572);
    assert_int_equal(now.edition, 0);
    assert_true(now.is_changed);
    assert_int_equal(now.nsituations, 2);
    assert_int_equal(now.situations[0].value_x100.v, 1510); /* 151 of 1000 */
    assert_true(str_eq(now.situations[0].words_th, at.indicators[0].name_th));
    assert_true(str_eq(now.situations[0].unit, STR("percent")));
    assert_int_equal(now.situations[0].on.v.day, 5);
    assert_true(str_eq(now.situations[1].words_th, STR("ร้านที่ขายให้เด็ก")));
    assert_true(now.situations[1].target_x100.has); /* none at all is a target, not unknown */
    assert_false(now.situations[1].last_value_x100.has);
    assert_true(str_eq(now.guideline, STR("งานบุญปลอดเหล้า")));
    assert_int_equal(number_of(&at, "SELECT COUNT(*) FROM audit WHERE thing = 'plan_year'"), 1);
    end(&at);
}

static void two_who_write_at_once_do_not_overwrite(void **state)
{
    (void)state;
    struct plan_at at = begin();
    struct plan_year p = a_year(&at, 2570), first = saved(&at, &p, 1), second = first;
    struct plan_year_id id = {0};
    assert_err(plan_save(at.f.db, at.f.arena, &at.officer, &p, 1, &id), ERR_CONFLICT); /* there is one */
    first.cause = STR("หนึ่ง");
    assert_ok(plan_save(at.f.db, at.f.arena, &at.officer, &first, 1, &id));
    second.cause = STR("สอง");
    assert_err(plan_save(at.f.db, at.f.arena, &at.officer, &second, 1, &id), ERR_CONFLICT);
    assert_ok(plan_get(at.f.db, at.f.arena, id, &second)); /* the transaction is still good */
    assert_true(str_eq(second.cause, STR("หนึ่ง")));
    end(&at);
}

static void what_is_wrong_is_refused(void **state)
{
    (void)state;
    struct plan_at at = begin();
    struct plan_year p = a_year(&at, 2570);
    struct plan_year_id id = {0};
    p.situations[0].numerator.v = 1001;
    assert_err(plan_save(at.f.db, at.f.arena, &at.officer, &p, 1, &id), ERR_INPUT);
    p = a_year(&at, 2570);
    p.situations[1].indicator = p.situations[0].indicator;
    assert_err(plan_save(at.f.db, at.f.arena, &at.officer, &p, 1, &id), ERR_INPUT);
    p = a_year(&at, 2570);
    p.situations[1].unit = STR("litre");
    assert_err(plan_save(at.f.db, at.f.arena, &at.officer, &p, 1, &id), ERR_INPUT);
    p = a_year(&at, 2570);
    p.situations[1].words_th = STR(" ");
    assert_err(plan_save(at.f.db, at.f.arena, &at.officer, &p, 1, &id), ERR_INPUT);
    struct indicator *others = NULL;
    struct issue other = {0};
    size_t n = 0;
    assert_ok(issue_find_code(at.f.db, at.f.arena, STR("tobacco"), &other));
    assert_ok(issue_indicators(at.f.db, at.f.arena, other.id, &others, &n));
    assert_true(n > 0);
    p = a_year(&at, 2570);
    p.situations[0].indicator = others[0].id;
    assert_err(plan_save(at.f.db, at.f.arena, &at.officer, &p, 1, &id), ERR_INPUT);
    assert_int_equal(number_of(&at, "SELECT COUNT(*) FROM plan"), 0);
    end(&at);
}

/* Whoever calls: a text that everybody will read holds nobody's phone or citizen number. */
static void a_number_of_somebody_is_refused_in_every_text(void **state)
{
    (void)state;
    struct plan_at at = begin();
    struct plan_year p = a_year(&at, 2569), last = saved(&at, &p, 2), next = {0};
    struct plan_year_id id = {0};
    const struct str with = STR("ถามป้าแดง 081-234-5678");
    p = last;
    p.situations = ARENA_ARRAY(at.f.arena, struct plan_situation, 2);
    for (size_t i = 0; i < 4; i++) {
        memcpy(p.situations, last.situations, 2 * sizeof *p.situations);
        p.cause = last.cause;
        p.guideline = last.guideline;
        struct str *const now[] = {&p.cause, &p.guideline, &p.situations[0].source, &p.situations[1].words_th};
        *now[i] = with;
        assert_false(plan_is_open(&p));
        assert_err(plan_save(at.f.db, at.f.arena, &at.officer, &p, 1, &id), ERR_INPUT);
    }
    assert_true(plan_is_open(&last));
    /* What came in before that was asked is not carried into the next year. */
    assert_ok(db_script(at.f.db, "UPDATE plan_year SET guideline = 'call 081-234-5678'"));
    assert_ok(db_script(at.f.db, "UPDATE plan_situation SET own_words = 'call 081-234-5678' WHERE own_words IS NOT NULL"));
    assert_ok(plan_begin(at.f.db, at.f.arena, STR(LF_FUND), STR("alcohol"), fiscal_year(2570), &next));
    assert_true(plan_is_open(&next) && str_is_none(next.guideline) && !str_is_none(next.cause));
    assert_int_equal(next.nsituations, 1);
    end(&at);
}

static void a_plan_ends_before_the_next_begins(void **state)
{
    (void)state;
    struct plan_at at = begin();
    struct plan_year later = a_year(&at, 2572), now = saved(&at, &later, 5);
    assert_int_equal(now.fy_last.v, 2576);
    struct plan_year p = a_year(&at, 2570);
    now = saved(&at, &p, 5);
    assert_int_equal(now.fy_last.v, 2571);
    p = a_year(&at, 2571);
    assert_int_equal(saved(&at, &p, 5).plan.v, now.plan.v); /* the running one goes on */
    end(&at);
}

static void a_signed_meeting_agrees_and_keeps_what_it_agreed(void **state)
{
    (void)state;
    struct plan_at at = begin();
    struct plan_year p = a_year(&at, 2570), now = saved(&at, &p, 1), then = {0};
    struct meeting_refusal why = {0};
    struct meeting_id meeting = {0}, again = {0};
    struct plan_edition *editions = NULL;
    size_t n = 0;
    assert_ok(agree_in(&at, "2026-11-10", "plan_year", now.id.v, &why, &meeting));
    assert_ok(plan_get(at.f.db, at.f.arena, now.id, &now));
    assert_int_equal(now.edition, 1);
    assert_false(now.is_changed);
    assert_int_equal(now.agreed_in.v, meeting.v);
    assert_int_equal(now.agreed_on.v.day, 10);
    /* Changed: everybody still reads the first edition. */
    now.guideline = STR("ด่านชุมชน");
    now.nsituations = 1;
    now = saved(&at, &now, 1);
    assert_int_equal(now.edition, 1);
    assert_true(now.is_changed);
    assert_ok(plan_editions(at.f.db, at.f.arena, now.id, &editions, &n));
    assert_int_equal(n, 1);
    assert_true(str_eq(editions[0].meeting_words, STR("1/2570")));
    assert_ok(plan_as_agreed(at.f.db, at.f.arena, &now, &editions[0], &then));
    assert_int_equal(then.nsituations, 2);
    assert_int_equal(then.situations[0].value_x100.v, 1510);
    assert_true(str_eq(then.guideline, STR("งานบุญปลอดเหล้า")));
    assert_ok(agree_in(&at, "2026-11-20", "plan_year", now.id.v, &why, &again));
    assert_ok(plan_editions(at.f.db, at.f.arena, now.id, &editions, &n));
    assert_int_equal(n, 2);
    assert_int_equal(editions[0].edition, 2);
    assert_true(str_eq(editions[0].guideline, STR("ด่านชุมชน")));
    assert_ok(plan_as_agreed(at.f.db, at.f.arena, &now, &editions[1], &then));
    assert_int_equal(then.nsituations, 2); /* the first is still as it was */
    end(&at);
}

static void between_decision_and_signature_nothing_changes(void **state)
{
    (void)state;
    struct plan_at at = begin();
    struct plan_year p = a_year(&at, 2570), now = saved(&at, &p, 1);
    struct meeting_new n = {.fund = at.fund, .fy = fiscal_year(2570), .held_on = lf_day("2026-11-20")};
    struct meeting_id meeting = {0};
    struct meeting_item_id item = {0};
    struct plan_year_id id = {0};
    assert_ok(meeting_add(at.f.db, at.f.arena, &at.officer, &n, &meeting));
    assert_ok(meeting_item_add(at.f.db, at.f.arena, &at.officer, meeting, "plan_year", now.id.v, STR("แผน"), STR_NONE, &item));
    assert_ok(plan_save(at.f.db, at.f.arena, &at.officer, &now, 1, &id)); /* on an agenda it may still be mended */
    assert_ok(meeting_outcome(at.f.db, at.f.arena, &at.officer, item, true, STR("เห็นชอบ")));
    assert_ok(plan_get(at.f.db, at.f.arena, id, &now));
    assert_err(plan_save(at.f.db, at.f.arena, &at.officer, &now, 1, &id), ERR_REFUSED);
    end(&at);
}

static int nscanned;
static enum err count_moved(void *ctx, const struct plan_moved *m)
{
    const struct plan_at *at = ctx;
    assert_int_equal(m->fund.v, at->fund.v);
    assert_int_equal(m->delta, 1);
    assert_true(str_eq(m->issue_code, STR("alcohol")));
    nscanned++;
    return ERR_OK;
}

static void a_year_counts_once_however_often_it_is_agreed(void **state)
{
    (void)state;
    struct plan_at at = begin();
    struct plan_year p = a_year(&at, 2570), now = saved(&at, &p, 1), draft = a_year(&at, 2571);
    struct meeting_refusal why = {0};
    struct meeting_id meeting = {0};
    saved(&at, &draft, 1);
    assert_ok(agree_in(&at, "2026-11-10", "plan_year", now.id.v, &why, &meeting));
    assert_ok(agree_in(&at, "2026-11-12", "plan_year", now.id.v, &why, &meeting));
    nscanned = 0;
    assert_ok(plan_moves_scan(at.f.db, at.f.arena, at.fund, count_moved, &at));
    assert_int_equal(nscanned, 1);
    end(&at);
}

static void a_meeting_agrees_the_finance_plan(void **state)
{
    (void)state;
    struct plan_at at = begin();
    struct ledger_plan plan = {0};
    struct ledger_plan_line line = {.title = STR("งานบุญปลอดเหล้า"), .support_type = STR("2"), .issue_code = STR("alcohol"),
                                    .amount = satang(2000000)};
    enum ledger_fault fault = LEDGER_FINE;
    struct meeting_refusal why = {0};
    struct meeting_id meeting = {0};
    int64_t version = 0;
    assert_ok(ledger_plan_find(at.f.db, at.f.arena, STR(LF_FUND), fiscal_year(2570), &plan));
    plan.income_nhso = some_satang(satang(10000000));
    plan.lines = &line;
    plan.nlines = 1;
    assert_ok(ledger_plan_save(at.f.db, at.f.arena, &at.officer, &plan, &fault, &version));
    int64_t id = number_of(&at, "SELECT id FROM ledger_plan WHERE fy = 2570");
    assert_ok(agree_in(&at, "2026-11-10", "finance_plan", id, &why, &meeting));
    assert_ok(ledger_plan_find(at.f.db, at.f.arena, STR(LF_FUND), fiscal_year(2570), &plan));
    assert_true(plan.agreed_on.has);
    assert_int_equal(plan.agreed_on.v.day, 10);
    assert_true(str_eq(plan.agreed_in, STR("1/2570")));
    /* What the ledger refuses is said, and the meeting is not signed. */
    plan.lines[0].support_type = STR("4");
    plan.lines[0].amount = satang(9000000);
    plan.agreed_on.v.day = 10;
    assert_int_equal(agree_in(&at, "2026-11-05", "finance_plan", id, &why, &meeting), ERR_REFUSED);
    assert_true(why.is_said);
    assert_int_equal(why.why, MSG_plan_sign_later);
    assert_int_equal(number_of(&at, "SELECT COUNT(*) FROM meeting WHERE state = 'signed'"), 1);
    end(&at);
}

/* The finance plan, like a year of a plan: what the meeting agreed is what its signature puts in force. */
static void a_decided_finance_plan_stays_as_it_was_until_the_minutes_are_signed(void **state)
{
    (void)state;
    struct plan_at at = begin();
    struct ledger_plan plan = {0};
    struct ledger_plan_line line = {.title = STR("งานบุญปลอดเหล้า"), .support_type = STR("2"), .issue_code = STR("alcohol"),
                                    .amount = satang(2000000)};
    struct meeting_new n = {.fund = at.fund, .fy = fiscal_year(2570), .held_on = lf_day("2026-11-10")};
    struct meeting_person people[] = {{.name = STR("นายหนึ่ง ใจดี"), .is_present = true, .is_voter = true}};
    enum ledger_fault fault = LEDGER_FINE;
    struct meeting_refusal why = {0};
    struct meeting_id meeting = {0};
    struct meeting_item_id item = {0};
    struct meeting_sign_id sign = {0};
    struct meeting m = {0};
    int64_t version = 0;
    assert_ok(ledger_plan_find(at.f.db, at.f.arena, STR(LF_FUND), fiscal_year(2570), &plan));
    plan.lines = &line;
    plan.nlines = 1;
    assert_ok(ledger_plan_save(at.f.db, at.f.arena, &at.officer, &plan, &fault, &version));
    int64_t id = number_of(&at, "SELECT id FROM ledger_plan WHERE fy = 2570");
    assert_ok(meeting_add(at.f.db, at.f.arena, &at.officer, &n, &meeting));
    assert_ok(meeting_item_add(at.f.db, at.f.arena, &at.officer, meeting, "finance_plan", id, STR("แผนการเงิน"), STR_NONE, &item));
    assert_ok(meeting_get(at.f.db, at.f.arena, meeting, &m));
    assert_ok(meeting_hold(at.f.db, at.f.arena, &at.officer, meeting, m.version, people, 1));
    plan.version = version;
    plan.income_nhso = some_satang(satang(10000000));
    assert_ok(ledger_plan_save(at.f.db, at.f.arena, &at.officer, &plan, &fault, &version)); /* on an agenda it may be mended */
    assert_ok(meeting_outcome(at.f.db, at.f.arena, &at.officer, item, true, STR("เห็นชอบ")));
    plan.version = version;
    line.amount = satang(9000000);
    assert_err(ledger_plan_save(at.f.db, at.f.arena, &at.officer, &plan, &fault, &version), ERR_REFUSED);
    assert_int_equal(fault, LEDGER_PLAN_DECIDED);
    line.amount = satang(2000000);
    plan.income_nhso = (struct opt_satang){0};
    assert_err(ledger_plan_save(at.f.db, at.f.arena, &at.officer, &plan, &fault, &version), ERR_REFUSED);
    assert_ok(meeting_sign_login(at.f.db, at.f.arena, &at.chair, "meeting", meeting.v, at.fund, n.held_on, &sign, &why));
    assert_ok(ledger_plan_find(at.f.db, at.f.arena, STR(LF_FUND), fiscal_year(2570), &plan));
    assert_true(plan.agreed_on.has);
    assert_int_equal(plan.lines[0].amount.v, 2000000);
    assert_true(plan.income_nhso.has);
    /* Signed, it may be changed at a later meeting; an item that is set to not agreed holds nothing either. */
    plan.lines[0].amount = satang(3000000);
    plan.agreed_on.v = lf_day("2026-11-20");
    assert_ok(ledger_plan_save(at.f.db, at.f.arena, &at.officer, &plan, &fault, &version));
    end(&at);
}

static void the_next_year_begins_with_what_was_measured(void **state)
{
    (void)state;
    struct plan_at at = begin();
    struct plan_year p = a_year(&at, 2569), last = saved(&at, &p, 1), next = {0};
    assert_ok(plan_begin(at.f.db, at.f.arena, STR(LF_FUND), STR("alcohol"), fiscal_year(2570), &next));
    assert_true(id_is_none(next.id));
    assert_int_equal(next.nsituations, 2);
    assert_int_equal(next.situations[0].last_value_x100.v, 1510);
    assert_false(next.situations[0].value_x100.has); /* this year's size is asked anew */
    assert_int_equal(next.situations[1].last_value_x100.v, 700);
    assert_true(str_eq(next.guideline, last.guideline));
    struct plan_result r = {.indicator = at.indicators[0].id, .numerator = {true, 118}, .denominator = {true, 1000},
                            .value_x100 = 1180, .on = lf_day("2026-09-20"), .source = STR("งานบุญปลอดเหล้า 69-T0001-2-01")};
    assert_ok(plan_result_add(at.f.db, at.f.arena, &at.officer, at.fund, fiscal_year(2569), &r));
    r.value_x100 = 1100;
    r.on = lf_day("2026-09-25");
    assert_ok(plan_result_add(at.f.db, at.f.arena, &at.officer, at.fund, fiscal_year(2569), &r));
    assert_ok(plan_begin(at.f.db, at.f.arena, STR(LF_FUND), STR("alcohol"), fiscal_year(2570), &next));
    assert_int_equal(next.situations[0].last_value_x100.v, 1100);
    struct plan_result *results = NULL;
    size_t n = 0;
    assert_ok(plan_results(at.f.db, at.f.arena, at.fund, at.issue.id, fiscal_year(2569), &results, &n));
    assert_int_equal(n, 2);
    assert_true(str_eq(results[1].source, STR("งานบุญปลอดเหล้า 69-T0001-2-01")));
    next = saved(&at, &next, 1);
    assert_int_equal(next.situations[0].last_value_x100.v, 1100);
    end(&at);
}

static void a_percent_is_rounded_half_up(void **state)
{
    (void)state;
    assert_int_equal(plan_percent_x100((struct opt_count){true, 1}, (struct opt_count){true, 3}).v, 3333);
    assert_int_equal(plan_percent_x100((struct opt_count){true, 2}, (struct opt_count){true, 3}).v, 6667);
    assert_int_equal(plan_percent_x100((struct opt_count){true, 1}, (struct opt_count){true, 800}).v, 13);
    assert_int_equal(plan_percent_x100((struct opt_count){true, 0}, (struct opt_count){true, 9}).v, 0);
    assert_true(plan_percent_x100((struct opt_count){true, 0}, (struct opt_count){true, 9}).has);
    assert_false(plan_percent_x100((struct opt_count){true, 1}, (struct opt_count){0}).has);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_year_is_saved_as_it_was_written),
        cmocka_unit_test(two_who_write_at_once_do_not_overwrite),
        cmocka_unit_test(what_is_wrong_is_refused),
        cmocka_unit_test(a_number_of_somebody_is_refused_in_every_text),
        cmocka_unit_test(a_plan_ends_before_the_next_begins),
        cmocka_unit_test(a_signed_meeting_agrees_and_keeps_what_it_agreed),
        cmocka_unit_test(between_decision_and_signature_nothing_changes),
        cmocka_unit_test(a_year_counts_once_however_often_it_is_agreed),
        cmocka_unit_test(a_meeting_agrees_the_finance_plan),
        cmocka_unit_test(a_decided_finance_plan_stays_as_it_was_until_the_minutes_are_signed),
        cmocka_unit_test(the_next_year_begins_with_what_was_measured),
        cmocka_unit_test(a_percent_is_rounded_half_up),
    };
    return FIXTURE_RUN(tests);
}
