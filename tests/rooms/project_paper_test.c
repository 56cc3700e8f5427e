/* project_paper_test.c — the papers of a project through app_handle(): who gets them, what they say, and that a paper
 * of which there is nothing to say is not there. How they look is judged in tests/paper/run. */
#include "tests/rooms/fixture.h"

#include <stdio.h>

#include "rooms/meeting/meeting.h"
#include "rooms/project/project.h"

#define FUND "D0001"

static struct fund_id fund;
static struct actor officer_by, chair_by;
static char slugs[3][20]; /* approved with an agreement and paid; sent; a draft */
static int64_t entry, other_entry;

static struct date day(const char *iso)
{
    struct date d = {0};
    assert_ok(date_parse_iso(str_of(iso), &d));
    return d;
}

static struct actor actor_of(struct fixture *f, const char *login)
{
    char sql[200];
    int64_t id = 0;
    snprintf(sql, sizeof sql, "SELECT id FROM account WHERE login = '%s'", login);
    assert_ok(db_scalar(f->db, sql, &id));
    return (struct actor){.code = str_printf(f->arena, "account:%lld", (long long)id), .account = id};
}

static struct project get(struct fixture *f, struct project_id id)
{
    struct project p = {0};
    assert_ok(project_get(f->db, f->arena, id, &p));
    return p;
}

static struct project_id draft(struct fixture *f, const char *title)
{
    struct project_id id = {0};
    struct project_new n = {.fund_code = STR(FUND),
                            .fy = {2570},
                            .title = str_of(title),
                            .owner_name = STR("ชมรมผู้สูงอายุบ้านน้ำใส"),
                            .owner_type = STR("5"),
                            .support_type = STR("2"),
                            .issue_code = STR("older_people"),
                            .asked_about = satang(1020000)};
    assert_ok(project_add(f->db, f->arena, &officer_by, &n, &id));
    return id;
}

static struct project_id sent(struct fixture *f, const char *title)
{
    struct project_id id = draft(f, title);
    struct project p = get(f, id);
    struct project_whole w = {0};
    int64_t version = 0;
    assert_ok(project_read(f->db, f->arena, &p, &w));
    w.p.place = STR("ศาลาหมู่ 3");
    w.p.starts_on = (struct opt_date){true, day("2027-01-10")};
    w.p.ends_on = (struct opt_date){true, day("2027-03-10")};
    w.p.situation = STR("ผู้สูงอายุหกล้มบ่อย");
    w.p.method = STR("ฝึกทรงตัวทุกสัปดาห์");
    w.targets = ARENA_ARRAY(f->arena, struct project_target, 1);
    w.targets[0] = (struct project_target){.group = STR("1004"), .planned = {true, 1240}};
    w.ntargets = 1;
    w.npeople = 5;
    w.people = ARENA_ARRAY(f->arena, struct project_person, 5);
    for (size_t i = 0; i < 5; i++)
        w.people[i] = (struct project_person){.name = STR("นางอุไร ฝั้นเฝือ"), .phone = STR("0812345678")};
    w.budget = ARENA_ARRAY(f->arena, struct project_budget, 1);
    w.budget[0] = (struct project_budget){.words = STR("ค่าอาหาร"), .quantity = 1, .times = 1, .price = satang(1020000)};
    w.nbudget = 1;
    assert_ok(project_save(f->db, f->arena, &officer_by, &w,
                           PROJECT_HEAD | PROJECT_SITUATION | PROJECT_ACTIVITIES | PROJECT_TARGETS | PROJECT_PEOPLE | PROJECT_BUDGETS,
                           &version));
    assert_ok(project_send(f->db, f->arena, &officer_by, id, version));
    return id;
}

static void approve(struct fixture *f, struct project_id id)
{
    struct meeting_id m = {0};
    struct meeting_item_id item = {0};
    struct meeting held = {0};
    struct meeting_sign_id sign = {0};
    struct project_decision_id made = {0};
    struct meeting_refusal why;
    struct meeting_person people[] = {{.name = STR("นายสมชาย ใจงาม"), .is_present = true, .is_voter = true}};
    struct meeting_new n = {.fund = fund, .fy = {2570}, .number = 77, .held_on = day("2026-11-10")};
    assert_ok(meeting_add(f->db, f->arena, &officer_by, &n, &m));
    assert_ok(meeting_get(f->db, f->arena, m, &held));
    assert_ok(meeting_hold(f->db, f->arena, &officer_by, m, held.version, people, 1));
    assert_ok(meeting_item_add(f->db, f->arena, &officer_by, m, "project", id.v, STR("โครงการ"), STR_NONE, &item));
    struct project_decision d = {.project = id,
                                 .kind = STR("approve"),
                                 .item = item,
                                 .amount = {true, satang(980050)},
                                 .conditions = STR("ลดค่าอาหารว่าง"),
                                 .report_due = {true, day("2027-04-10")}};
    assert_ok(project_decide(f->db, f->arena, &officer_by, &d, &why, &made));
    assert_ok(meeting_sign_login(f->db, f->arena, &chair_by, "meeting", m.v, fund, day("2026-11-11"), &sign, &why));
}

static int64_t pay(struct fixture *f, struct str code, int64_t instalment, int64_t sum)
{
    enum ledger_fault fault = LEDGER_FINE;
    struct ledger_posted posted = {0};
    struct ledger_payment p = {.fund_code = STR(FUND),
                               .on = day("2026-11-20"),
                               .project_code = code,
                               .instalment = instalment,
                               .amount = satang(sum),
                               .reference = STR("ฎีกาที่ 5/2570"),
                               .party = STR("ชมรมผู้สูงอายุบ้านน้ำใส")};
    enum err e = ledger_post_payment(f->db, f->arena, &officer_by, &p, &fault, &posted);
    if (e != ERR_OK) fail_msg("%s: %s", err_name(e), ledger_fault_code(fault));
    return posted.id.v;
}

static void agree(struct fixture *f, struct project_id id)
{
    struct project_instalment parts[] = {{.position = 1, .amount = satang(600000), .evidence = STR("agreement")},
                                         {.position = 2, .amount = satang(380050), .evidence = STR("report")}};
    struct meeting_refusal why;
    struct project_agreement g = {.project = id,
                                  .number = STR("9/2570"),
                                  .agreed_on = day("2026-11-12"),
                                  .signer_owner = STR("นางเปี่ยมสุข ซื่อตรง"),
                                  .signer_fund = STR("นายสมชาย ใจงาม"),
                                  .instalments = parts,
                                  .ninstalments = 2};
    assert_ok(project_agree(f->db, f->arena, &officer_by, &g, &why));
}

static struct fixture *house(void)
{
    static bool is_made;
    static enum db_engine made_for;
    struct fixture *f = fixture_house();
    if (is_made && made_for == fixture_engine) return f;
    made_for = fixture_engine;
    officer_by = actor_of(f, "officer");
    chair_by = actor_of(f, "chair");
    assert_ok(db_scalar(f->db, "SELECT id FROM fund WHERE code = '" FUND "'", &fund.v));
    assert_ok(db_scalar(f->db, "SELECT MIN(e.id) FROM ledger_entry e WHERE e.kind = 'payment'", &other_entry));
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    struct project_id ids[] = {sent(f, "ป้องกันการหกล้ม"), sent(f, "รอประชุม"), draft(f, "เพิ่งเริ่มเขียน")};
    approve(f, ids[0]);
    agree(f, ids[0]);
    entry = pay(f, get(f, ids[0]).code, 1, 600000);
    for (size_t i = 0; i < 3; i++) snprintf(slugs[i], sizeof slugs[i], "%.*s", STR_FMT(get(f, ids[i]).slug));
    assert_ok(db_commit(f->db));
    arena_reset(f->arena);
    is_made = true;
    return f;
}

static const char *target_of(size_t project, const char *paper)
{
    static char target[200];
    snprintf(target, sizeof target, "/funds/" FUND "/projects/%s/%s", slugs[project], paper);
    return target;
}

static const char *receipt_of(size_t project, int64_t id)
{
    char paper[60];
    snprintf(paper, sizeof paper, "receipt.pdf?entry=%lld", (long long)id);
    return target_of(project, paper);
}

static void must_be_pdf(const struct reply *r, const char *name)
{
    if (r->status != 200) fail_msg("%d: %.*s", r->status, STR_FMT(str_first(r->body, 1000)));
    assert_true(str_eq(r->type, STR("application/pdf")));
    assert_true(str_starts(r->body, STR("%PDF-")) && str_ends(r->body, STR("%%EOF\n")));
    struct str called = reply_header(r, "Content-Disposition");
    if (str_find(called, str_of(name)) < 0) fail_msg("%.*s lacks %s", STR_FMT(called), name);
    assert_true(r->cost.statements <= 26);
}

static void must_say(struct str text, const char *const *said, size_t n)
{
    for (size_t i = 0; i < n && !str_is_none(text); i++)
        if (str_find(text, str_of(said[i])) < 0) fail_msg("lacks %s:\n%.*s", said[i], STR_FMT(text));
}
#define SAYS(text, ...) must_say((text), (const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static void each_paper_says_what_was_decided(void **state)
{
    (void)state;
    struct fixture *f = house();
    char officer[300];
    snprintf(officer, sizeof officer, "%s", fixture_sign_in(f, "officer"));
    struct reply r = fixture_get(f, target_of(0, "proposal.pdf"), officer);
    must_be_pdf(&r, "sarn-proposal-" FUND "-");
    SAYS(fixture_pdf_text(f, r.body), "แบบเสนอโครงการ (กปท. ๗)", "ป้องกันการหกล้ม", "นางอุไร ฝั้นเฝือ", "๑,๒๔๐ คน", "ครั้งที่ ๗๗/๒๕๗๐",
         "๙,๘๐๐.๕๐ บาท (เก้าพันแปดร้อยบาทห้าสิบสตางค์)", "ข้อ ๑๐(๒)", "ข้อ ๑๗(๒)", "ลงนามโดยเข้าสู่ระบบ");
    assert_int_equal(str_find(fixture_pdf_text(f, r.body), STR("0812345678")), -1);
    r = fixture_get(f, target_of(0, "agreement.pdf"), officer);
    must_be_pdf(&r, "sarn-agreement-" FUND "-");
    SAYS(fixture_pdf_text(f, r.body), "เลขที่ ๙/๒๕๗๐", "๒ งวด", "(นางเปี่ยมสุข ซื่อตรง)", "๓,๘๐๐.๕๐");
    r = fixture_get(f, target_of(0, "letter.pdf"), officer);
    must_be_pdf(&r, "sarn-letter-" FUND "-");
    SAYS(fixture_pdf_text(f, r.body), "กองทุนอนุมัติให้สนับสนุนโครงการของท่าน", "เงื่อนไข: ลดค่าอาหารว่าง", "๑๐ เมษายน ๒๕๗๐");
    r = fixture_get(f, receipt_of(0, entry), officer);
    must_be_pdf(&r, "sarn-receipt-" FUND "-");
    SAYS(fixture_pdf_text(f, r.body), "งวดที่ ๑", "(หกพันบาทถ้วน)", "ข้าพเจ้า นางเปี่ยมสุข ซื่อตรง");
    r = fixture_get(f, target_of(0, "closing.pdf"), officer);
    must_be_pdf(&r, "sarn-closing-" FUND "-");
    SAYS(fixture_pdf_text(f, r.body), "โครงการนี้ยังไม่ปิด", "๖,๐๐๐.๐๐ บาท", "กลุ่มผู้สูงอายุ");
}

static void a_paper_of_nothing_is_not_there(void **state)
{
    (void)state;
    struct fixture *f = house();
    char officer[300];
    snprintf(officer, sizeof officer, "%s", fixture_sign_in(f, "officer"));
    struct reply r = fixture_get(f, target_of(1, "proposal.pdf"), officer);
    must_be_pdf(&r, "sarn-proposal-");
    SAYS(fixture_pdf_text(f, r.body), "ยังไม่มีมติของคณะกรรมการที่ลงนามแล้ว");
    r = fixture_get(f, target_of(2, "proposal.pdf"), officer);
    SAYS(fixture_pdf_text(f, r.body), "เพิ่งเริ่มเขียน", "ไม่ได้ระบุ");
    static const char *const none[] = {"agreement.pdf", "letter.pdf", "closing.pdf"};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        assert_int_equal(fixture_get(f, target_of(1, none[i]), officer).status, 404);
    assert_int_equal(fixture_get(f, receipt_of(1, entry), officer).status, 404); /* another project's payment */
    assert_int_equal(fixture_get(f, receipt_of(0, other_entry), officer).status, 404);
    assert_int_equal(fixture_get(f, receipt_of(0, 999999999), officer).status, 404);
    r = fixture_get(f, target_of(0, "receipt.pdf"), officer); /* the last payment */
    must_be_pdf(&r, "sarn-receipt-");
    assert_int_equal(fixture_get(f, target_of(1, "receipt.pdf"), officer).status, 404);
    assert_int_equal(fixture_get(f, target_of(0, "receipt.pdf?entry=x"), officer).status, 400);
    assert_int_equal(fixture_get(f, "/funds/" FUND "/projects/zzzzzzzz/proposal.pdf", officer).status, 404);
}

/* Persons' names stand on them: for who may see the project, and for a stranger they are not there. */
static void papers_are_for_who_may_see_the_project(void **state)
{
    (void)state;
    struct fixture *f = house();
    static const char *const papers[] = {"proposal.pdf", "agreement.pdf", "letter.pdf", "closing.pdf"};
    char other[200];
    for (size_t i = 0; i < sizeof papers / sizeof papers[0]; i++) {
        assert_int_equal(fixture_get(f, target_of(0, papers[i]), "").status, 303);
        assert_int_equal(fixture_get(f, target_of(0, papers[i]), fixture_sign_in(f, "applicant")).status, 404);
        assert_int_equal(fixture_get(f, target_of(0, papers[i]), fixture_sign_in(f, "officer.d0002")).status, 403);
        snprintf(other, sizeof other, "/funds/D0002/projects/%s/%s", slugs[0], papers[i]);
        assert_int_equal(fixture_get(f, other, fixture_sign_in(f, "officer.d0002")).status, 404);
    }
    assert_int_equal(fixture_get(f, receipt_of(0, entry), fixture_sign_in(f, "applicant")).status, 404);
}

/* The work page names the papers that there are, and no other. */
static void the_work_page_leads_to_the_papers_that_there_are(void **state)
{
    (void)state;
    struct fixture *f = house();
    char officer[300], receipt[60];
    snprintf(officer, sizeof officer, "%s", fixture_sign_in(f, "officer"));
    snprintf(receipt, sizeof receipt, "receipt.pdf?entry=%lld", (long long)entry);
    char page[100];
    snprintf(page, sizeof page, "/funds/" FUND "/projects/%s", slugs[0]);
    struct reply r = fixture_get(f, page, officer);
    assert_int_equal(r.status, 200);
    assert_true(reply_has(&r, "/letter.pdf") && reply_has(&r, "/agreement.pdf") && reply_has(&r, receipt));
    assert_false(reply_has(&r, "/closing.pdf"));
    snprintf(page, sizeof page, "/funds/" FUND "/projects/%s", slugs[1]);
    r = fixture_get(f, page, officer);
    assert_true(reply_has(&r, "/proposal.pdf"));
    assert_false(reply_has(&r, "/agreement.pdf") || reply_has(&r, "/letter.pdf") || reply_has(&r, "/receipt.pdf"));
}

/* ---- all letters of a meeting ---- */

static struct meeting_id called(struct fixture *f, int64_t number)
{
    struct meeting_id m = {0};
    struct meeting held = {0};
    struct meeting_person people[] = {{.name = STR("นายสมชาย ใจงาม"), .is_present = true, .is_voter = true}};
    struct meeting_new n = {.fund = fund, .fy = {2570}, .number = number, .held_on = day("2026-11-12")};
    assert_ok(meeting_add(f->db, f->arena, &officer_by, &n, &m));
    assert_ok(meeting_get(f->db, f->arena, m, &held));
    assert_ok(meeting_hold(f->db, f->arena, &officer_by, m, held.version, people, 1));
    return m;
}

static void decide(struct fixture *f, struct meeting_id m, struct project_id id, struct project_decision d)
{
    struct project_decision_id made = {0};
    struct meeting_refusal why;
    d.project = id;
    assert_ok(meeting_item_add(f->db, f->arena, &officer_by, m, "project", id.v, get(f, id).title, STR_NONE, &d.item));
    assert_ok(project_decide(f->db, f->arena, &officer_by, &d, &why, &made));
}

static void letters_of_a_meeting_are_one_file_in_the_order_of_its_agenda(void **state)
{
    (void)state;
    struct fixture *f = house();
    char officer[300];
    struct meeting_sign_id sign = {0};
    struct meeting_refusal why;
    officer_by = actor_of(f, "officer"); /* words of actors go with the memory of each request */
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    struct project_id first = sent(f, "เรื่องแรกที่ไม่ผ่าน"), then = sent(f, "เรื่องที่สองที่ผ่าน");
    struct meeting_id m = called(f, 78);
    decide(f, m, first, (struct project_decision){.kind = STR("reject"), .reason = STR("ซ้ำกับงานของโรงพยาบาล")});
    decide(f, m, then, (struct project_decision){.kind = STR("approve"), .amount = {true, satang(500000)}});
    assert_ok(db_commit(f->db));
    snprintf(officer, sizeof officer, "%s", fixture_sign_in(f, "officer"));
    struct reply r = fixture_get(f, "/funds/" FUND "/meetings/2570-78", officer);
    assert_false(reply_has(&r, "/letters.pdf")); /* not signed: nothing is in force */
    r = fixture_get(f, "/funds/" FUND "/meetings/2570-78/letters.pdf", officer);
    must_be_pdf(&r, "sarn-letters-" FUND "-2570-78.pdf");
    SAYS(fixture_pdf_text(f, r.body), "รายงานการประชุมยังไม่ลงนาม");
    assert_int_equal(str_find(fixture_pdf_text(f, r.body), STR("เรื่องแรก")), -1);
    chair_by = actor_of(f, "chair");
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(meeting_sign_login(f->db, f->arena, &chair_by, "meeting", m.v, fund, day("2026-11-13"), &sign, &why));
    assert_ok(db_commit(f->db));
    r = fixture_get(f, "/funds/" FUND "/meetings/2570-78", officer);
    assert_true(reply_has(&r, "/funds/" FUND "/meetings/2570-78/letters.pdf"));
    r = fixture_get(f, "/funds/" FUND "/meetings/2570-78/letters.pdf", officer);
    must_be_pdf(&r, "sarn-letters-" FUND "-2570-78.pdf");
    struct str text = fixture_pdf_text(f, r.body);
    SAYS(text, "กองทุนไม่อนุมัติโครงการนี้", "ซ้ำกับงานของโรงพยาบาล", "กองทุนอนุมัติให้สนับสนุนโครงการของท่าน", "๕,๐๐๐.๐๐ บาท", "หน้า ๑/๑");
    assert_int_equal(str_find(text, STR("หน้า ๒")), -1); /* each letter counts its own pages */
    if (!str_is_none(text)) assert_true(str_find(text, STR("เรื่องแรกที่ไม่ผ่าน")) < str_find(text, STR("เรื่องที่สองที่ผ่าน")));
    struct str slug = get(f, first).slug, other = get(f, then).slug;
    SAYS(text, str_z(f->arena, slug), str_z(f->arena, other)); /* each has its own tracking code in its footer */
}

static void letters_are_for_who_works_with_the_fund(void **state)
{
    (void)state;
    struct fixture *f = house();
    static const char target[] = "/funds/" FUND "/meetings/2570-77/letters.pdf";
    assert_int_equal(fixture_get(f, target, "").status, 303);
    assert_int_equal(fixture_get(f, target, fixture_sign_in(f, "applicant")).status, 403);
    assert_int_equal(fixture_get(f, target, fixture_sign_in(f, "officer.d0002")).status, 403);
    assert_int_equal(fixture_get(f, "/funds/D0002/meetings/2570-77/letters.pdf", fixture_sign_in(f, "officer.d0002")).status, 404);
    struct reply r = fixture_get(f, target, fixture_sign_in(f, "auditor"));
    must_be_pdf(&r, "sarn-letters-" FUND "-2570-77.pdf");
    SAYS(fixture_pdf_text(f, r.body), "เงื่อนไข: ลดค่าอาหารว่าง");
}

static void english_readers_get_english_papers(void **state)
{
    (void)state;
    struct fixture *f = house();
    char cookies[300];
    snprintf(cookies, sizeof cookies, "%s; lang=en", fixture_sign_in(f, "officer"));
    struct reply r = fixture_get(f, target_of(0, "letter.pdf"), cookies);
    SAYS(fixture_pdf_text(f, r.body), "Your project is approved.", "What to do next", "(nine thousand eight hundred baht and fifty satang)");
}

/* Its paper says that it was sent, and no longer when it was taken back to be changed. */
static void a_proposal_that_was_taken_back_is_sent_by_nobody(void **state)
{
    (void)state;
    struct fixture *f = house();
    struct project p = {0};
    struct meeting_refusal why;
    char officer[300];
    snprintf(officer, sizeof officer, "%s", fixture_sign_in(f, "officer"));
    struct reply r = fixture_get(f, target_of(1, "proposal.pdf"), officer);
    SAYS(fixture_pdf_text(f, r.body), "ส่งข้อเสนอโดยเข้าสู่ระบบ");
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    struct actor by = actor_of(f, "officer");
    assert_ok(project_find(f->db, f->arena, STR(FUND), str_of(slugs[1]), &p));
    assert_ok(project_recall(f->db, f->arena, &by, p.id, p.version, &why));
    assert_ok(db_commit(f->db));
    r = fixture_get(f, target_of(1, "proposal.pdf"), officer);
    must_be_pdf(&r, "sarn-proposal-");
    assert_int_equal(str_find(fixture_pdf_text(f, r.body), STR("ส่งข้อเสนอโดยเข้าสู่ระบบ")), -1);
}

/* The clause is that of the announcement in force; of a year for which none is known the kind of support stands alone. */
static void a_clause_that_is_not_known_is_not_named(void **state)
{
    (void)state;
    struct fixture *f = house();
    char officer[300], sql[120];
    snprintf(officer, sizeof officer, "%s", fixture_sign_in(f, "officer"));
    struct reply r = fixture_get(f, target_of(2, "proposal.pdf"), officer);
    SAYS(fixture_pdf_text(f, r.body), "ข้อ ๑๐(๒)", "หลักประกันสุขภาพแห่งชาติที่ใช้ในปีงบประมาณ ๒๕๗๐");
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    snprintf(sql, sizeof sql, "UPDATE project SET fy = 2548 WHERE slug = '%s'", slugs[2]);
    assert_ok(db_script(f->db, sql));
    assert_ok(db_commit(f->db));
    r = fixture_get(f, target_of(2, "proposal.pdf"), officer);
    must_be_pdf(&r, "sarn-proposal-");
    assert_int_equal(str_find(fixture_pdf_text(f, r.body), STR("แห่งชาติที่ใช้ในปีงบประมาณ")), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_paper_says_what_was_decided),
        cmocka_unit_test(a_paper_of_nothing_is_not_there),
        cmocka_unit_test(papers_are_for_who_may_see_the_project),
        cmocka_unit_test(the_work_page_leads_to_the_papers_that_there_are),
        cmocka_unit_test(letters_of_a_meeting_are_one_file_in_the_order_of_its_agenda),
        cmocka_unit_test(letters_are_for_who_works_with_the_fund),
        cmocka_unit_test(english_readers_get_english_papers),
        cmocka_unit_test(a_proposal_that_was_taken_back_is_sent_by_nobody),
        cmocka_unit_test(a_clause_that_is_not_known_is_not_named),
    };
    return FIXTURE_RUN(tests);
}
