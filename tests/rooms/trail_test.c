/* trail_test.c — all that happened to a project stands on one page by time, with what was booked on it; people are named to
 * those who may read who changed what, and to nobody else. */
#include "tests/rooms/fixture.h"

#include "rooms/ledger/ledger.h"
#include "rooms/project/project.h"

#define CODE   "70-D0001-2-03" /* running, two instalments paid, a report accepted, a change agreed */
#define BUDGET 24

static char slug[20];

static struct reply get(struct fixture *f, const char *pattern, const char *who)
{
    char target[300];
    const char *at = strstr(pattern, "SLUG");
    snprintf(target, sizeof target, "%.*s%s%s", (int)(at - pattern), pattern, slug, at + 4);
    return fixture_get(f, target, fixture_sign_in(f, who));
}
#define PAGE(f, who) get((f), "/funds/D0001/projects/SLUG/trail", (who))
#define DOOR(f, who) get((f), "/api/v1/funds/D0001/projects/SLUG/trail", (who))

static int pick(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct project *found = NULL;
    size_t n = 0;
    assert_ok(db_begin(f->db, DB_TXN_READ));
    assert_ok(project_find_code(f->db, f->arena, STR(CODE), &found, &n));
    assert_int_equal(n, 1);
    snprintf(slug, sizeof slug, "%.*s", STR_FMT(found[0].slug));
    db_rollback(f->db);
    return 0;
}

static ptrdiff_t place(const struct reply *r, const char *words)
{
    ptrdiff_t at = str_find(r->body, str_of(words));
    if (at < 0) fail_msg("%s is not there", words);
    return at;
}

static void it_stands_by_time(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    static const char *const order[] = {"เห็นชอบให้เปลี่ยนแปลง", ">2570/17 · ", "ขอเปลี่ยนแปลง", "ตรวจรับรายงาน", "ส่งรายงาน", ">2570/9 · ",
                                        "ทำบันทึกข้อตกลง", "<b>อนุมัติ</b>", "ให้ความเห็น", "ส่งให้กองทุน", "บันทึกครั้งแรก"};
    struct reply r = PAGE(f, "auditor");
    assert_int_equal(r.status, 200);
    for (size_t i = 1; i < sizeof order / sizeof order[0]; i++)
        if (place(&r, order[i - 1]) >= place(&r, order[i])) fail_msg("%s stands below %s", order[i - 1], order[i]);
    if (r.cost.statements > BUDGET) fail_msg("%u statements", r.cost.statements);
    r = DOOR(f, "auditor");
    assert_int_equal(r.status, 200);
    char last[40] = "9999";
    struct str rest = r.body;
    size_t n = 0;
    for (ptrdiff_t at; (at = str_find(rest, STR("\"at\":\""))) >= 0; n++) {
        rest = str_from(rest, (size_t)at + 6);
        if (strncmp(rest.p, last, 24) > 0) fail_msg("%.24s stands below %s", rest.p, last);
        snprintf(last, sizeof last, "%.24s", rest.p);
    }
    assert_true(n >= 20);
    assert_true(reply_has(&r, "\"number\":\"2570/9\",\"on\":\"2026-11-") && reply_has(&r, "\"kind\":\"payment\",\"amount_satang\":4000000"));
    assert_true(reply_has(&r, "\"next\":null"));
}

static void names_are_for_who_may_read_them(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct reply r = PAGE(f, "chair");
    assert_true(reply_has(&r, "วิภา บุญมา") && reply_has(&r, "สมใจ ใจดี") && reply_has(&r, "เริ่มเขียนรายงาน"));
    static const char *const others[] = {"mentor", "member", "district", "applicant"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        bool is_own = str_eq(str_of(others[i]), STR("applicant"));
        r = PAGE(f, others[i]);
        assert_int_equal(r.status, 200);
        const char *main = strstr(r.body.p, "<ol class=\"history\">");
        assert_non_null(main);
        if (strstr(main, "วิภา บุญมา") != NULL || strstr(main, "เริ่มเขียนรายงาน") != NULL) fail_msg("%s reads too much", others[i]);
        assert_true(reply_has(&r, "2570/9 · ") && reply_has(&r, "เจ้าหน้าที่กองทุน"));
        assert_int_equal(reply_has(&r, "/ledger/entries/"), !is_own); /* the voucher, for who may see it */
        r = DOOR(f, others[i]);
        assert_false(reply_has(&r, "วิภา บุญมา"));
    }
}

static struct ledger_entry_id payment(struct fixture *f, struct project_id id)
{
    int64_t entry = 0;
    char sql[200];
    snprintf(sql, sizeof sql, "SELECT MAX(entry_id) FROM project_entry WHERE project_id = %lld AND kind = 'payment'", (long long)id.v);
    assert_ok(db_scalar(f->db, sql, &entry));
    return (struct ledger_entry_id){entry};
}

static void what_is_reversed_stands_there_too_and_pages_follow(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct actor by = actor_system("system:demo");
    enum ledger_fault fault;
    struct ledger_posted posted;
    struct ledger_draft_id draft;
    struct project p;
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(project_find(f->db, f->arena, STR("D0001"), str_of(slug), &p));
    struct ledger_reversal v = {.fund_code = STR("D0001"), .entry = payment(f, p.id), .on = clock_today(), .reason = STR("twice")};
    assert_ok(ledger_post_reversal(f->db, f->arena, &by, &v, &fault, &posted, &draft));
    for (int i = 0; i < 60; i++) assert_ok(project_note_add(f->db, f->arena, &by, p.id, STR("budget"), STR("look again")));
    assert_ok(db_commit(f->db));
    struct reply r = DOOR(f, "officer");
    ptrdiff_t at = place(&r, "\"next\":\"");
    assert_false(reply_has(&r, "\"kind\":\"reversal\""));
    char second[200];
    snprintf(second, sizeof second, "/api/v1/funds/D0001/projects/SLUG/trail?cursor=%lld", strtoll(r.body.p + at + 8, NULL, 10));
    r = get(f, second, "officer");
    assert_int_equal(r.status, 200);
    assert_true(place(&r, "\"kind\":\"reversal\"") < place(&r, "\"kind\":\"payment\""));
    assert_true(reply_has(&r, "\"reverses\":\"2570/17\""));
    r = PAGE(f, "officer");
    assert_true(reply_has(&r, "/trail?cursor=") && reply_has(&r, "rel=\"next\""));
    if (r.cost.statements > BUDGET) fail_msg("%u statements", r.cost.statements);
    assert_int_equal(get(f, "/funds/D0001/projects/SLUG/trail?cursor=x", "officer").status, 400);
    assert_int_equal(fixture_get(f, "/funds/D0001/projects/none2222/trail", fixture_sign_in(f, "officer")).status, 404);
}

/* The project's course leads on, says where the signed agreement is, and where all of it stands. */
static void the_course_leads_on(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct reply r = get(f, "/funds/D0001/projects/SLUG", "auditor");
    assert_true(reply_has(&r, "ยังไม่มีสำเนาที่ลงนาม") && reply_has(&r, "ทำบันทึกข้อตกลง"));
    assert_true(reply_has(&r, "href=\"/funds/D0001/meetings/2570-2\"") && reply_has(&r, "/changes\"") && reply_has(&r, "/trail\""));
    assert_true(place(&r, "กรรมการอนุมัติ") < place(&r, "ทำบันทึกข้อตกลง"));
    r = get(f, "/funds/D0001/projects/SLUG", "applicant");
    assert_false(reply_has(&r, "href=\"/funds/D0001/meetings/2570-2\""));
    r = get(f, "/projects/SLUG", "auditor");
    assert_false(reply_has(&r, "ยังไม่มีสำเนาที่ลงนาม"));
}

/* Who works on a project in its fund comes from the page for everybody to the fund's, and keeps its menu there and in the
 * handbook; for everybody else nothing changes. */
static void the_page_for_everybody_has_a_door_inside(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    static const struct {
        const char *who;
        bool has_door, has_help_menu;
    } cases[] = {{"officer", true, true}, {"auditor", true, true}, {"mentor", true, false}, {"nation", true, false}, {"agency", false, false}};
    char inside[60];
    snprintf(inside, sizeof inside, "href=\"/funds/D0001/projects/%s\"", slug);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct reply r = get(f, "/projects/SLUG", cases[i].who);
        assert_int_equal(r.status, 200);
        if (reply_has(&r, inside) != cases[i].has_door) fail_msg("%s: the door", cases[i].who);
        if (reply_has(&r, "menu-fund") != cases[i].has_door) fail_msg("%s: the menu", cases[i].who);
        assert_true(str_eq(reply_header(&r, "Cache-Control"), STR("private, no-cache")) && str_eq(reply_header(&r, "Vary"), STR("Cookie")));
        r = fixture_get(f, "/help/payment", fixture_sign_in(f, cases[i].who));
        if (reply_has(&r, "menu-fund") != cases[i].has_help_menu) fail_msg("%s: the menu of the handbook", cases[i].who);
    }
    char target[40];
    snprintf(target, sizeof target, "/projects/%s", slug);
    struct reply r = fixture_get(f, target, "");
    assert_false(reply_has(&r, inside) || reply_has(&r, "menu-fund"));
    assert_true(str_eq(reply_header(&r, "Cache-Control"), STR("no-cache")) && str_eq(reply_header(&r, "Vary"), STR("Cookie")));
    r = fixture_get(f, "/help/payment", "");
    assert_false(reply_has(&r, "menu-fund"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(it_stands_by_time, pick),
        cmocka_unit_test(names_are_for_who_may_read_them),
        cmocka_unit_test(the_course_leads_on),
        cmocka_unit_test(the_page_for_everybody_has_a_door_inside),
        cmocka_unit_test(what_is_reversed_stands_there_too_and_pages_follow),
    };
    return FIXTURE_RUN(tests);
}
