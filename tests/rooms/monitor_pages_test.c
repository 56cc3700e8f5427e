/* monitor_pages_test.c — reports through their pages: a programme's report entered as it happened and read back letter by
 * letter; photos that come twice, cut, wrong; who may see what. Photos go through the real helper. */
#include "tests/rooms/monitor_fixture.h"
#include "tests/rooms/report_2563.h"

#include "app/app_internal.h"
#include "image/image.h"
#include "rooms/account/account.h"

/* A multipart body, piece by piece. */
static void part(struct buf *b, const char *name, struct str value)
{
    buf_printf(b, "--cut\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n", name);
    buf_put(b, value);
    BUF_LIT(b, "\r\n");
}

static void file_part(struct buf *b, const char *filename, struct str bytes)
{
    buf_printf(b, "--cut\r\nContent-Disposition: form-data; name=\"photos\"; filename=\"%s\"\r\nContent-Type: image/jpeg\r\n\r\n", filename);
    buf_put(b, bytes);
    BUF_LIT(b, "\r\n");
}

static struct reply send(struct fixture *f, const char *target, const char *session, struct buf *b)
{
    BUF_LIT(b, "--cut--\r\n");
    struct fixture_request r = {WEB_POST, target, session, NULL, "Content-Type: multipart/form-data; boundary=cut"};
    return fixture_send_bytes(f, &r, buf_str(b));
}

static struct buf *form_of(struct fixture *f, struct arena *own, const char *session, struct buf *b)
{
    *b = buf_in(own, (size_t)9 << 20);
    part(b, "csrf", str_copy(own, fixture_csrf(f, session)));
    return b;
}

static const char *target_of(struct arena *own, const struct reply *r)
{
    struct str to = reply_header(r, "Location");
    assert_int_equal(r->status, 303);
    return str_z(own, str_copy(own, to));
}

/* ---- a programme's report ---- */

static void test_programme_report_letter_by_letter(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct arena *own = arena_new((size_t)64 << 20);
    struct buf b;
    char session[200];
    snprintf(session, sizeof session, "%s", fixture_sign_in(f, "agency"));
    struct reply r = fixture_post_as(f, "/programmes", session, "code=PT-4&title=โครงการบูรณาการขับเคลื่อนงานสร้างเสริมสุขภาวะ+เขต+4&owner_name=สถาบันนโยบายสาธารณะ+(สนส.+ม.อ.)&area=R4");
    assert_int_equal(r.status, 303);
    r = fixture_post_as(f, "/programmes/PT-4/reports/new", session, "about=other");
    assert_string_equal(target_of(own, &r), "/programmes/PT-4/reports/1?step=what");
    (void)form_of(f, own, session, &b);
    part(&b, "version", STR("1")), part(&b, "step", STR("what")), part(&b, "title", STR("ประชุมคณะทำงานโครงการบูรณาการการขับเคลื่อนงานสร้างเสริมสุขภาวะ ระดับเขต (ครั้งที่ 2)"));
    part(&b, "on_d", STR("20")), part(&b, "on_m", STR("7")), part(&b, "on_y", STR("๒๕๖๓"));
    part(&b, "reporter_name", STR("ภานิชา")), part(&b, "reporter_area", STR("เขต 4")), part(&b, "go", STR("next"));
    r = send(f, "/programmes/PT-4/reports/1", session, &b);
    assert_string_equal(target_of(own, &r), "/programmes/PT-4/reports/1?step=done");
    (void)form_of(f, own, session, &b);
    part(&b, "version", STR("2")), part(&b, "step", STR("done")), part(&b, "planned", STR(""));
    part(&b, "done", str_of(report_done)), part(&b, "go", STR("next"));
    r = send(f, "/programmes/PT-4/reports/1", session, &b);
    assert_string_equal(target_of(own, &r), "/programmes/PT-4/reports/1?step=result");
    (void)form_of(f, own, session, &b);
    part(&b, "version", STR("3")), part(&b, "step", STR("result")), part(&b, "output", str_of(report_output));
    part(&b, "outcome", STR("")), part(&b, "outcome_same", STR("1")), part(&b, "conclusion", STR("")), part(&b, "conclusion_same", STR("1")), part(&b, "problems", STR("")), part(&b, "go", STR("save"));
    r = send(f, "/programmes/PT-4/reports/1", session, &b);
    assert_int_equal(r.status, 303);
    assert_int_equal(fixture_get(f, "/programmes/PT-4/reports/1", "").status, 404); /* a draft is its writer's */
    r = fixture_post_as(f, "/programmes/PT-4/reports/1/send", session, "version=4");
    assert_int_equal(r.status, 303);
    r = fixture_get(f, "/programmes/PT-4/reports/1", "");
    assert_int_equal(r.status, 200);
    assert_true(reply_has(&r, report_done) && reply_has(&r, report_output));
    assert_true(reply_has(&r, "20 กรกฎาคม 2563") && reply_has(&r, "ภานิชา") && reply_has(&r, "เขต 4"));
    assert_true(reply_has(&r, "เหมือนข้างบน") && reply_has(&r, "สถาบันนโยบายสาธารณะ (สนส. ม.อ.)"));
    struct monitor_programme g;
    struct monitor_report m;
    assert_ok(monitor_programme_find(f->db, f->arena, STR("PT-4"), &g));
    assert_ok(monitor_find_programme(f->db, f->arena, g.id, 1, &m));
    assert_true(str_eq(m.done, str_of(report_done)) && str_eq(m.output, str_of(report_output)));
    assert_true(str_eq(m.outcome, m.output) && str_eq(m.conclusion, m.output));
    assert_int_equal(fixture_post_as(f, "/programmes/PT-4/reports/1/send", session, "version=5").status, 409); /* once */
    assert_int_equal(fixture_post_as(f, "/programmes/PT-4/reports/new", fixture_sign_in(f, "region"), "about=other").status, 404);
    arena_free(own);
}

/* A programme may end on the day on which it starts, not before; without either day, too. */
static void test_a_programme_ends_after_it_starts(void **state)
{
    static const struct {
        const char *code, *days;
        int status;
    } cases[] = {{"E-1", "&starts_on_d=2&starts_on_m=10&starts_on_y=2569&ends_on_d=1&ends_on_m=10&ends_on_y=2569", 400},
                 {"E-2", "&starts_on_d=2&starts_on_m=10&starts_on_y=2569&ends_on_d=2&ends_on_m=10&ends_on_y=2569", 303},
                 {"E-3", "&ends_on_d=1&ends_on_m=10&ends_on_y=2569", 303},
                 {"E-4", "&starts_on_d=2&starts_on_m=10&starts_on_y=2569", 303},
                 {"E-5", "", 303}};
    struct fixture *f = fixture_house();
    char body[300];
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        snprintf(body, sizeof body, "code=%s&title=Walks&owner_name=Club&area=R4%s", cases[i].code, cases[i].days);
        struct reply r = fixture_post_as(f, "/programmes", fixture_sign_in(f, "agency"), body);
        if (r.status != cases[i].status) fail_msg("%s: %d", cases[i].code, r.status);
        assert_int_equal(reply_has(&r, "id=\"ends_on-fault\""), cases[i].status == 400);
    }
}

static void test_a_visit_by_json_is_told_as_done(void **state)
{
    struct fixture *f = fixture_house();
    (void)state;
    struct reply r = fixture_post_as(f, "/api/v1/funds/D0001/visits", fixture_sign_in(f, "mentor"), "{\"on\": \"2026-11-20\", \"seen\": \"Going well\"}");
    assert_true(r.status == 201 && reply_has(&r, "\"done\":true"));
}

/* ---- photos ---- */

static const char door[] = "/api/v1/funds/D0001/projects/photomon/reports/1/photos";

static void begin_project(struct fixture *f)
{
    int64_t applicant = 0;
    assert_ok(db_scalar(f->db, "SELECT id FROM account WHERE login = 'applicant'", &applicant));
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    (void)mf_running(f, &(struct mf_wish){"D0001", "70-D0001-2-97", "Photos", applicant, 30000});
    assert_ok(db_script(f->db, "UPDATE project SET slug = 'photomon' WHERE code = '70-D0001-2-97'"));
    assert_ok(db_commit(f->db));
}

static int64_t count_photos(struct fixture *f)
{
    int64_t n = 0;
    assert_ok(db_scalar(f->db, "SELECT COUNT(*) FROM monitor_photo p JOIN monitor_report r ON r.id = p.report_id "
                               "JOIN project j ON j.id = r.project_id WHERE j.slug = 'photomon'", &n));
    return n;
}

static void test_photos_come_once(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct arena *own = arena_new((size_t)64 << 20);
    struct buf b;
    char session[200];
    image_helper_program(SARN_PROGRAM);
    begin_project(f);
    snprintf(session, sizeof session, "%s", fixture_sign_in(f, "applicant"));
    assert_int_equal(fixture_post_as(f, "/funds/D0001/projects/photomon/reports/new", session, "about=1").status, 303);
    struct reply list = fixture_get(f, "/funds/D0001/projects/photomon/reports", session);
    assert_true(reply_has(&list, "/funds/D0001/projects/photomon/reports/1") && reply_has(&list, "ฉบับร่าง"));
    list = fixture_get(f, "/funds/D0001/projects/photomon/reports", fixture_sign_in(f, "auditor"));
    assert_false(reply_has(&list, "/photomon/reports/1"));
    struct str jpeg = mf_jpeg(own, 900, 600, 120, true);
    for (int i = 0; i < 2; i++) { /* sent again after a line that was cut: with its key, and with a new one */
        (void)form_of(f, own, session, &b);
        part(&b, "idempotency_key", i == 0 ? STR("photo-0001") : STR("photo-0002")), file_part(&b, "a.jpg", jpeg);
        struct reply r = send(f, door, session, &b);
        if (r.status != 201) fail_msg("%d %.*s", r.status, STR_FMT(r.body));
        assert_int_equal(count_photos(f), 1);
    }
    (void)form_of(f, own, session, &b); /* cut in the middle: refused, the first stays */
    file_part(&b, "b.jpg", str_first(jpeg, jpeg.n / 2));
    assert_int_equal(send(f, door, session, &b).status, 400);
    (void)form_of(f, own, session, &b);
    file_part(&b, "c.jpg", STR("MZ not a picture"));
    assert_int_equal(send(f, door, session, &b).status, 400);
    assert_int_equal(count_photos(f), 1);
    for (uint32_t n = 1; n < 200; n++) { /* any step failing: nothing, and then once */
        (void)form_of(f, own, session, &b);
        part(&b, "idempotency_key", STR("photo-0003")), file_part(&b, "d.jpg", mf_jpeg(own, 640, 480, 200, false));
        pool_fail_at(f->app->pool, 0, n);
        struct reply r = send(f, door, session, &b);
        pool_fail_at(f->app->pool, 0, 0);
        assert_int_equal(count_photos(f), r.status == 201 ? 2 : 1);
        if (r.status == 201) break;
        assert_int_equal(r.status, 503);
    }
    struct project p;
    struct monitor_report m;
    assert_ok(project_find(f->db, f->arena, STR("D0001"), STR("photomon"), &p));
    assert_ok(monitor_find(f->db, f->arena, p.id, 1, &m));
    assert_int_equal(m.nphotos, 2);
    assert_true(str_eq(m.photos[0].taken_at, STR("2026-11-21 09:30:00")));
    assert_int_equal(m.photos[0].lat_x1e6.v, 7008333);
    assert_false(m.photos[0].is_public);
    struct reply r = fixture_get(f, "/funds/D0001/projects/photomon/reports/1", session);
    assert_true(reply_has(&r, "21 พฤศจิกายน 2569 เวลา 09:30 น.") && !reply_has(&r, "2026-11-21"));
    r = fixture_get(f, "/work", session); /* a report that was begun is gone on with, not begun again */
    assert_true(reply_has(&r, "/projects/photomon/reports/1\"") && !reply_has(&r, "/projects/photomon/reports/new\""));
    arena_free(own);
}

static void test_a_fault_loses_no_photo(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct arena *own = arena_new((size_t)64 << 20);
    struct buf b;
    char session[200];
    int64_t before = count_photos(f);
    assert_int_equal(before, 2);
    snprintf(session, sizeof session, "%s", fixture_sign_in(f, "applicant"));
    (void)form_of(f, own, session, &b);
    part(&b, "version", STR("9")), part(&b, "step", STR("photos")), part(&b, "go", STR("photos"));
    file_part(&b, "e.jpg", mf_jpeg(own, 320, 240, 30, false));
    struct reply r = send(f, "/funds/D0001/projects/photomon/reports/1", session, &b);
    assert_int_equal(r.status, 409); /* somebody else saved the words: the photo is kept all the same */
    assert_int_equal(count_photos(f), 3);
    arena_free(own);
}

static int64_t photo_says(struct fixture *f, const char *what)
{
    int64_t n = -1;
    struct str sql = str_printf(f->arena, "SELECT %s FROM monitor_photo p JOIN monitor_report r ON r.id = p.report_id "
                                          "JOIN project j ON j.id = r.project_id WHERE j.slug = 'photomon'", what);
    assert_ok(db_scalar(f->db, str_z(f->arena, sql), &n));
    return n;
}

/* A form that somebody else overtook: its captions, who may see a photo and what it takes out are not done. */
static void test_a_stale_form_changes_no_photo(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct arena *own = arena_new((size_t)64 << 20);
    struct buf b;
    char session[200];
    int64_t version = 0;
    snprintf(session, sizeof session, "%s", fixture_sign_in(f, "applicant"));
    assert_ok(db_scalar(f->db, "SELECT r.version FROM monitor_report r JOIN project j ON j.id = r.project_id WHERE j.slug = 'photomon'", &version));
    for (int i = 0; i < 2; i++) { /* with the version of a moment ago; then with the one that stands */
        (void)form_of(f, own, session, &b);
        part(&b, "version", str_printf(own, "%lld", (long long)version - 1 + i)), part(&b, "step", STR("photos")), part(&b, "go", STR("save"));
        part(&b, "caption_1", STR("stale")), part(&b, "shown_1", STR("1"));
        part(&b, "caption_2", STR("")), part(&b, "removed_2", STR("1")), part(&b, "caption_3", STR("")), part(&b, "removed_3", STR("1"));
        struct reply r = send(f, "/funds/D0001/projects/photomon/reports/1", session, &b);
        assert_int_equal(r.status, i == 0 ? 409 : 303);
        assert_int_equal(count_photos(f), i == 0 ? 3 : 1);
        assert_int_equal(photo_says(f, "COUNT(CASE WHEN p.caption = 'stale' THEN 1 END)"), i);
        assert_int_equal(photo_says(f, "COUNT(CASE WHEN p.is_public = 1 THEN 1 END)"), i);
    }
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(db_script(f->db, "UPDATE monitor_photo SET caption = NULL, is_public = 0 WHERE position = 1"));
    assert_ok(db_commit(f->db));
    arena_free(own);
}

static void test_who_sees_a_photo(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    static const char inside[] = "/funds/D0001/projects/photomon/reports/1/photos/1?small=1", outside[] = "/projects/photomon/reports/1/photos/1";
    struct reply r = fixture_get(f, inside, fixture_sign_in(f, "applicant"));
    assert_int_equal(r.status, 200);
    assert_true(str_eq(r.type, STR("image/jpeg")));
    assert_true(str_find(r.body, STR("Exif")) < 0);
    assert_true(fixture_get(f, inside, "").status != 200);
    assert_int_equal(fixture_get(f, outside, "").status, 404); /* a draft's */
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(db_script(f->db, "UPDATE monitor_report SET state = 'accepted', done = 'call 081-234-5678', on_date = '2026-11-05' "
                               "WHERE project_id = (SELECT id FROM project WHERE slug = 'photomon')"));
    assert_ok(db_commit(f->db));
    assert_int_equal(fixture_get(f, outside, "").status, 404); /* not for everybody */
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(db_script(f->db, "UPDATE monitor_photo SET is_public = 1 WHERE position = 1"));
    assert_ok(db_commit(f->db));
    assert_int_equal(fixture_get(f, outside, "").status, 200);
    r = fixture_get(f, "/projects/photomon", "");
    assert_int_equal(r.status, 200);
    assert_true(reply_has(&r, "class=\"crumbs\"") && reply_has(&r, "/projects\">")); /* the way back of who came by a QR */
    assert_true(reply_has(&r, "/projects/photomon/reports/1/photos/1?small=1"));
    assert_false(reply_has(&r, "081-234-5678"));
    r = fixture_get(f, "/projects/photomon/reports/1", "");
    assert_int_equal(r.status, 200);
    assert_false(reply_has(&r, "081-234-5678"));
    assert_false(reply_has(&r, "สมใจ"));
    assert_int_equal(fixture_get(f, "/funds/D0009/projects/photomon/reports/1", fixture_sign_in(f, "officer.d0009")).status, 404);
}

static bool waits_for(struct fixture *f, const char *login)
{
    struct reply r = fixture_get(f, "/work", fixture_sign_in(f, login));
    assert_int_equal(r.status, 200);
    return reply_has(&r, "มีรายงานรอตรวจรับ");
}

/* The officer writes by JSON, the secretary only presses "send": neither accepts it, and the page says why. The chair or a
 * member does, whose list says that it waits. */
static void test_who_wrote_or_sent_does_not_accept(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    char officer[200], secretary[200];
    static const char report[] = "/funds/D0001/projects/handmon/reports/1";
    static const char path[] = "/funds/D0001/projects/handmon/reports/1/accept", api[] = "/api/v1/funds/D0001/projects/handmon/reports/1/accept";
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    (void)mf_running(f, &(struct mf_wish){"D0001", "70-D0001-2-94", "Hands", 0, 30000});
    assert_ok(db_script(f->db, "UPDATE project SET slug = 'handmon' WHERE code = '70-D0001-2-94'"));
    assert_ok(db_script(f->db, "UPDATE monitor_report SET state = 'accepted' WHERE state = 'sent' AND project_id IS NOT NULL"));
    assert_ok(db_commit(f->db));
    snprintf(officer, sizeof officer, "%s", fixture_sign_in(f, "officer"));
    snprintf(secretary, sizeof secretary, "%s", fixture_sign_in(f, "secretary"));
    struct reply r = fixture_post_as(f, "/api/v1/funds/D0001/projects/handmon/reports", officer,
                                     "{\"kind\":\"activity\",\"title\":\"อบรม\",\"done\":\"อบรมแล้ว\",\"on\":\"2026-11-05\"}");
    assert_int_equal(r.status, 201);
    assert_int_equal(fixture_post_as(f, "/funds/D0001/projects/handmon/reports/1/send", secretary, "version=1").status, 303);
    const char *hands[] = {officer, secretary};
    for (int i = 0; i < 2; i++) {
        r = fixture_get(f, report, hands[i]);
        assert_true(reply_has(&r, "ท่านเป็นผู้เขียน แก้ หรือส่งรายงานนี้") && !reply_has(&r, path));
        assert_int_equal(fixture_post_as(f, api, hands[i], "{\"version\":2}").status, 400);
        r = fixture_post_as(f, path, hands[i], "version=2");
        assert_int_equal(r.status, 400);
        assert_true(reply_has(&r, "ท่านเป็นผู้เขียน แก้ หรือส่งรายงานนี้"));
    }
    assert_false(waits_for(f, "officer") || waits_for(f, "secretary")); /* not their work */
    static const char *const committee[] = {"chair", "member"};
    for (int i = 0; i < 2; i++) {
        assert_true(waits_for(f, committee[i]));
        r = fixture_get(f, report, fixture_sign_in(f, committee[i]));
        assert_true(reply_has(&r, path));
        r = fixture_get(f, "/funds/D0001/projects/handmon/close", fixture_sign_in(f, committee[i]));
        assert_int_equal(r.status, 200);
        assert_false(reply_has(&r, "action=\"/funds/D0001/projects/handmon/close\"")); /* closing is the staff's */
    }
    assert_int_equal(fixture_post_as(f, "/funds/D0001/projects/handmon/reports/1/return", fixture_sign_in(f, "member"), "version=2&reason=ขาดรูป").status, 303);
    assert_int_equal(fixture_post_as(f, "/funds/D0001/projects/handmon/reports/1/send", secretary, "version=3").status, 303);
    assert_int_equal(fixture_post_as(f, path, fixture_sign_in(f, "chair"), "version=4").status, 303);
    assert_false(waits_for(f, "chair") || waits_for(f, "member"));
    /* A report in which the officer had no hand is the officer's to accept, and waits on that list; the chair who had one, not. */
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(db_script(f->db, "UPDATE monitor_hand SET account_no = (SELECT id FROM account WHERE login = 'chair') "
                               "WHERE account_no = (SELECT id FROM account WHERE login = 'officer')"));
    assert_ok(db_script(f->db, "UPDATE monitor_report SET state = 'sent', accepted_by = NULL, accepted_at = NULL "
                               "WHERE project_id = (SELECT id FROM project WHERE slug = 'handmon')"));
    assert_ok(db_commit(f->db));
    assert_true(waits_for(f, "officer"));
    assert_false(waits_for(f, "chair"));
    assert_int_equal(fixture_post_as(f, path, fixture_sign_in(f, "chair"), "version=5").status, 400);
    r = fixture_get(f, report, officer);
    assert_true(reply_has(&r, path));
    assert_int_equal(fixture_post_as(f, path, officer, "version=5").status, 303);
}

static void test_the_closing_page_says_what_must_come_back(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    static const char page[] = "/funds/D0001/projects/handmon/close", due[] = "มีมติให้เรียกเงินคืน ยังต้องรับเงินคืนอีก 5,000.00 บาท";
    char officer[200];
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(db_script(f->db, "UPDATE project SET state = 'reported' WHERE slug = 'handmon'"));
    assert_ok(db_script(f->db, "INSERT INTO project_change (project_id, kind, reason, before_json, after_json, amount_satang, until_satang, state, recorded_at, version) "
                               "SELECT id, 'claw_back', 'x', '{}', '{}', 500000, 500000, 'agreed', 1, 1 FROM project WHERE slug = 'handmon'"));
    assert_ok(db_commit(f->db));
    snprintf(officer, sizeof officer, "%s", fixture_sign_in(f, "officer"));
    struct reply r = fixture_get(f, page, officer);
    assert_int_equal(r.status, 200);
    assert_true(reply_has(&r, due) && !reply_has(&r, "action=\"/funds/D0001/projects/handmon/close\""));
    r = fixture_post_as(f, page, officer, "on_d=22&on_m=11&on_y=2569");
    assert_int_equal(r.status, 400);
    assert_true(reply_has(&r, due));
    r = fixture_post_as(f, "/api/v1/funds/D0001/projects/handmon/close", officer, "{\"on\":\"2026-11-22\"}");
    assert_int_equal(r.status, 400);
    assert_true(reply_has(&r, due));
}

/* ---- somebody's number, in every text that everybody reads ---- */

#define PHONE "089-765-4321"

static void test_numbers_stop_at_a_programmes_door(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    static const char *const bodies[] = {"code=NUM-1&title=" PHONE "&owner_name=A", "code=NUM-1&title=A&owner_name=" PHONE,
                                         "code=NUM-1&title=A&owner_name=A&funders=" PHONE, "code=NUM-1&title=A&owner_name=A&goal=" PHONE};
    char session[200];
    snprintf(session, sizeof session, "%s", fixture_sign_in(f, "agency"));
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        struct reply r = fixture_post_as(f, "/programmes", session, bodies[i]);
        assert_int_equal(r.status, 400);
        assert_true(reply_has(&r, "มีเบอร์โทรหรือเลขบัตรประชาชนอยู่ในข้อนี้"));
    }
    assert_int_equal(fixture_post_as(f, "/api/v1/programmes", session, "{\"code\":\"NUM-1\",\"title\":\"A\",\"owner_name\":\"" PHONE "\"}").status, 400);
}

/* What came in before the door was there, or by a report, is withheld on the way out. */
static void test_numbers_are_withheld_in_public(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    static const char *const targets[] = {"/programmes", "/programmes/PT-4", "/programmes/PT-4/reports/1", "/api/v1/programmes",
                                          "/api/v1/programmes/PT-4/reports", "/api/v1/programmes/PT-4/reports/1",
                                          "/projects/photomon/reports/1", "/projects/photomon"};
    static const char *const spoil[] = {
        "UPDATE monitor_programme SET title = 'T " PHONE "', owner_name = 'O " PHONE "', funders = 'F " PHONE "', goal = 'G " PHONE "' WHERE code = 'PT-4'",
        "UPDATE monitor_report SET title = 'T " PHONE "', reporter_name = 'R " PHONE "', reporter_area = 'A " PHONE "' "
        "WHERE programme_id = (SELECT id FROM monitor_programme WHERE code = 'PT-4')",
        "INSERT INTO monitor_money (report_id, position, words, amount_satang) SELECT r.id, 1, 'W " PHONE "', 100 FROM monitor_report r "
        "WHERE r.occasion = 1 AND r.project_id = (SELECT id FROM project WHERE slug = 'photomon')",
        "UPDATE monitor_report SET title = 'T " PHONE "', reporter_area = 'A " PHONE "' WHERE project_id = (SELECT id FROM project WHERE slug = 'photomon')",
        "UPDATE project SET title = 'P " PHONE "' WHERE slug = 'photomon'",
        "UPDATE project_activity SET title = 'P " PHONE "', method = 'P " PHONE "' WHERE project_id = (SELECT id FROM project WHERE slug = 'photomon')",
        "UPDATE project_budget SET words = 'B " PHONE "' WHERE project_id = (SELECT id FROM project WHERE slug = 'photomon')"};
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    for (size_t i = 0; i < sizeof spoil / sizeof spoil[0]; i++) assert_ok(db_script(f->db, spoil[i]));
    assert_ok(db_commit(f->db));
    for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
        struct reply r = fixture_get(f, targets[i], "");
        assert_int_equal(r.status, 200);
        if (reply_has(&r, PHONE)) fail_msg("%s says the number", targets[i]);
    }
    struct reply r = fixture_get(f, "/programmes/PT-4", "");
    assert_true(reply_has(&r, "ชุดโครงการ (ชื่อไม่แสดง)"));
    r = fixture_get(f, "/projects/photomon/reports/1", "");
    assert_true(reply_has(&r, "(ข้อความไม่แสดง)") && reply_has(&r, "โครงการ (ชื่อไม่แสดง)"));
    r = fixture_get(f, "/programmes/PT-4/reports/1", fixture_sign_in(f, "agency")); /* who wrote it reads it whole, and can mend it */
    assert_true(reply_has(&r, PHONE));
}

static void test_budgets(void **state)
{
    (void)state;
    static const struct { const char *target; uint32_t statements; size_t kib; } pages[] = {
        {"/projects/photomon/reports/1", 16, 45}, {"/programmes", 2, 16}, {"/programmes/PT-4", 3, 70}, {"/programmes/PT-4/reports/1", 8, 100}};
    struct fixture *f = fixture_house();
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        struct reply r = fixture_get(f, pages[i].target, "");
        print_message("%-40s %3u statements %4zu KiB\n", pages[i].target, r.cost.statements, r.cost.arena_bytes / 1024);
        assert_int_equal(r.status, 200);
        assert_true(r.cost.statements <= pages[i].statements && r.cost.arena_bytes / 1024 <= pages[i].kib);
    }
}

/* A program sends a photo with its token: a form of nothing but a file is a form. */
static void test_a_token_sends_a_photo_alone(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct arena *own = arena_new((size_t)64 << 20);
    struct account_id id;
    struct str secret;
    struct actor by = actor_system("system:test");
    int64_t before = count_photos(f);
    assert_int_equal(fixture_post_as(f, "/funds/D0001/projects/photomon/reports/new", fixture_sign_in(f, "applicant"), "about=other").status, 303);
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(account_find_login(f->db, f->arena, STR("applicant"), &id));
    assert_ok(account_token_add(f->db, f->arena, &by, id, (struct account_grant_id){0}, STR("test"), 1, &secret));
    assert_ok(db_commit(f->db));
    const char *head = str_z(own, str_printf(own, "Authorization: Bearer %.*s\nContent-Type: multipart/form-data; boundary=cut", STR_FMT(secret)));
    for (int i = 0; i < 2; i++) {
        struct buf b = buf_in(own, (size_t)9 << 20);
        file_part(&b, "e.jpg", i == 0 ? STR("MZ not a picture") : mf_jpeg(own, 320, 240, 90, false));
        BUF_LIT(&b, "--cut--\r\n");
        struct reply r = fixture_send_bytes(f, &(struct fixture_request){WEB_POST, "/api/v1/funds/D0001/projects/photomon/reports/2/photos", "", NULL, head}, buf_str(&b));
        assert_int_equal(r.status, i == 0 ? 400 : 201);
        assert_true(reply_has(&r, i == 0 ? "\"field\":\"photos\"" : "\"position\":1"));
    }
    assert_int_equal(count_photos(f), before + 1);
    arena_free(own);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_programme_report_letter_by_letter), cmocka_unit_test(test_photos_come_once),
        cmocka_unit_test(test_a_fault_loses_no_photo), cmocka_unit_test(test_a_stale_form_changes_no_photo),
        cmocka_unit_test(test_who_sees_a_photo), cmocka_unit_test(test_who_wrote_or_sent_does_not_accept),
        cmocka_unit_test(test_the_closing_page_says_what_must_come_back), cmocka_unit_test(test_budgets),
        cmocka_unit_test(test_numbers_stop_at_a_programmes_door), cmocka_unit_test(test_numbers_are_withheld_in_public),
        cmocka_unit_test(test_a_token_sends_a_photo_alone), cmocka_unit_test(test_a_programme_ends_after_it_starts),
        cmocka_unit_test(test_a_visit_by_json_is_told_as_done)};
    return FIXTURE_RUN(tests);
}
