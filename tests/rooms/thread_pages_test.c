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

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_page_is_there_for_who_decides)};
    return FIXTURE_RUN(tests);
}
