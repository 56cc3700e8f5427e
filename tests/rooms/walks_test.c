/* walks_test.c — what first-time users stumbled over (docs/walks), as they met it: a link leads to what its reader may
 * see, a paper says who signed and from what to what, a fund has a telephone. */
#include "tests/rooms/fixture.h"

#include <stdio.h>

#include "rooms/fund/fund_import.h"
#include "rooms/fund/fund_read.h"
#include "rooms/project/project.h"

static const char *path_of(struct fixture *f, const char *where, const char *tail)
{
    static char path[200];
    char sql[300];
    struct project p = {0};
    snprintf(sql, sizeof sql, "SELECT MIN(p.id) FROM project p JOIN fund f ON f.id = p.fund_id WHERE f.code = 'D0001' AND %s", where);
    assert_ok(db_scalar(f->db, sql, &p.id.v));
    assert_ok(project_get(f->db, f->arena, p.id, &p));
    snprintf(path, sizeof path, "/funds/D0001/projects/%.*s%s", STR_FMT(p.slug), tail);
    return path;
}

/* What waits for a decision is counted for everybody and listed for those who may list it. */
static void states_lead_to_what_their_reader_may_see(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct reply r = fixture_get(f, "/funds/D0001/money", NULL);
    assert_true(reply_has(&r, "/funds/D0001/projects?fy=2570&amp;state=running"));
    assert_false(reply_has(&r, "state=sent"));
    r = fixture_get(f, "/funds/D0001/money", fixture_sign_in(f, "officer"));
    assert_true(reply_has(&r, "/funds/D0001/proposals?fy=2570&amp;state=sent"));
    r = fixture_get(f, "/funds/D0001/proposals?fy=2570&state=sent", fixture_sign_in(f, "officer"));
    assert_true(r.status == 200 && reply_has(&r, "/funds/D0001/projects/"));
    r = fixture_get(f, "/areas/9001", fixture_sign_in(f, "applicant"));
    assert_false(reply_has(&r, "state=sent"));
}

static void a_list_is_of_the_issue_that_was_asked_for(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct reply all = fixture_get(f, "/funds/D0001/projects?fy=2570", NULL), one = fixture_get(f, "/funds/D0001/projects?fy=2570&issue=older_people", NULL);
    assert_int_equal(one.status, 200);
    assert_true(reply_has(&one, "name=\"issue\" value=\"older_people\"")); /* another year of the same issue */
    assert_true(reply_has(&one, "/projects/") && one.body.n < all.body.n);
    assert_int_equal(fixture_get(f, "/funds/D0001/projects?issue=none", NULL).status, 400);
}

/* Only what clause 10(5) knows is urgent: there is no page to bring a paper of anything else. */
static void only_type_five_is_urgent(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    const char *secretary = fixture_sign_in(f, "secretary");
    struct reply r = fixture_get(f, path_of(f, "p.state = 'sent' AND p.support_type_code <> '5'", "/urgent/paper"), secretary);
    assert_int_equal(r.status, 404);
}

static void the_first_page_has_the_funds_menu(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct reply r = fixture_get(f, "/work", fixture_sign_in(f, "officer"));
    assert_true(reply_has(&r, "href=\"/funds/D0001/ledger\"") && reply_has(&r, "href=\"/funds/D0001/meetings\""));
    r = fixture_get(f, "/work", fixture_sign_in(f, "district")); /* who has many funds has no one's menu */
    assert_false(reply_has(&r, "class=\"menu-fund\""));
}

/* From the book to the project, and back. */
static void the_book_and_its_projects_lead_to_each_other(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    const char *officer = fixture_sign_in(f, "officer");
    struct reply r = fixture_get(f, "/funds/D0001/ledger?fy=2570", officer);
    assert_true(reply_has(&r, "/funds/D0001/projects/called?code="));
    r = fixture_get(f, path_of(f, "p.state = 'running' AND p.commitment_id IS NOT NULL", ""), officer);
    assert_true(reply_has(&r, "/funds/D0001/ledger/commitments/show?project="));
    assert_true(reply_has(&r, "/trail\">ใครแก้ไขอะไร")); /* a page of its own, which is printed */
}

static void minutes_say_who_signed(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    int64_t fy = 0, number = 0;
    char path[100];
    static const char of[] = "FROM meeting m JOIN fund u ON u.id = m.fund_id JOIN meeting_sign s ON s.id = m.sign_id "
                             "WHERE u.code = 'D0001' AND s.how = 'login' AND m.held_on >= '2026-10-01'";
    char sql[400];
    snprintf(sql, sizeof sql, "SELECT MAX(m.number) %s", of);
    assert_ok(db_scalar(f->db, sql, &number));
    snprintf(sql, sizeof sql, "SELECT MAX(m.fy) %s", of);
    assert_ok(db_scalar(f->db, sql, &fy));
    snprintf(path, sizeof path, "/funds/D0001/meetings/%lld-%lld", (long long)fy, (long long)number);
    struct reply r = fixture_get(f, path, fixture_sign_in(f, "auditor"));
    assert_int_equal(r.status, 200);
    assert_true(reply_has(&r, "ประธานกรรมการกองทุน ลงนามโดยเข้าสู่ระบบ เมื่อ"));
    /* What was agreed, from what to what. */
    assert_true(reply_has(&r, " ขอ แก้ไขรายละเอียด: พื้นที่ดำเนินการ จาก "));
    /* Who asked for how much stands beside what was given. */
    assert_true(reply_has(&r, "กลุ่มจิตอาสาสุขภาพบางม่วง ขอ 34,000.00 บาท</p>"));
    assert_true(reply_has(&r, "ประธานอนุมัติเร่งด่วน 40,000.00 บาท เมื่อ "));
    snprintf(path, sizeof path, "/api/v1/funds/D0001/meetings/%lld-%lld", (long long)fy, (long long)number);
    r = fixture_get(f, path, fixture_sign_in(f, "auditor"));
    assert_int_equal(r.status, 200);
    assert_true(reply_has(&r, "\"signed_by\":\"") && reply_has(&r, "ประธานกรรมการกองทุน ลงนามโดยเข้าสู่ระบบ เมื่อ"));
}

static void a_projects_course_says_what_was_changed(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    static const char amended[] = "EXISTS (SELECT 1 FROM project_change c WHERE c.project_id = p.id AND c.kind = 'amend' AND c.state = 'agreed')";
    struct reply r = fixture_get(f, path_of(f, amended, ""), fixture_sign_in(f, "officer"));
    assert_int_equal(r.status, 200);
    assert_true(reply_has(&r, "แก้ไขรายละเอียด: พื้นที่ดำเนินการ จาก "));
}

static void a_fund_has_a_telephone(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    const char *officer = fixture_sign_in(f, "officer");
    struct reply r = fixture_get(f, "/funds/D0001", officer);
    assert_true(reply_has(&r, "/funds/D0001/phone"));
    r = fixture_post_as(f, "/funds/D0001/phone", officer, "phone=ask+us");
    assert_true(r.status == 400 && reply_has(&r, "id=\"phone-fault\"") && reply_has(&r, "value=\"ask us\""));
    r = fixture_post_as(f, "/funds/D0001/phone", officer, "phone=%E0%B9%90%E0%B9%97%E0%B9%94-123456"); /* Thai digits */
    assert_int_equal(r.status, 303);
    r = fixture_get(f, "/funds/D0001", NULL);
    assert_true(reply_has(&r, "074-123456"));
    assert_false(reply_has(&r, "/funds/D0001/phone"));
    r = fixture_get(f, "/api/v1/funds/D0001", NULL);
    assert_true(reply_has(&r, "\"phone\":\"074-123456\""));
    r = fixture_get(f, path_of(f, "p.state = 'sent'", "/slip"), officer);
    assert_true(reply_has(&r, "074-123456"));
    assert_int_equal(fixture_get(f, "/funds/D0002/phone", officer).status, 403);
    r = fixture_post_as(f, "/api/v1/funds/D0001/phone", officer, "{\"phone\": \"\"}");
    assert_true(r.status == 200 && reply_has(&r, "\"phone\":null"));
}

static void nothing_said(void *ctx, struct str line)
{
    (void)ctx;
    fail_msg("%.*s", STR_FMT(line));
}

/* What is exported is a file that the import takes, and then says the same. */
static void an_export_is_imported_again(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct buf out = buf_in(f->arena, 200000), again = buf_in(f->arena, 200000);
    struct fund_import_report report = {0};
    struct fund_import_options options = {.fy = fiscal_year(2569), .certainty = STR("S"), .file_name = STR("funds.csv")};
    int64_t rows = 0;
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(db_script(f->db, "UPDATE fund SET phone = '074-123456' WHERE code = 'D0001'"));
    assert_ok(fund_export_csv(f->db, f->arena, fiscal_year(2569), &out, &rows));
    assert_ok(db_script(f->db, "UPDATE fund SET phone = NULL"));
    assert_ok(fund_import(f->db, f->arena, buf_str(&out), &options, nothing_said, NULL, &report));
    assert_int_equal(report.refused, 0);
    assert_int_equal(report.taken + report.unchanged, rows);
    assert_ok(fund_export_csv(f->db, f->arena, fiscal_year(2569), &again, &rows));
    assert_true(str_eq(buf_str(&out), buf_str(&again)));
    assert_true(str_find(buf_str(&again), STR("074-123456")) > 0);
    db_rollback(f->db);
}

/* Decided one after the other, by the meeting's own way; what waits says what it is. */
static void an_agenda_is_gone_through(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    char path[100], body[200];
    int64_t meeting = 0, first = 0, second = 0;
    const char *secretary = fixture_sign_in(f, "secretary");
    assert_ok(db_scalar(f->db, "SELECT MAX(m.id) FROM meeting m JOIN fund u ON u.id = m.fund_id WHERE u.code = 'D0001' AND m.state = 'called'", &meeting));
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(db_script(f->db, "UPDATE meeting SET held_on = '2026-11-22' WHERE state = 'called' AND held_on > '2026-11-22'"));
    assert_ok(db_commit(f->db));
    snprintf(body, sizeof body, "SELECT MIN(id) FROM meeting_item WHERE thing = 'project' AND meeting_id = %lld", (long long)meeting);
    assert_ok(db_scalar(f->db, body, &first));
    snprintf(body, sizeof body, "SELECT MIN(id) FROM meeting_item WHERE thing = 'project_change' AND meeting_id = %lld", (long long)meeting);
    assert_ok(db_scalar(f->db, body, &second));
    snprintf(path, sizeof path, "/funds/D0001/decisions/%lld", (long long)first);
    struct reply r = fixture_post_as(f, path, secretary, "kind=defer&reason=later");
    assert_int_equal(r.status, 303);
    r = fixture_get(f, path, secretary);
    snprintf(body, sizeof body, "<a class=\"button\" href=\"/funds/D0001/decisions/%lld\">เรื่องถัดไป: ", (long long)second);
    assert_true(r.status == 200 && reply_has(&r, body));
    assert_true(reply_has(&r, "/funds/D0001/meetings\">การประชุม"));
    snprintf(path, sizeof path, "/funds/D0001/decisions/%lld", (long long)second);
    assert_int_equal(fixture_post_as(f, path, secretary, "kind=refuse_change&reason=no").status, 303);
    r = fixture_get(f, path, secretary);
    assert_true(reply_has(&r, "บันทึกมติครบทุกเรื่องแล้ว"));
    r = fixture_get(f, path_of(f, "p.state = 'rejected'", "/letter.pdf"), secretary);
    struct str text = fixture_pdf_text(f, r.body);
    assert_true(str_find(text, STR("รหัสติดตาม")) >= 0 && str_find(text, STR("รหัสโครงการ")) < 0);
}

/* What both sides read together before it is signed and recorded: on paper, with what is known filled in. */
static void an_agreement_is_printed_before_it_is_recorded(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    const char *page = path_of(f, "p.title = 'ฟื้นฟูสมรรถภาพคนพิการบางม่วง'", "/agreement");
    assert_ok(db_begin(f->db, DB_TXN_WRITE)); /* the demo numbers by ids, which each engine gives in its own way */
    assert_ok(db_script(f->db, "UPDATE ledger_commitment SET agreement_no = '41/2570' WHERE agreement_no LIKE '%/2570'"));
    assert_ok(db_commit(f->db));
    const char *officer = fixture_sign_in(f, "secretary");
    struct reply r = fixture_get(f, page, officer);
    assert_int_equal(r.status, 200);
    assert_true(reply_has(&r, "value=\"สมบัติ แก้วใส (สาธิต)\"")); /* in the chair that day */
    assert_true(reply_has(&r, "value=\"42/2570\"")); /* the next of the fund's order */
    assert_true(reply_has(&r, "value=\"draft\" formtarget=\"_blank\""));
    r = fixture_post_as(f, page, officer, "step=draft&mode=parts&amount_1=50%25&evidence_1=agreement&evidence_2=report&number=");
    assert_int_equal(r.status, 200);
    struct str text = fixture_pdf_text(f, r.body);
    assert_true(str_find(text, STR("ร่างนี้พิมพ์ก่อนบันทึก")) >= 0);
    assert_true(str_find(text, STR("๑๗,๐๐๐.๐๐")) >= 0);
    assert_true(str_find(text, STR("เลขที่ ......")) >= 0);
    r = fixture_get(f, page, officer); /* and nothing is written */
    assert_true(reply_has(&r, "value=\"draft\""));
    r = fixture_post_as(f, page, officer, "step=draft&mode=parts&amount_1=x&evidence_1=agreement");
    assert_true(r.status == 400 && reply_has(&r, "id=\"amount_1-fault\""));
}

/* A change that was agreed later does not make the committee look as if it had seen it. */
static void a_decision_shows_what_the_committee_saw(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    static const char amended[] = "p.id = (SELECT MIN(c.project_id) FROM project_change c WHERE c.kind = 'amend' AND c.state = 'agreed')";
    const char *page = path_of(f, amended, "/proposal.pdf");
    const char *auditor = fixture_sign_in(f, "auditor");
    char sql[400], path[100];
    int64_t item = 0;
    struct reply r = fixture_get(f, page, auditor);
    assert_int_equal(r.status, 200);
    struct str text = fixture_pdf_text(f, r.body);
    assert_true(str_find(text, STR("แก้ไขภายหลังการพิจารณา")) >= 0);
    assert_true(str_find(text, STR("พื้นที่ดำเนินการ: ศาลาประชาคมหมู่บ้าน")) >= 0);
    snprintf(sql, sizeof sql, "SELECT MIN(d.meeting_item_id) FROM project_decision d JOIN project p ON p.id = d.project_id "
                              "WHERE d.kind = 'approve' AND %s", amended);
    assert_ok(db_scalar(f->db, sql, &item));
    snprintf(path, sizeof path, "/funds/D0001/decisions/%lld", (long long)item);
    r = fixture_get(f, path, auditor);
    assert_int_equal(r.status, 200);
    assert_true(reply_has(&r, "id=\"since\"") && reply_has(&r, "แก้ไขภายหลังเมื่อ "));
    assert_true(reply_has(&r, "<dd class=\"lines\">ศาลาประชาคมหมู่บ้าน<small>"));
    /* Of a project that nobody changed there is nothing to say. */
    r = fixture_get(f, path_of(f, "p.title = 'ฟื้นฟูสมรรถภาพคนพิการบางม่วง'", "/proposal.pdf"), auditor);
    assert_true(str_find(fixture_pdf_text(f, r.body), STR("แก้ไขภายหลังการพิจารณา")) < 0);
}

/* An old promise may be paid: with a caution where its report is overdue and its days are over, on the form and before it is
 * booked, and the way to its reports. */
static void an_old_promise_is_paid_with_a_caution(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    const char *officer = fixture_sign_in(f, "officer");
    struct reply r = fixture_get(f, "/funds/D0001/ledger/payments/new?project=68-D0001-2-09", officer);
    assert_int_equal(r.status, 200);
    assert_true(reply_has(&r, "ครบกำหนดส่งรายงานเมื่อ") && reply_has(&r, "ระยะเวลาของโครงการสิ้นสุดเมื่อ"));
    assert_true(reply_has(&r, "/reports\">ดูรายงานของโครงการ"));
    assert_true(reply_has(&r, "<summary>เลือกโครงการอื่น") && reply_has(&r, "name=\"date_y\"") && reply_has(&r, "value=\"2569\""));
    r = fixture_post_as(f, "/funds/D0001/ledger/payments", officer,
                        "book=main&project_code=68-D0001-2-09&amount=100&date_d=22&date_m=11&date_y=2569&party=a&reference=b&step=review");
    assert_int_equal(r.status, 200);
    assert_true(reply_has(&r, "ครบกำหนดส่งรายงานเมื่อ") && reply_has(&r, "/reports\">ดูรายงานของโครงการ") && reply_has(&r, "value=\"post\""));
    assert_true(reply_has(&r, "href=\"/help/payment\"")); /* the help of the form stays beside its review */
    r = fixture_get(f, "/funds/D0001/ledger/payments/new?project=70-D0001-2-10", officer);
    assert_false(reply_has(&r, "ครบกำหนดส่งรายงานเมื่อ"));
    r = fixture_get(f, "/funds/D0001/ledger/payments/new", officer);
    assert_false(reply_has(&r, "<summary>เลือกโครงการอื่น"));
}

/* One rule for the page and the list: of one sum that was reported nothing of which was paid, all may be; once some was, the
 * rest goes back. */
static void what_is_reported_and_unpaid_may_be_paid(void **state)
{
    (void)state;
    struct project_payable x = {.state = PROJECT_REPORTED, .left = satang(100)};
    assert_true(project_is_payable(&x));
    x.is_paid = true;
    assert_false(project_is_payable(&x));
    x.has_parts = x.has_open_part = true;
    assert_true(project_is_payable(&x));
    x.is_held = true;
    assert_false(project_is_payable(&x));
}

/* What was never approved owes no report on a day. */
static void no_report_is_due_of_what_was_refused(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    static const char *const states[] = {"rejected", "cancelled", "draft"};
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
        char target[100];
        snprintf(target, sizeof target, "/funds/D0001/proposals?state=%s", states[i]);
        struct reply r = fixture_get(f, target, fixture_sign_in(f, "officer"));
        assert_true(r.status == 200 && reply_has(&r, "/funds/D0001/projects/"));
        const char *cell = strstr(r.body.p, "<td data-label=\"ส่งรายงานภายใน\">");
        assert_non_null(cell);
        assert_memory_equal(cell + strlen("<td data-label=\"ส่งรายงานภายใน\">"), "–", strlen("–"));
    }
}

/* Each "change" of a small proposal leads to its own field, which is there. */
static void a_part_is_changed_at_its_field(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    static char review[200], edit[200];
    static const char *const fields[] = {"title", "issue", "situation", "targets", "starts", "method", "asked"};
    snprintf(review, sizeof review, "%s", path_of(f, "p.state = 'draft' AND p.size = 'small'", "/edit/review"));
    snprintf(edit, sizeof edit, "%s", path_of(f, "p.state = 'draft' AND p.size = 'small'", "/edit/one"));
    struct reply r = fixture_get(f, review, fixture_sign_in(f, "officer"));
    assert_int_equal(r.status, 200);
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        char link[60];
        snprintf(link, sizeof link, "/edit/one#%s\"", fields[i]);
        if (!reply_has(&r, link)) fail_msg("%s is not led to", fields[i]);
    }
    r = fixture_get(f, edit, fixture_sign_in(f, "officer"));
    assert_int_equal(r.status, 200);
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        char id[60];
        snprintf(id, sizeof id, "id=\"%s\"", fields[i]);
        if (!reply_has(&r, id)) fail_msg("%s is not there", fields[i]);
    }
}

/* Nobody registers or proposes as the fund's own office, nor asks for a type that has no name; who decides may. */
static void a_villager_is_offered_what_a_villager_may_be(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    static const char *const office = "<option value=\"6\"";
    struct reply r = fixture_get(f, "/register?fund=D0001", NULL);
    assert_true(r.status == 200 && reply_has(&r, "<option value=\"5\"") && !reply_has(&r, office));
    r = fixture_get(f, "/funds/D0001/projects/new", fixture_sign_in(f, "applicant"));
    assert_true(r.status == 200 && reply_has(&r, "<option value=\"5\"") && !reply_has(&r, office));
    r = fixture_get(f, "/funds/D0001/projects/new", fixture_sign_in(f, "officer"));
    assert_true(reply_has(&r, office));
}

/* The second book is closed month by month, too: the secretary's list says so. */
static void the_second_book_waits_in_the_list(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct reply r = fixture_get(f, "/work", fixture_sign_in(f, "secretary"));
    assert_true(reply_has(&r, "ถึงเวลาปิดบัญชี LTC") && reply_has(&r, "/ledger/months?book=ltc"));
    r = fixture_get(f, "/funds/D0001/ledger?book=ltc", fixture_sign_in(f, "secretary"));
    assert_true(reply_has(&r, "<h1>เงินบัญชี LTC ปีงบประมาณ 2570") && reply_has(&r, "<th scope=\"row\">ยกมา"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(states_lead_to_what_their_reader_may_see),
        cmocka_unit_test(a_list_is_of_the_issue_that_was_asked_for),
        cmocka_unit_test(only_type_five_is_urgent),
        cmocka_unit_test(the_first_page_has_the_funds_menu),
        cmocka_unit_test(the_book_and_its_projects_lead_to_each_other),
        cmocka_unit_test(minutes_say_who_signed),
        cmocka_unit_test(a_projects_course_says_what_was_changed),
        cmocka_unit_test(a_fund_has_a_telephone),
        cmocka_unit_test(a_decision_shows_what_the_committee_saw),
        cmocka_unit_test(an_agenda_is_gone_through),
        cmocka_unit_test(an_agreement_is_printed_before_it_is_recorded),
        cmocka_unit_test(an_old_promise_is_paid_with_a_caution),
        cmocka_unit_test(what_is_reported_and_unpaid_may_be_paid),
        cmocka_unit_test(no_report_is_due_of_what_was_refused),
        cmocka_unit_test(a_part_is_changed_at_its_field),
        cmocka_unit_test(a_villager_is_offered_what_a_villager_may_be),
        cmocka_unit_test(the_second_book_waits_in_the_list),
        cmocka_unit_test(an_export_is_imported_again),
    };
    return FIXTURE_RUN(tests);
}
