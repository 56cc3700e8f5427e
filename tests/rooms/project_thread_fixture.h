/* project_thread_fixture.h — a fund with a book and a chair, proposals that were sent, meetings that were held: what the
 * tests of decisions (project_decide_test.c) and of all that follows them (project_thread_test.c) begin with. */
#ifndef SARN_TESTS_ROOMS_PROJECT_THREAD_FIXTURE_H
#define SARN_TESTS_ROOMS_PROJECT_THREAD_FIXTURE_H

#include "app/events.h"
#include "rooms/area/area.h"
#include "rooms/fund/fund.h"
#include "rooms/meeting/meeting.h"
#include "rooms/monitor/monitor.h"
#include "rooms/project/project.h"
#include "rooms/report/report.h"
#include "tests/rooms/ledger_fixture.h"

static struct fixture f;
static struct fund_id fund;
static struct ledger_book_id book;
static struct meeting_refusal why;
static const struct actor chair = {.code = {"account:12", 10}, .account = 12};

static inline int in_transaction(void **state)
{
    (void)state;
    f = ledger_fixture_begin();
    if (db_scalar(f.db, "SELECT id FROM fund WHERE code = '" LF_FUND "'", &fund.v) != ERR_OK) return 1;
    book = lf_open(&f, 100000);
    return 0;
}

static inline int roll_back(void **state)
{
    (void)state;
    db_rollback(f.db);
    return 0;
}

static inline struct project get(struct project_id id)
{
    struct project p = {0};
    assert_ok(project_get(f.db, f.arena, id, &p));
    return p;
}

static inline int64_t count(const char *sql)
{
    int64_t n = 0;
    assert_ok(db_scalar(f.db, sql, &n));
    return n;
}

/* A small proposal that was sent. */
static inline struct project_id sent(const char *title, const char *support_type, const char *owner_type, int64_t baht)
{
    struct project_id id = {0};
    int64_t version = 0;
    struct project_new n = {.fund_code = STR(LF_FUND),
                            .fy = fiscal_year(2570),
                            .title = str_of(title),
                            .owner_name = STR("ชมรมผู้สูงอายุบ้านทดสอบ"),
                            .owner_type = str_of(owner_type),
                            .support_type = str_of(support_type),
                            .issue_code = STR("older_people"),
                            .asked_about = satang(baht * 100)};
    struct project p = {0};
    struct project_whole w = {0};
    assert_ok(project_add(f.db, f.arena, &lf_by, &n, &id));
    assert_ok(project_get(f.db, f.arena, id, &p));
    assert_ok(project_read(f.db, f.arena, &p, &w));
    w.p.place = STR("ศาลาหมู่ 3");
    w.p.starts_on = (struct opt_date){true, lf_day("2027-01-10")};
    w.p.ends_on = (struct opt_date){true, lf_day("2027-03-10")};
    w.p.situation = STR("ผู้สูงอายุหกล้มบ่อย");
    w.p.method = STR("ฝึกทรงตัวทุกสัปดาห์");
    w.targets = ARENA_ARRAY(f.arena, struct project_target, 1);
    w.targets[0] = (struct project_target){.group = STR("1004"), .planned = {true, 40}};
    w.ntargets = 1;
    w.npeople = 5;
    w.people = ARENA_ARRAY(f.arena, struct project_person, 5);
    for (size_t i = 0; i < 5; i++) w.people[i] = (struct project_person){.name = STR("นาง ก")};
    w.budget = ARENA_ARRAY(f.arena, struct project_budget, 2);
    w.budget[0] = (struct project_budget){.words = STR("อาหาร"), .quantity = 1, .times = 1, .price = satang(baht * 60)};
    w.budget[1] = (struct project_budget){.words = STR("วิทยากร"), .quantity = 1, .times = 1, .price = satang(baht * 40)};
    w.nbudget = 2;
    assert_ok(project_save(f.db, f.arena, &lf_by, &w,
                           PROJECT_HEAD | PROJECT_SITUATION | PROJECT_ACTIVITIES | PROJECT_TARGETS | PROJECT_PEOPLE |
                               PROJECT_BUDGETS, &version));
    assert_ok(project_send(f.db, f.arena, &lf_by, id, version));
    return id;
}

static inline struct meeting_id held(const char *on)
{
    struct meeting_id id = {0};
    struct meeting m = {0};
    struct meeting_new n = {.fund = fund, .fy = date_fiscal_year(lf_day(on)), .held_on = lf_day(on)};
    struct meeting_person people[] = {{.name = STR("นายหนึ่ง ใจดี"), .is_present = true, .is_voter = true}};
    assert_ok(meeting_add(f.db, f.arena, &lf_by, &n, &id));
    assert_ok(meeting_get(f.db, f.arena, id, &m));
    assert_ok(meeting_hold(f.db, f.arena, &lf_by, id, m.version, people, 1));
    return id;
}

static inline struct meeting_item_id put(struct meeting_id m, const char *thing, int64_t id)
{
    struct meeting_item_id item = {0};
    assert_ok(meeting_item_add(f.db, f.arena, &lf_by, m, thing, id, STR("เรื่อง"), STR_NONE, &item));
    return item;
}

static inline enum err decide(struct project_id id, struct meeting_item_id item, const char *kind, int64_t baht)
{
    struct project_decision_id made = {0};
    struct project_decision d = {.project = id,
                                 .kind = str_of(kind),
                                 .item = item,
                                 .amount = {baht > 0, satang(baht * 100)},
                                 .reason = baht > 0 ? STR_NONE : STR("ยังไม่พร้อม")};
    return project_decide(f.db, f.arena, &lf_by, &d, &why, &made);
}

static inline enum err sign(struct meeting_id m, const char *on)
{
    struct meeting_sign_id made = {0};
    return meeting_sign_login(f.db, f.arena, &chair, "meeting", m.v, fund, lf_day(on), &made, &why);
}

static inline void assert_refused(enum err e, enum msg message)
{
    if (e != ERR_REFUSED) fail_msg("%s: %s", err_name(e), err_detail());
    assert_true(why.is_said);
    assert_int_equal(why.why, message);
    assert_true(meeting_refusal_text(f.arena, LANG_TH, &why).n > 0 && meeting_refusal_text(f.arena, LANG_EN, &why).n > 0);
}

static inline struct ledger_commitment promise_of(struct str code)
{
    struct ledger_commitment c = {0};
    assert_ok(ledger_commitment_find(f.db, f.arena, book, code, &c));
    return c;
}

static inline struct project_id approved(const char *support_type, const char *owner_type, int64_t baht)
{
    struct project_id id = sent("ป้องกันการหกล้ม", support_type, owner_type, baht);
    struct meeting_id m = held("2026-11-10");
    assert_ok(decide(id, put(m, "project", id.v), "approve", baht));
    assert_ok(sign(m, "2026-11-11"));
    return id;
}

static inline void say(void *ctx, struct str line)
{
    (void)ctx;
    print_error("%.*s\n", STR_FMT(line));
}

static inline void books_are_sound(void)
{
    int64_t bad = 0;
    assert_ok(ledger_verify(f.db, f.arena, STR_NONE, say, NULL, &bad));
    assert_int_equal(bad, 0);
}

static inline struct project_change_id ask(struct project_change_new n)
{
    struct project_change_id id = {0};
    n.reason = STR("น้ำท่วม");
    enum err e = project_change_ask(f.db, f.arena, &lf_by, &n, &why, &id);
    if (e != ERR_OK) fail_msg("%s %s", err_name(e), why.is_said ? str_z(f.arena, meeting_refusal_text(f.arena, LANG_TH, &why)) : "");
    return id;
}

static inline enum err decide_change(struct project_id id, struct project_change_id change, const char *kind, const char *on)
{
    struct meeting_id m = held(on);
    enum err e = decide(id, put(m, "project_change", change.v), kind, 0);
    return e == ERR_OK ? sign(m, on) : e;
}

/* Approved and agreed on before Sarn, most of it paid. */
static inline struct project_later later(const char *code, enum project_state state)
{
    return (struct project_later){.fund_code = STR(LF_FUND),
                                  .state = state,
                                  .code = str_of(code),
                                  .title = STR("โครงการเก่า"),
                                  .owner_name = STR("อสม."),
                                  .owner_type = STR("5"),
                                  .support_type = STR("2"),
                                  .approved_on = lf_day("2025-11-20"),
                                  .meeting_words = STR("4/2568"),
                                  .amount = satang(2000000),
                                  .paid = satang(1500000),
                                  .starts_on = {true, lf_day("2025-11-01")},
                                  .ends_on = {true, lf_day("2026-08-31")},
                                  .report_due = {true, lf_day("2026-08-01")},
                                  .agreement_no = STR("3/2568"),
                                  .agreement_on = {true, lf_day("2025-12-01")}};
}


#define CASE(t) cmocka_unit_test_setup_teardown(t, in_transaction, roll_back)

#endif
