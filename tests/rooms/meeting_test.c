/* meeting_test.c — the rules of meetings: calling, who was there, the agenda, and what signing asks for. */
#include "base/clock.h"
#include "rooms/account/account.h"
#include "rooms/meeting/meeting.h"
#include "tests/rooms/ledger_fixture.h"

struct meeting_at { /* one fund, in a transaction that is rolled back */
    struct fixture f;
    struct fund_id fund;
    struct actor officer, secretary;
};

static struct meeting_at begin(void)
{
    struct meeting_at at = {.officer = {.code = STR("account:11"), .account = 11},
                            .secretary = {.code = STR("account:12"), .account = 12}};
    at.f = ledger_fixture_begin();
    assert_ok(db_scalar(at.f.db, "SELECT id FROM fund WHERE code = '" LF_FUND "'", &at.fund.v));
    return at;
}

static void end(struct meeting_at *at)
{
    db_rollback(at->f.db);
}

static struct meeting_id call(struct meeting_at *at, const char *on)
{
    struct meeting_id id = {0};
    struct meeting_new n = {.fund = at->fund,
                            .fy = date_fiscal_year(lf_day(on)),
                            .held_on = lf_day(on),
                            .place = STR("ห้องประชุม ชั้น 2")};
    assert_ok(meeting_add(at->f.db, at->f.arena, &at->officer, &n, &id));
    return id;
}

static struct meeting get(struct meeting_at *at, struct meeting_id id)
{
    struct meeting m = {0};
    assert_ok(meeting_get(at->f.db, at->f.arena, id, &m));
    return m;
}

static enum err hold(struct meeting_at *at, struct meeting_id id, int64_t version, size_t n)
{
    struct meeting_person people[] = {{.name = STR("นายหนึ่ง ใจดี"), .title = STR("ประธาน"), .is_present = true, .is_voter = true},
                                      {.name = STR("นางสอง ใจดี"), .is_present = true, .is_voter = true},
                                      {.name = STR("นายสาม ใจดี"), .is_present = false, .is_voter = true},
                                      {.name = STR("นางสี่ ใจดี"), .title = STR("เลขานุการ"), .is_present = true}};
    return meeting_hold(at->f.db, at->f.arena, &at->officer, id, version, people, n);
}

static struct meeting_item_id put(struct meeting_at *at, struct meeting_id id, const char *thing, int64_t thing_id)
{
    struct meeting_item_id item = {0};
    assert_ok(meeting_item_add(at->f.db, at->f.arena, &at->officer, id, thing, thing_id, STR("โครงการทดสอบ"), STR_NONE, &item));
    return item;
}

static enum err sign(struct meeting_at *at, struct meeting_id id, const char *on, struct meeting_refusal *why)
{
    struct meeting_sign_id sign = {0};
    return meeting_sign_login(at->f.db, at->f.arena, &at->secretary, "meeting", id.v, at->fund, lf_day(on), &sign, why);
}

static void assert_refused(enum err e, const struct meeting_refusal *why, enum msg message)
{
    assert_int_equal(e, ERR_REFUSED);
    assert_true(why->is_said);
    assert_int_equal(why->why, message);
}

static void a_meeting_has_a_number_of_its_year(void **state)
{
    (void)state;
    struct meeting_at at = begin();
    struct meeting m = get(&at, call(&at, "2026-11-20")), found = {0};
    assert_int_equal(m.number, 1);
    assert_int_equal(m.fy.v, 2570);
    assert_int_equal(m.state, MEETING_CALLED);
    assert_true(str_eq(meeting_words(at.f.arena, &m), STR("1/2570")));
    assert_int_equal(get(&at, call(&at, "2026-11-21")).number, 2);
    assert_int_equal(get(&at, call(&at, "2026-09-30")).number, 1); /* another year */
    struct meeting_new same = {.fund = at.fund, .fy = fiscal_year(2570), .number = 2, .held_on = lf_day("2026-11-22")};
    struct meeting_id id = {0};
    assert_err(meeting_add(at.f.db, at.f.arena, &at.officer, &same, &id), ERR_CONFLICT);
    assert_ok(meeting_find(at.f.db, at.f.arena, STR(LF_FUND), STR("2570-2"), &found)); /* still good */
    assert_true(str_eq(meeting_ref(at.f.arena, &found), STR("2570-2")));
    static const char *const wrong[] = {"2570-3", "2570-02", "2570", "2570-", "-2", "2570-2x", "๒๕๗๐-2", ""};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_err(meeting_find(at.f.db, at.f.arena, STR(LF_FUND), str_of(wrong[i]), &found), ERR_NOT_FOUND);
    assert_err(meeting_find(at.f.db, at.f.arena, STR("L0000"), STR("2570-2"), &found), ERR_NOT_FOUND);
    end(&at);
}

/* What stands in one line of an invitation is one line. */
static void a_meetings_facts_are_of_one_line(void **state)
{
    (void)state;
    struct meeting_at at = begin();
    struct meeting_id id = {0};
    struct meeting_new n = {.fund = at.fund, .fy = fiscal_year(2570), .held_on = lf_day("2026-11-20"), .began = STR("09.30\nน."),
                            .place = STR("ห้องประชุม\nชั้น 2"), .chaired_by = STR("นายหนึ่ง\nใจดี")};
    assert_ok(meeting_add(at.f.db, at.f.arena, &at.officer, &n, &id));
    struct meeting m = get(&at, id);
    assert_true(str_eq(m.began, STR("09.30 น.")) && str_eq(m.place, STR("ห้องประชุม ชั้น 2")) && str_eq(m.chaired_by, STR("นายหนึ่ง ใจดี")));
    end(&at);
}

static void lists_are_in_order_and_go_on(void **state)
{
    (void)state;
    struct meeting_at at = begin();
    struct meeting_id first = call(&at, "2026-10-05"), last = call(&at, "2026-11-20"), mid = call(&at, "2026-11-01");
    struct meeting *all = NULL;
    size_t n = 0;
    assert_ok(meeting_list(at.f.db, at.f.arena, at.fund, (struct meeting_id){0}, 2, &all, &n));
    assert_int_equal(n, 2);
    assert_int_equal(all[0].id.v, last.v);
    assert_int_equal(all[1].id.v, mid.v);
    assert_ok(meeting_list(at.f.db, at.f.arena, at.fund, mid, 2, &all, &n));
    assert_int_equal(n, 1);
    assert_int_equal(all[0].id.v, first.v);
    assert_ok(meeting_open(at.f.db, at.f.arena, at.fund, 10, &all, &n));
    assert_int_equal(n, 3);
    assert_int_equal(all[0].id.v, first.v); /* the next one first */
    assert_int_equal(all[2].id.v, last.v);
    end(&at);
}

static void people_are_kept_with_their_version(void **state)
{
    (void)state;
    struct meeting_at at = begin();
    struct meeting_id id = call(&at, "2026-11-20");
    struct meeting_person *people = NULL;
    size_t n = 0;
    assert_ok(hold(&at, id, 1, 4));
    assert_err(hold(&at, id, 1, 4), ERR_CONFLICT);
    assert_int_equal(get(&at, id).state, MEETING_HELD);
    assert_ok(meeting_people(at.f.db, at.f.arena, id, &people, &n));
    assert_int_equal(n, 4);
    struct meeting_quorum q = meeting_quorum_of(people, n);
    assert_int_equal(q.voters, 3);
    assert_int_equal(q.present, 2);
    assert_int_equal(q.needed, 2);
    assert_true(q.is_met);
    people[0].is_present = false;
    assert_false(meeting_quorum_of(people, n).is_met);
    assert_false(meeting_quorum_of(people, 0).is_met);

    /* Who left stays with the same person when the list is written again, and goes with them. */
    struct meeting_item_id item = put(&at, id, "project", 7);
    struct meeting_item i = {0};
    struct meeting_leaver absent = {people[2].id, STR("")};
    struct meeting_leaver two[] = {{people[0].id, STR("เป็นผู้เสนอ")}, {people[1].id, STR("เป็นญาติของผู้เสนอ")}};
    assert_err(meeting_leave(at.f.db, at.f.arena, &at.officer, item, &absent, 1), ERR_INPUT);
    assert_ok(meeting_leave(at.f.db, at.f.arena, &at.officer, item, two, 2));
    assert_ok(meeting_item_get(at.f.db, at.f.arena, item, &i));
    assert_int_equal(i.nleft, 2);
    assert_true(str_eq(i.left[1].why_left, STR("เป็นญาติของผู้เสนอ"))); /* each for a reason of their own */
    assert_ok(meeting_leave(at.f.db, at.f.arena, &at.officer, item, two, 1));
    people[0].is_present = true;
    people[0].name = STR("นายหนึ่ง เปลี่ยนชื่อ");
    struct meeting_person order[] = {people[1], people[0]};
    assert_ok(meeting_hold(at.f.db, at.f.arena, &at.officer, id, 2, order, 2));
    assert_ok(meeting_item_get(at.f.db, at.f.arena, item, &i));
    assert_int_equal(i.nleft, 1);
    assert_true(str_eq(i.left[0].name, STR("นายหนึ่ง เปลี่ยนชื่อ")));
    assert_true(str_eq(i.left[0].why_left, STR("เป็นผู้เสนอ")));
    assert_ok(meeting_hold(at.f.db, at.f.arena, &at.officer, id, 3, order, 1));
    assert_ok(meeting_item_get(at.f.db, at.f.arena, item, &i));
    assert_int_equal(i.nleft, 0);
    end(&at);
}

static void the_agenda_stands_in_the_usual_order(void **state)
{
    (void)state;
    struct meeting_at at = begin();
    struct meeting_id id = call(&at, "2026-11-20"), later = call(&at, "2026-11-21");
    struct meeting_item_id thing = put(&at, id, "project", 7), other = {0}, inform = {0}, second = {0};
    struct meeting_item *items = NULL, i = {0};
    size_t n = 0;
    struct db *db = at.f.db;
    struct arena *a = at.f.arena;
    assert_int_equal(put(&at, id, "project", 7).v, thing.v); /* once */
    assert_ok(meeting_item_new(db, a, &at.officer, id, "other", STR("นัดครั้งหน้า"), STR(""), &other));
    assert_ok(meeting_item_new(db, a, &at.officer, id, "inform", STR("ยอดเงิน"), STR("แจ้งยอด"), &inform));
    assert_ok(meeting_item_new(db, a, &at.officer, id, "inform", STR("หนังสือเวียน"), STR(""), &second));
    assert_ok(meeting_item_raise(db, a, second));
    assert_ok(meeting_item_raise(db, a, second)); /* the first already */
    assert_ok(meeting_items(db, a, id, &items, &n));
    assert_int_equal(n, 4);
    assert_int_equal(items[0].id.v, second.v);
    assert_int_equal(items[1].id.v, inform.v);
    assert_int_equal(items[2].id.v, thing.v);
    assert_int_equal(items[3].id.v, other.v);
    assert_ok(meeting_item_edit(db, a, &at.officer, inform, items[1].version, STR("ยอดเงินคงเหลือ"), STR("")));
    assert_err(meeting_item_edit(db, a, &at.officer, inform, items[1].version, STR("x"), STR("")), ERR_CONFLICT);
    assert_err(meeting_item_edit(db, a, &at.officer, thing, 1, STR("x"), STR("")), ERR_REFUSED);
    assert_ok(meeting_item_of(db, a, "project", 7, &i));
    assert_int_equal(i.id.v, thing.v);
    assert_ok(meeting_item_drop(db, a, &at.officer, thing));
    assert_err(meeting_item_of(db, a, "project", 7, &i), ERR_NOT_FOUND);
    thing = put(&at, later, "project", 7);
    assert_ok(meeting_item_say(db, a, &at.officer, thing, STR("ชมรม ขอ 12,000 บาท"), STR("อนุมัติ 10,200 บาท")));
    assert_err(meeting_item_drop(db, a, &at.officer, thing), ERR_REFUSED); /* decided */
    assert_err(meeting_outcome(db, a, &at.officer, thing, true, STR("")), ERR_REFUSED); /* no plan */
    end(&at);
}

static void an_agenda_has_so_many_items(void **state)
{
    (void)state;
    struct meeting_at at = begin();
    struct meeting_id id = call(&at, "2026-11-20");
    struct meeting_item_id item = {0};
    for (int i = 0; i < MEETING_ITEMS_MAX; i++)
        assert_ok(meeting_item_new(at.f.db, at.f.arena, &at.officer, id, "other", STR("เรื่อง"), STR(""), &item));
    assert_err(meeting_item_new(at.f.db, at.f.arena, &at.officer, id, "other", STR("เรื่อง"), STR(""), &item), ERR_LIMIT);
    end(&at);
}

static void signing_asks_for_people_and_decisions(void **state)
{
    (void)state;
    struct meeting_at at = begin();
    struct meeting_id id = call(&at, "2026-11-20"), future = call(&at, "2026-11-23");
    struct meeting_refusal why;
    struct meeting_item_id thing = put(&at, id, "project", 7), free = {0}, other = {0};
    assert_refused(sign(&at, future, "2026-11-23", &why), &why, MSG_meeting_not_yet);
    assert_refused(sign(&at, id, "2026-11-19", &why), &why, MSG_meeting_sign_before);
    assert_refused(sign(&at, id, "2026-11-23", &why), &why, MSG_meeting_sign_future);
    assert_refused(sign(&at, id, "2026-11-22", &why), &why, MSG_meeting_nobody);
    assert_ok(hold(&at, id, 1, 4));
    assert_refused(sign(&at, id, "2026-11-22", &why), &why, MSG_meeting_undecided);
    assert_true(str_find(meeting_refusal_text(at.f.arena, LANG_TH, &why), STR("โครงการทดสอบ")) >= 0);
    assert_ok(meeting_item_drop(at.f.db, at.f.arena, &at.officer, thing)); /* it waits for the next meeting */
    assert_ok(meeting_item_new(at.f.db, at.f.arena, &at.officer, id, "know", STR("ยอดเงิน"), STR(""), &free));
    struct fund_id stranger = {at.fund.v + 1};
    struct meeting_sign_id s = {0};
    assert_err(meeting_sign_login(at.f.db, at.f.arena, &at.secretary, "meeting", id.v, stranger, lf_day("2026-11-22"), &s,
                                  &why), ERR_NOT_FOUND);
    assert_ok(sign(&at, id, "2026-11-22", &why));
    struct meeting m = get(&at, id);
    assert_int_equal(m.state, MEETING_SIGNED);
    assert_true(str_eq(m.signed_how, STR("login")));
    assert_true(m.signed_on.has);
    assert_refused(sign(&at, id, "2026-11-22", &why), &why, MSG_meeting_is_signed);
    /* Closed to everything. */
    assert_err(hold(&at, id, m.version, 4), ERR_REFUSED);
    assert_err(meeting_outcome(at.f.db, at.f.arena, &at.officer, free, false, STR("")), ERR_REFUSED);
    assert_err(meeting_item_say(at.f.db, at.f.arena, &at.officer, free, STR("ชมรม ขอ 12,000 บาท"), STR("x")), ERR_REFUSED);
    assert_err(meeting_item_new(at.f.db, at.f.arena, &at.officer, id, "other", STR("x"), STR(""), &other), ERR_REFUSED);
    assert_err(meeting_item_drop(at.f.db, at.f.arena, &at.officer, free), ERR_REFUSED);
    assert_err(meeting_item_add(at.f.db, at.f.arena, &at.officer, id, "project", 9, STR("x"), STR_NONE, &other), ERR_REFUSED);
    assert_err(meeting_leave(at.f.db, at.f.arena, &at.officer, free, NULL, 0), ERR_REFUSED);
    struct meeting_facts facts = {.held_on = lf_day("2026-11-21")};
    assert_err(meeting_edit(at.f.db, at.f.arena, &at.officer, &m, m.version, &facts), ERR_REFUSED);
    end(&at);
}

static enum err paper(struct meeting_at *at, struct meeting_id id, struct meeting_sign_id *ret, struct meeting_refusal *why)
{
    return meeting_sign_paper(at->f.db, at->f.arena, &at->officer, "meeting", id.v, at->fund, lf_day("2026-11-21"),
                              STR("นายหนึ่ง ใจดี ประธาน"), ret, why);
}

static void a_paper_is_in_force_when_another_person_saw_it(void **state)
{
    (void)state;
    struct meeting_at at = begin();
    struct meeting_id id = call(&at, "2026-11-20");
    struct meeting_sign_id old = {0}, s = {0};
    struct meeting_sign *signs = NULL;
    struct meeting_refusal why;
    size_t n = 0;
    assert_refused(paper(&at, id, &s, &why), &why, MSG_meeting_nobody);
    assert_ok(hold(&at, id, 1, 4));
    assert_ok(paper(&at, id, &old, &why));
    assert_ok(paper(&at, id, &s, &why));
    assert_int_equal(get(&at, id).state, MEETING_HELD);
    assert_refused(meeting_sign_see(at.f.db, at.f.arena, &at.officer, s, &why), &why, MSG_meeting_own_paper);
    assert_refused(meeting_sign_see(at.f.db, at.f.arena, &at.secretary, old, &why), &why, MSG_meeting_newer_paper);
    assert_ok(meeting_sign_see(at.f.db, at.f.arena, &at.secretary, s, &why));
    struct meeting m = get(&at, id);
    assert_int_equal(m.state, MEETING_SIGNED);
    assert_true(str_eq(m.signed_how, STR("paper")));
    assert_true(str_eq(m.signed_names, STR("นายหนึ่ง ใจดี ประธาน")));
    assert_int_equal(date_cmp(m.signed_on.v, lf_day("2026-11-21")), 0);
    assert_ok(meeting_sign_list(at.f.db, at.f.arena, "meeting", id.v, &signs, &n));
    assert_int_equal(n, 2);
    assert_true(signs[0].is_in_force);
    assert_false(signs[1].is_in_force);
    assert_refused(meeting_sign_see(at.f.db, at.f.arena, &at.secretary, s, &why), &why, MSG_meeting_is_signed);
    end(&at);
}

static void minutes_are_confirmed_when_the_later_meeting_is_signed(void **state)
{
    (void)state;
    struct meeting_at at = begin();
    struct meeting_id first = call(&at, "2026-11-01"), next = call(&at, "2026-11-20");
    struct meeting_refusal why;
    struct db *db = at.f.db;
    struct arena *a = at.f.arena;
    assert_err(meeting_confirm(db, a, &at.officer, next, first, true), ERR_REFUSED); /* not signed */
    assert_ok(hold(&at, first, 1, 4));
    assert_ok(sign(&at, first, "2026-11-02", &why));
    assert_err(meeting_confirm(db, a, &at.officer, first, first, true), ERR_REFUSED);
    assert_ok(meeting_confirm(db, a, &at.officer, next, first, true));
    assert_true(str_eq(get(&at, first).confirmed_words, STR("2/2570")));
    assert_false(get(&at, first).is_confirmed);
    assert_ok(meeting_confirm(db, a, &at.officer, next, first, false));
    assert_true(id_is_none(get(&at, first).confirmed_in));
    assert_ok(meeting_confirm(db, a, &at.officer, next, first, true));
    assert_ok(hold(&at, next, get(&at, next).version, 4));
    assert_ok(sign(&at, next, "2026-11-22", &why));
    assert_true(get(&at, first).is_confirmed);
    struct meeting_id third = call(&at, "2026-11-22");
    assert_err(meeting_confirm(db, a, &at.officer, third, first, true), ERR_REFUSED); /* once */
    end(&at);
}

/* Before its day a meeting has an agenda and nothing else. */
static void nothing_is_decided_before_the_day(void **state)
{
    (void)state;
    struct meeting_at at = begin();
    struct meeting_id id = call(&at, "2026-11-23"), former = call(&at, "2026-11-01");
    struct meeting_item_id thing = put(&at, id, "project", 7), plan = put(&at, id, "plan_year", 8);
    struct meeting_refusal why;
    struct db *db = at.f.db;
    struct arena *a = at.f.arena;
    assert_ok(hold(&at, former, 1, 4));
    assert_ok(sign(&at, former, "2026-11-02", &why));
    assert_err(hold(&at, id, 1, 4), ERR_REFUSED);
    assert_err(meeting_item_say(db, a, &at.officer, thing, STR("ชมรม ขอ 12,000 บาท"), STR("x")), ERR_REFUSED);
    assert_err(meeting_outcome(db, a, &at.officer, plan, true, STR("")), ERR_REFUSED);
    assert_err(meeting_leave(db, a, &at.officer, thing, NULL, 0), ERR_REFUSED);
    assert_err(meeting_confirm(db, a, &at.officer, id, former, true), ERR_REFUSED);
    assert_int_equal(get(&at, id).state, MEETING_CALLED);
    struct opt_instant fixed = clock_fixed();
    clock_fix((struct date){2026, 11, 23}, 9, 0);
    assert_ok(meeting_confirm(db, a, &at.officer, id, former, true));
    assert_ok(hold(&at, id, get(&at, id).version, 4));
    assert_ok(meeting_item_say(db, a, &at.officer, thing, STR("ชมรม ขอ 12,000 บาท"), STR("x")));
    assert_ok(meeting_outcome(db, a, &at.officer, plan, true, STR("")));
    clock_fix_again(fixed);
    end(&at);
}

/* What was on its agenda waits again, and nothing can be written or signed there any more. */
static void a_cancelled_meeting_gives_its_agenda_back(void **state)
{
    (void)state;
    struct meeting_at at = begin();
    struct meeting_id former = call(&at, "2026-11-01"), id = call(&at, "2026-11-20"), next = call(&at, "2026-11-21");
    struct meeting_item_id thing = put(&at, id, "project", 7), other = {0};
    struct meeting_item item = {0};
    struct meeting_refusal why;
    struct meeting *open = NULL;
    struct db *db = at.f.db;
    struct arena *a = at.f.arena;
    size_t n = 0;
    assert_ok(hold(&at, former, 1, 4));
    assert_ok(sign(&at, former, "2026-11-02", &why));
    assert_ok(meeting_confirm(db, a, &at.officer, id, former, true));
    assert_ok(meeting_item_say(db, a, &at.officer, thing, STR("ชมรม ขอ 12,000 บาท"), STR("x")));
    struct meeting m = get(&at, id);
    assert_err(meeting_cancel(db, a, &at.officer, &m, m.version, STR("ไม่ครบองค์ประชุม")), ERR_REFUSED); /* something is decided */
    assert_ok(meeting_item_say(db, a, &at.officer, thing, STR("ชมรม ขอ 12,000 บาท"), STR("")));
    assert_err(meeting_cancel(db, a, &at.officer, &m, m.version, STR(" ")), ERR_INPUT);
    assert_err(meeting_cancel(db, a, &at.officer, &m, m.version + 1, STR("ไม่ครบองค์ประชุม")), ERR_CONFLICT);
    assert_ok(meeting_cancel(db, a, &at.officer, &m, m.version, STR("ไม่ครบองค์ประชุม")));
    m = get(&at, id);
    assert_int_equal(m.state, MEETING_CANCELLED);
    assert_false(meeting_is_open(&m));
    assert_true(str_eq(m.cancel_reason, STR("ไม่ครบองค์ประชุม")));
    assert_true(id_is_none(get(&at, former).confirmed_in)); /* it confirms nothing any more */
    assert_err(meeting_item_of(db, a, "project", 7, &item), ERR_NOT_FOUND);
    assert_ok(meeting_open(db, a, at.fund, 10, &open, &n));
    assert_int_equal(n, 1);
    assert_int_equal(open[0].id.v, next.v);
    assert_err(hold(&at, id, m.version, 4), ERR_REFUSED);
    assert_err(meeting_item_add(db, a, &at.officer, id, "project", 9, STR("x"), STR_NONE, &other), ERR_REFUSED);
    assert_err(meeting_cancel(db, a, &at.officer, &m, m.version, STR("x")), ERR_REFUSED);
    assert_refused(sign(&at, id, "2026-11-21", &why), &why, MSG_meeting_is_cancelled);
    assert_ok(meeting_item_add(db, a, &at.officer, next, "project", 7, STR("x"), STR("from 1 to 2"), &other));
    assert_ok(meeting_item_of(db, a, "project", 7, &item));
    assert_int_equal(item.meeting.v, next.v);
    assert_true(str_eq(item.about, STR("from 1 to 2")));
    end(&at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_meeting_has_a_number_of_its_year),
        cmocka_unit_test(a_meetings_facts_are_of_one_line),
        cmocka_unit_test(lists_are_in_order_and_go_on),
        cmocka_unit_test(people_are_kept_with_their_version),
        cmocka_unit_test(the_agenda_stands_in_the_usual_order),
        cmocka_unit_test(an_agenda_has_so_many_items),
        cmocka_unit_test(signing_asks_for_people_and_decisions),
        cmocka_unit_test(a_paper_is_in_force_when_another_person_saw_it),
        cmocka_unit_test(minutes_are_confirmed_when_the_later_meeting_is_signed),
        cmocka_unit_test(nothing_is_decided_before_the_day),
        cmocka_unit_test(a_cancelled_meeting_gives_its_agenda_back),
    };
    return FIXTURE_RUN(tests);
}
