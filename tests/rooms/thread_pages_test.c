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
                 {"/funds/D0001/decisions/ITEM", "มติของที่ประชุม", 21},
                 {"/funds/D0001/projects/later", "บันทึกโครงการย้อนหลัง", 7},
                 {"/funds/D0001/projects/LATER/decide", "บันทึกย้อนหลัง", 9},
                 {"/funds/D0001/projects/LATER/agreement", "ต้องทำข้อตกลงก่อนจ่ายเงิน", 12},
                 {"/funds/D0001/projects/LATER/later/paper", "นำเข้ามติที่ลงนามแล้ว", 12},
                 {"/funds/D0001/projects/LATER/changes?kind=extend", "เหตุผลที่ขอ", 14},
                 {"/api/v1/funds/D0001/meetings/REF/proposals", "\"waiting\":", 9},
                 {"/api/v1/funds/D0001/projects/LATER/decisions", "\"waits_for_paper\":true", 15}};
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

/* Fills `out` with where steps_thread() leads this target, and `slug` with whose it is. */
static void lead(struct fixture *f, const char *target, char *out, size_t n, char slug[20])
{
    snprintf(out, n, "%s", at(f, target));
    snprintf(slug, 20, "%.8s", strstr(out, "/projects/") + strlen("/projects/"));
}

static int64_t newest_sign(struct fixture *f, const char *thing)
{
    int64_t sign = 0;
    struct str sql = str_printf(f->arena, "SELECT MAX(id) FROM meeting_sign WHERE thing = '%s'", thing);
    assert_ok(db_scalar(f->db, str_z(f->arena, sql), &sign));
    return sign;
}

/* An agreement's scan: brought by one, seen by another, never by who brought it. */
static void an_agreement_on_paper_is_seen_by_another(void **state)
{
    struct fixture *f = fixture_house();
    char bring[200], target[200], body[300], slug[20];
    (void)state;
    lead(f, "/funds/D0001/projects/LATER/agreement/paper", bring, sizeof bring, slug);
    const char *officer = fixture_sign_in(f, "officer"), *secretary = fixture_sign_in(f, "secretary");
    struct reply r = fixture_get(f, bring, officer);
    assert_true(r.status == 200 && reply_has(&r, "type=\"file\""));
    assert_in_range(r.cost.statements, 1, 12);
    r = fixture_post_as(f, bring, officer, "--paper\r\nContent-Disposition: form-data; name=\"names\"\r\n\r\n\r\n--paper--\r\n");
    assert_true(r.status == 400 && reply_has(&r, "names-fault") && reply_has(&r, "scan-fault") && reply_has(&r, "signed_on-fault"));
    r = fixture_post_as(f, bring, officer, STEPS_SCAN_BODY);
    assert_int_equal(r.status, 303);
    snprintf(target, sizeof target, "/funds/D0001/projects/%s/agreement", slug);
    r = fixture_get(f, target, officer);
    assert_true(r.status == 200 && reply_has(&r, "Somsri, Prasit") && reply_has(&r, "รออีกคนตรวจ")); /* lint: thai waits */
    assert_false(reply_has(&r, "/agreement/seen")); /* not by who brought it */
    r = fixture_get(f, "/work", secretary);
    assert_true(reply_has(&r, "รอคนที่สองตรวจ")); /* lint: thai it waits for the other */
    snprintf(body, sizeof body, "sign=%lld", (long long)newest_sign(f, "project_agreement"));
    snprintf(target, sizeof target, "/funds/D0001/projects/%s/agreement/seen", slug);
    r = fixture_post_as(f, target, officer, body);
    assert_int_equal(r.status, 400);
    r = fixture_post_as(f, target, secretary, "sign=1");
    assert_int_equal(r.status, 400);
    r = fixture_post_as(f, target, secretary, body);
    assert_int_equal(r.status, 303);
    snprintf(target, sizeof target, "/funds/D0001/projects/%s/agreement", slug);
    r = fixture_get(f, target, officer);
    assert_true(reply_has(&r, "ผู้ตรวจเอกสาร") && reply_has(&r, "/agreement/files/")); /* lint: thai who saw it */
    snprintf(target, sizeof target, "/funds/D0001/projects/%s/agreement/files/[[none]]", slug);
    assert_int_equal(fixture_get(f, target, officer).status, 404);
    snprintf(target, sizeof target, "/api/v1/funds/D0001/projects/%s/decisions", slug);
    r = fixture_get(f, target, officer);
    assert_true(reply_has(&r, "\"is_seen\":true"));
    snprintf(target, sizeof target, "/funds/D0001/projects/%s", slug);
    r = fixture_get(f, target, secretary);
    assert_true(reply_has(&r, "ข้อตกลงที่ลงนามแล้ว")); /* lint: thai among its papers */
    assert_false(reply_has(&r, "ข้อตกลงที่สิ้นสุดแล้ว")); /* lint: thai none was ended */
    /* what a correction ends stays on the record, with its paper */
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(db_script(f->db, "UPDATE project_agreement SET ended_at = recorded_at WHERE id = (SELECT MAX(id) FROM project_agreement)"));
    assert_ok(db_commit(f->db));
    r = fixture_get(f, target, secretary);
    assert_true(reply_has(&r, "ข้อตกลงที่สิ้นสุดแล้ว") && !reply_has(&r, "ข้อตกลงที่ลงนามแล้ว")); /* lint: thai among its papers */
    snprintf(target, sizeof target, "/funds/D0001/projects/%s/agreement", slug);
    r = fixture_get(f, target, secretary);
    assert_true(r.status == 200 && reply_has(&r, "id=\"ended\"") && reply_has(&r, "Somsri, Prasit") && reply_has(&r, "/agreement/files/"));
    snprintf(target, sizeof target, "/api/v1/funds/D0001/projects/%s/decisions", slug);
    r = fixture_get(f, target, officer);
    assert_true(reply_has(&r, "\"agreement\":null,\"agreements_ended\":[{") && reply_has(&r, "\"ended_on\":"));
}

/* The chair alone, on paper: in force when another has seen it. */
static void an_urgent_approval_on_paper_is_seen_by_another(void **state)
{
    struct fixture *f = fixture_house();
    char bring[200], target[200], body[300], slug[20];
    (void)state;
    lead(f, "/funds/D0001/projects/SENT/urgent/paper", bring, sizeof bring, slug);
    const char *officer = fixture_sign_in(f, "officer");
    struct reply r = fixture_post_as(f, bring, officer, STEPS_URGENT_BODY("other"));
    assert_true(r.status == 400 && reply_has(&r, "amount-fault"));
    r = fixture_post_as(f, bring, officer, STEPS_URGENT_BODY("amount"));
    assert_int_equal(r.status, 303);
    r = fixture_get(f, bring, fixture_sign_in(f, "member"));
    assert_true(reply_has(&r, "เก้าร้อยบาทถ้วน") && reply_has(&r, "/urgent/seen")); /* lint: thai in words */
    snprintf(body, sizeof body, "{\"sign\": %lld}", (long long)newest_sign(f, "project_decision"));
    snprintf(target, sizeof target, "/api/v1/funds/D0001/projects/%s/urgent/seen", slug);
    r = fixture_post_as(f, target, officer, body);
    assert_int_equal(r.status, 400);
    r = fixture_post_as(f, target, fixture_sign_in(f, "member"), body);
    assert_true(r.status == 200 && reply_has(&r, "\"state\":\"approved\"") && reply_has(&r, "\"signed_how\":\"paper\""));
    r = fixture_get(f, bring, officer);
    assert_true(r.status == 200 && !reply_has(&r, "type=\"file\""));
}

/* One person's word that it was approved pays nothing: the signed minutes are brought, and seen by another. */
static struct reply minutes_are_seen(struct fixture *f, const char *page, const char *officer, const char *other)
{
    char target[240], body[60];
    snprintf(target, sizeof target, "%s/later/paper", page);
    struct reply r = fixture_post_as(f, target, officer, STEPS_SCAN_BODY);
    assert_int_equal(r.status, 303);
    snprintf(target, sizeof target, "%s/later/seen", page);
    snprintf(body, sizeof body, "sign=%lld", (long long)newest_sign(f, "project_decision"));
    return fixture_post_as(f, target, other, body);
}

static void what_was_entered_later_waits_for_its_minutes(void **state)
{
    struct fixture *f = fixture_house();
    char page[200], target[240], slug[20], body[60];
    const char *officer = fixture_sign_in(f, "officer"), *secretary = fixture_sign_in(f, "secretary");
    (void)state;
    lead(f, "/funds/D0001/projects/LATER", page, sizeof page, slug);
    struct reply r = fixture_get(f, page, officer);
    assert_true(reply_has(&r, "นำเข้ารายงานการประชุมที่ลงนามแล้ว ให้อีกคน") && reply_has(&r, "/later/paper\"")); /* lint: thai what is to be done */
    assert_false(reply_has(&r, "/pay\""));
    assert_in_range(r.cost.statements, 1, 32);
    r = minutes_are_seen(f, page, officer, officer);
    assert_int_equal(r.status, 400); /* not by who brought it */
    r = fixture_get(f, page, secretary);
    assert_true(reply_has(&r, "รออีกคนในกองทุนเปิดดู")); /* lint: thai it was brought */
    r = fixture_get(f, "/work", secretary);
    assert_true(reply_has(&r, "มติที่ลงนามแล้วรอคนที่สองตรวจ")); /* lint: thai on the list of who may see it */
    snprintf(target, sizeof target, "%s/later/paper", page);
    r = fixture_get(f, target, officer);
    assert_true(r.status == 200 && reply_has(&r, "Somsri, Prasit") && !reply_has(&r, "/later/seen"));
    r = fixture_get(f, target, secretary);
    assert_true(reply_has(&r, "หนึ่งหมื่นบาทถ้วน") && reply_has(&r, "9/2569") && reply_has(&r, "/later/seen")); /* lint: thai in words */
    snprintf(target, sizeof target, "/api/v1/funds/D0001/projects/%s/later/seen", slug);
    snprintf(body, sizeof body, "{\"sign\": %lld}", (long long)newest_sign(f, "project_decision"));
    r = fixture_post_as(f, target, secretary, body);
    assert_true(r.status == 200 && reply_has(&r, "\"waits_for_paper\":false") && reply_has(&r, "\"signed_how\":\"paper\""));
    snprintf(target, sizeof target, "%s/later/paper", page);
    r = fixture_get(f, target, officer);
    assert_true(r.status == 200 && !reply_has(&r, "type=\"file\""));
    r = fixture_post_as(f, target, officer, STEPS_SCAN_BODY);
    assert_true(r.status == 400 && reply_has(&r, "ไม่ได้รอการอนุมัติ")); /* lint: thai nothing waits any more */
    snprintf(target, sizeof target, "%s/later/files/[[none]]", page);
    assert_int_equal(fixture_get(f, target, officer).status, 404);
    /* one that a meeting is still to decide on has no such door */
    lead(f, "/funds/D0001/projects/SENT/later/paper", target, sizeof target, slug);
    r = fixture_post_as(f, target, officer, STEPS_SCAN_BODY);
    assert_int_equal(r.status, 400);
}

/* A request that somebody else changed meanwhile is not withdrawn: told beside the form, and still open. */
static void a_stale_request_is_not_withdrawn(void **state)
{
    struct fixture *f = fixture_house();
    char target[200], api[220], page[200];
    (void)state;
    snprintf(target, sizeof target, "%s", at(f, "/funds/D0001/projects/LATER/changes/CHANGE/withdraw"));
    snprintf(api, sizeof api, "/api/v1%s", target);
    const char *officer = fixture_sign_in(f, "officer");
    struct reply r = fixture_post_as(f, target, officer, "version=99");
    assert_true(r.status == 400 && reply_has(&r, "มีผลไปแล้วหรือถูกถอนแล้ว")); /* lint: thai why not */
    r = fixture_post_as(f, api, officer, "{\"version\": 99}");
    assert_true(r.status == 400 && reply_has(&r, "\"version\""));
    assert_int_equal(fixture_post_as(f, target, officer, "version=1").status, 303);
    snprintf(page, sizeof page, "%.*s", (int)(strstr(target, "/changes/") - target), target);
    assert_int_equal(fixture_post_as(f, target, officer, "version=2").status, 400); /* it is over */
    assert_int_equal(fixture_get(f, page, officer).status, 200);
}

/* Money for long-term care: the same two persons, on pages of its own; the page of a project's promise is the project's. */
static void a_promise_without_a_project_waits_for_its_paper(void **state)
{
    struct fixture *f = fixture_house();
    char target[200], body[100], page[200];
    int64_t own = 0, id = 0;
    (void)state;
    snprintf(target, sizeof target, "%s", at(f, "/funds/D0001/ledger/promises/PROMISE/paper"));
    const char *officer = fixture_sign_in(f, "officer"), *secretary = fixture_sign_in(f, "secretary");
    struct reply r = fixture_get(f, "/funds/D0001/ledger/commitments/show?project=CARE-1&book=ltc", officer);
    assert_true(r.status == 200 && reply_has(&r, target) && !reply_has(&r, "payments/new?project=CARE-1"));
    r = fixture_get(f, target, officer);
    assert_true(r.status == 200 && reply_has(&r, "type=\"file\"") && reply_has(&r, "แปดพันบาทถ้วน")); /* lint: thai in words */
    assert_in_range(r.cost.statements, 1, 10);
    r = fixture_post_as(f, target, officer, "--paper\r\nContent-Disposition: form-data; name=\"names\"\r\n\r\n\r\n--paper--\r\n");
    assert_true(r.status == 400 && reply_has(&r, "names-fault") && reply_has(&r, "scan-fault"));
    r = fixture_post_as(f, target, officer, STEPS_SCAN_BODY);
    assert_int_equal(r.status, 303);
    r = fixture_get(f, target, officer);
    assert_true(reply_has(&r, "Somsri, Prasit") && !reply_has(&r, "/seen\"")); /* not by who brought it */
    r = fixture_get(f, "/work", secretary);
    assert_true(reply_has(&r, "เงินดูแลระยะยาว 1 รายการ") && reply_has(&r, target)); /* lint: thai it waits for the other */
    r = fixture_get(f, "/work", officer);
    assert_false(reply_has(&r, "เงินดูแลระยะยาว")); /* lint: thai not for who brought it */
    assert_ok(db_scalar(f->db, "SELECT MAX(id) FROM ledger_commitment", &id));
    snprintf(page, sizeof page, "/funds/D0001/ledger/promises/%lld/seen", (long long)id);
    snprintf(body, sizeof body, "sign=%lld", (long long)newest_sign(f, "ledger_commitment"));
    assert_int_equal(fixture_post_as(f, page, officer, body).status, 400);
    assert_int_equal(fixture_post_as(f, page, secretary, "sign=1").status, 400);
    assert_int_equal(fixture_post_as(f, page, secretary, body).status, 303);
    r = fixture_get(f, target, officer);
    assert_true(reply_has(&r, "/files/") && !reply_has(&r, "type=\"file\""));
    r = fixture_get(f, "/funds/D0001/ledger/commitments/show?project=CARE-1&book=ltc", officer);
    assert_true(reply_has(&r, "payments/new?project=CARE-1"));
    snprintf(page, sizeof page, "/funds/D0001/ledger/promises/%lld/files/999999", (long long)id);
    assert_int_equal(fixture_get(f, page, officer).status, 404);
    /* another fund's, none, and a project's */
    snprintf(page, sizeof page, "/funds/D0001/ledger/promises/[[SELECT MIN(c.id) FROM ledger_commitment c JOIN ledger_book b ON b.id = c.book_id "
             "JOIN fund x ON x.id = b.fund_id WHERE x.code <> 'D0001']]/paper");
    assert_int_equal(fixture_get(f, page, officer).status, 404);
    assert_int_equal(fixture_get(f, "/funds/D0001/ledger/promises/none/paper", officer).status, 404);
    assert_ok(db_scalar(f->db, "SELECT MIN(p.commitment_id) FROM project p JOIN fund x ON x.id = p.fund_id WHERE x.code = 'D0001'", &own));
    snprintf(page, sizeof page, "/funds/D0001/ledger/promises/%lld/paper", (long long)own);
    assert_int_equal(fixture_get(f, page, officer).status, 303);
    assert_int_equal(fixture_post_as(f, page, officer, STEPS_SCAN_BODY).status, 404);
}

/* What cannot be paid today has no button: before the agreement, and while every instalment waits for its report. */
static void the_next_step_can_be_done(void **state)
{
    struct fixture *f = fixture_house();
    const char *officer = fixture_sign_in(f, "officer");
    static char page[200], agree[220];
    (void)state;
    snprintf(page, sizeof page, "%s", at(f, "/funds/D0001/projects/LATER"));
    snprintf(agree, sizeof agree, "%s/agreement", page);
    struct reply r = fixture_get(f, page, officer);
    assert_int_equal(r.status, 200);
    assert_true(reply_has(&r, "/agreement\">ทำบันทึกข้อตกลง") && !reply_has(&r, "/pay\">"));
    r = fixture_post_as(f, agree, officer,
                        "number=7&agreed_on_d=22&agreed_on_m=11&agreed_on_y=2569&signer_owner=a&signer_fund=b&mode=parts"
                        "&amount_1=40%25&evidence_1=report&amount_2=&evidence_2=final_report&step=review");
    assert_true(r.status == 200 && reply_has(&r, "<span class=\"figure\">")); /* the sum is looked over before it is agreed on */
    r = fixture_post_as(f, agree, officer,
                        "number=7&agreed_on_d=22&agreed_on_m=11&agreed_on_y=2569&signer_owner=a&signer_fund=b&mode=parts"
                        "&amount_1=40%25&evidence_1=report&amount_2=&evidence_2=final_report&step=post");
    assert_int_equal(r.status, 303);
    r = fixture_get(f, page, officer);
    assert_true(!reply_has(&r, "/agreement\">ทำบันทึกข้อตกลง") && !reply_has(&r, "/pay\">"));
    assert_true(reply_has(&r, "ยังจ่ายเงินไม่ได้ นำเข้ารายงานการประชุมที่ลงนามแล้ว"));
    r = minutes_are_seen(f, page, officer, fixture_sign_in(f, "secretary"));
    assert_int_equal(r.status, 303);
    r = fixture_get(f, page, officer);
    assert_true(reply_has(&r, "งวดที่ 1 จ่ายได้เมื่อกองทุนรับรองรายงาน"));
    r = fixture_get(f, agree, officer);
    assert_true(reply_has(&r, "แบ่งจ่ายเป็นงวด") && !reply_has(&r, "/pay\">"));
    /* suspended it waits for nothing but the committee */
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(db_script(f->db, str_z(f->arena, str_printf(f->arena, "UPDATE project SET state = 'suspended' WHERE slug = '%s'", strrchr(page, '/') + 1))));
    assert_ok(db_commit(f->db));
    r = fixture_get(f, page, officer);
    assert_true(reply_has(&r, "ระงับไว้ชั่วคราว ยังไม่จ่ายเงิน") && !reply_has(&r, "งวดที่ 1 จ่ายได้เมื่อกองทุนรับรองรายงาน")); /* lint: thai */
}

/* A slip of the hand is asked about; what was written anew before the signing is not told of the project. */
static void a_sum_above_what_was_asked_is_meant(void **state)
{
    struct fixture *f = fixture_house();
    const char *officer = fixture_sign_in(f, "officer");
    static char item[200], project[60];
    (void)state;
    snprintf(item, sizeof item, "%s", at(f, "/funds/D0001/decisions/ITEM"));
    struct reply r = fixture_post_as(f, item, officer, "kind=approve&amount=100&report_due_d=1&report_due_m=10&report_due_y=2565");
    assert_true(r.status == 400 && reply_has(&r, "id=\"report_due-fault\"") && !reply_has(&r, "id=\"kind-fault\"")); /* before it was decided */
    r = fixture_post_as(f, item, officer, "kind=reject");
    assert_true(r.status == 400 && reply_has(&r, "id=\"reason-fault\""));
    r = fixture_post_as(f, item, officer, "kind=approve&amount=99,999,999");
    assert_true(r.status == 400 && reply_has(&r, "amount-fault") && reply_has(&r, "name=\"is_meant\"") && reply_has(&r, "99,999,999"));
    r = fixture_post_as(f, item, officer, "kind=approve&amount=99,999,999&is_meant=1");
    assert_int_equal(r.status, 303);
    r = fixture_get(f, item, officer);
    assert_true(reply_has(&r, "99,999,999.00"));
    ptrdiff_t link = str_find(r.body, STR("<main"));
    assert_true(link >= 0);
    struct str body = {r.body.p + link, r.body.n - (size_t)link};
    link = str_find(body, STR("/funds/D0001/projects/"));
    assert_true(link >= 0);
    snprintf(project, sizeof project, "%.*s", (int)strlen("/funds/D0001/projects/12345678"), body.p + link);
    r = fixture_get(f, project, officer);
    assert_true(r.status == 200 && reply_has(&r, "99,999,999.00"));
    r = fixture_post_as(f, item, officer, "kind=approve&amount=9,000");
    assert_int_equal(r.status, 303);
    r = fixture_get(f, project, officer);
    assert_true(r.status == 200 && reply_has(&r, "9,000.00") && !reply_has(&r, "99,999,999"));
}

/* Who only reads is told whose it is to write; before the meeting's day everybody is told to wait, not that it is signed. */
static void a_decision_that_cannot_be_written_says_why(void **state)
{
    struct fixture *f = fixture_house();
    const char *officer = fixture_sign_in(f, "officer"), *chair = fixture_sign_in(f, "chair");
    static char item[200];
    (void)state;
    snprintf(item, sizeof item, "%s", at(f, "/funds/D0001/decisions/ITEM"));
    struct reply r = fixture_get(f, item, chair);
    assert_true(r.status == 200 && reply_has(&r, "บันทึกโดยเจ้าหน้าที่หรือเลขานุการ") && !reply_has(&r, "การประชุมนี้ลงนามแล้ว"));
    assert_true(reply_has(&r, "/meetings\" aria-current=\"page\""));
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(db_script(f->db, "UPDATE meeting SET held_on = '2027-03-01', state = 'called' WHERE state IN ('called', 'held')"));
    assert_ok(db_commit(f->db));
    r = fixture_get(f, item, officer);
    assert_true(r.status == 200 && reply_has(&r, "ยังไม่ถึงวันประชุม") && !reply_has(&r, "การประชุมนี้ลงนามแล้ว"));
    r = fixture_get(f, "/funds/D0001/projects/later", officer);
    assert_true(r.status == 200 && reply_has(&r, "/proposals\" aria-current=\"page\"")); /* not the list that is for everybody */
    r = fixture_get(f, "/funds/D0001/years/2570/plan", officer);
    assert_true(r.status == 200 && reply_has(&r, "/ledger\" aria-current=\"page\""));
}

/* The same list leads an auditor to the whole of a project, and everybody else to its public page. */
static void a_list_leads_to_what_its_reader_may_see(void **state)
{
    struct fixture *f = fixture_house();
    (void)state;
    struct reply r = fixture_get(f, "/funds/D0001/projects", fixture_sign_in(f, "auditor"));
    assert_true(r.status == 200 && reply_has(&r, "href=\"/funds/D0001/projects/") && !reply_has(&r, "href=\"/projects/"));
    const char *others[] = {"", fixture_sign_in(f, "applicant")};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        r = fixture_get(f, "/funds/D0001/projects", others[i]);
        assert_true(r.status == 200 && reply_has(&r, "href=\"/projects/"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_page_is_there_for_who_decides), cmocka_unit_test(limits_are_set_and_older_ones_stay),
                                       cmocka_unit_test(an_agreement_on_paper_is_seen_by_another),
                                       cmocka_unit_test(an_urgent_approval_on_paper_is_seen_by_another),
                                       cmocka_unit_test(what_was_entered_later_waits_for_its_minutes),
                                       cmocka_unit_test(a_promise_without_a_project_waits_for_its_paper),
                                       cmocka_unit_test(the_next_step_can_be_done),
                                       cmocka_unit_test(a_sum_above_what_was_asked_is_meant),
                                       cmocka_unit_test(a_decision_that_cannot_be_written_says_why),
                                       cmocka_unit_test(a_list_leads_to_what_its_reader_may_see),
                                       cmocka_unit_test(a_stale_request_is_not_withdrawn)};
    return FIXTURE_RUN(tests);
}
