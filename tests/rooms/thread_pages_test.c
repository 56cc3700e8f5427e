/* thread_pages_test.c — the pages of decisions, agreements, changes and entering later through app_handle(): who sees
 * them, what they cost, that a refusal is told beside its field. */
#include "tests/rooms/thread_steps.h"

static const char *at(struct fixture *f, const char *target)
{
    static struct steps_text t; /* a request empties the arena */
    t = (struct steps_text){0};
    snprintf(t.target, sizeof t.target, "%s", target);
    steps_thread(f, &t);
    return t.target;
}

static void every_page_is_there_for_who_decides(void **state)
{
    static const struct {
        const char *target, *has;
        uint32_t statements;
    } pages[] = {{"/funds/D0001/meetings/REF/proposals", "เลือกเรื่องเข้าวาระ", 9},
                 {"/funds/D0001/decisions/ITEM", "มติของที่ประชุม", 20},
                 {"/funds/D0001/projects/later", "บันทึกโครงการย้อนหลัง", 7},
                 {"/funds/D0001/projects/LATER/decide", "บันทึกย้อนหลัง", 9},
                 {"/funds/D0001/projects/LATER/agreement", "ต้องทำข้อตกลงก่อนจ่ายเงิน", 10},
                 {"/funds/D0001/projects/LATER/changes?kind=extend", "เหตุผลที่ขอ", 14},
                 {"/api/v1/funds/D0001/meetings/REF/proposals", "\"waiting\":", 9},
                 {"/api/v1/funds/D0001/projects/LATER/decisions", "\"decisions\":[", 13}};
    struct fixture *f = fixture_house();
    const char *officer = fixture_sign_in(f, "officer"), *stranger = fixture_sign_in(f, "applicant");
    int over = 0;
    (void)state;
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        const char *target = at(f, pages[i].target);
        struct reply r = fixture_get(f, target, officer);
        print_message("%-60s %3u statements\n", target, r.cost.statements);
        if (r.status != 200 || !reply_has(&r, pages[i].has)) fail_msg("%s: %d, without %s", target, r.status, pages[i].has);
        over += r.cost.statements > pages[i].statements;
        int status = fixture_get(f, target, stranger).status;
        if (status != 403 && status != 404) fail_msg("%s: a stranger gets %d", target, status);
    }
    assert_int_equal(over, 0);
}

/* A fund's own limits count from their day on; what it had before stays in sight; the page says what it means. */
static void limits_are_set_and_older_ones_stay(void **state)
{
    struct fixture *f = fixture_house();
    static const char *const target = "/funds/D0001/projects/sizes";
    const char *officer = fixture_sign_in(f, "officer"), *mentor = fixture_sign_in(f, "mentor");
    (void)state;
    struct reply r = fixture_post_as(f, target, officer, "from_d=1&from_m=10&from_y=2569&small_to=10,000&medium_to=10,000&source=&step=review");
    assert_int_equal(r.status, 400);
    assert_true(reply_has(&r, "medium_to-fault") && reply_has(&r, "source-fault") && reply_has(&r, "value=\"10,000\""));
    r = fixture_post_as(f, target, officer, "from_d=1&from_m=10&from_y=2590&small_to=5&medium_to=10&source=A&step=review");
    assert_true(r.status == 400 && reply_has(&r, "from-fault"));
    r = fixture_post_as(f, target, officer, "from_d=1&from_m=10&from_y=2569&small_to=10,000&medium_to=50,000&source=Clause+12&step=review");
    assert_true(r.status == 200 && reply_has(&r, "value=\"post\""));
    assert_true(reply_has(&r, "โครงการ 10,200.00 บาท เป็นโครงการขนาดกลาง")); /* lint: thai what it means */
    r = fixture_post_as(f, target, officer, "from_d=1&from_m=10&from_y=2569&small_to=10,000&medium_to=50,000&source=Clause+12&step=post");
    assert_int_equal(r.status, 303);
    r = fixture_post_as(f, target, officer, "from_d=1&from_m=10&from_y=2569&small_to=12,000&medium_to=50,000&source=Clause+12+again&step=post");
    assert_int_equal(r.status, 303);
    r = fixture_post_as(f, "/api/v1/funds/D0001/projects/sizes", officer,
                        "{\"from\":\"2027-10-01\",\"small_to_satang\":2000000,\"medium_to_satang\":9000000,\"source\":\"Later\"}");
    assert_int_equal(r.status, 200);
    r = fixture_get(f, target, mentor);
    assert_int_equal(r.status, 200);
    assert_in_range(r.cost.statements, 1, 6);
    assert_true(reply_has(&r, "Clause 12 again") && reply_has(&r, "10,000.00") && reply_has(&r, "20,000.00"));
    assert_true(reply_has(&r, "โครงการ 10,200.00 บาท เป็นโครงการขนาดเล็ก")); /* lint: thai of what was entered last */
    assert_true(reply_has(&r, "ยังไม่ถึงวันใช้") && reply_has(&r, "กำหนดใหม่วันเดียวกันแล้ว")); /* lint: thai states */
    assert_false(reply_has(&r, "name=\"small_to\""));
    assert_int_equal(fixture_post_as(f, target, mentor, "step=post").status, 403);
    r = fixture_post_as(f, "/api/v1/funds/D0001/projects", officer, "{\"title\":\"Walk\",\"owner_name\":\"Club\",\"owner_type\":\"4\",\"asked_satang\":1300000}");
    assert_true(r.status == 201 && reply_has(&r, "\"medium\""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_page_is_there_for_who_decides), cmocka_unit_test(limits_are_set_and_older_ones_stay)};
    return FIXTURE_RUN(tests);
}
