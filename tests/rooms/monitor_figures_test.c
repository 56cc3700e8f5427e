/* monitor_figures_test.c — what a report says in figures, read back: in JSON, on its page, in the closing report; and what a
 * photo says of its place. Photos go through the real helper. */
#include "tests/rooms/monitor_fixture.h"

#include "image/image.h"

#define PLACE "/funds/D0001/projects/figures1"
#define REPORTS "/api/v1" PLACE "/reports"

/* A project of its own, with two activities, two objectives, two groups and two lines of 1,400.00 and 28,600.00 baht. */
static struct fixture *house(void)
{
    static bool is_made;
    static enum db_engine made_for;
    struct fixture *f = fixture_house();
    if (is_made && made_for == fixture_engine) return f;
    image_helper_program(SARN_PROGRAM);
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    (void)mf_running(f, &(struct mf_wish){"D0001", "70-D0001-2-93", "Figures", 0, 30000});
    assert_ok(db_script(f->db, "UPDATE project SET slug = 'figures1' WHERE code = '70-D0001-2-93'"));
    assert_ok(db_commit(f->db));
    is_made = true;
    made_for = fixture_engine;
    return f;
}

static void must(const struct reply *r, int status, const char *has)
{
    if (r->status != status || !reply_has(r, has)) fail_msg("%d, with or without %s", r->status, has);
}

static size_t times(struct str text, const char *what)
{
    size_t n = 0;
    for (ptrdiff_t at; (at = str_find(text, str_of(what))) >= 0; n++) text = str_from(text, (size_t)at + strlen(what));
    return n;
}

static int64_t number(struct fixture *f, const char *what)
{
    int64_t n = -1;
    struct str sql = str_printf(f->arena, "SELECT %s JOIN project j ON j.id = r.project_id WHERE j.slug = 'figures1'", what);
    assert_ok(db_scalar(f->db, str_z(f->arena, sql), &n));
    return n;
}

/* An activity by its place in the plan; each group with what was planned, reached or both; each line with its budget. */
static void an_activity_is_told_beside_its_plan(void **state)
{
    (void)state;
    struct fixture *f = house();
    const char *officer = fixture_sign_in(f, "officer");
    struct reply r = fixture_post_as(f, REPORTS, officer,
                                     "{\"kind\":\"activity\",\"activity\":2,\"title\":\"Visits\",\"done\":\"Homes were visited\",\"on\":\"2026-11-15\","
                                     "\"people\":[{\"group\":\"1004\",\"people\":38},{\"group\":\"1001\",\"people\":7}],\"money\":[{\"line\":1,\"amount_satang\":90000},{\"words\":\"Taxi\",\"amount_satang\":5000}]}");
    must(&r, 201, "\"activity\":2");
    r = fixture_post_as(f, REPORTS, officer, "{\"kind\":\"activity\",\"title\":\"Beside the plan\",\"done\":\"More\",\"on\":\"2026-11-16\"}");
    assert_int_equal(r.status, 201);
    assert_false(reply_has(&r, "\"activity\":1") || reply_has(&r, "\"activity\":2"));
    r = fixture_get(f, PLACE "/reports/1", officer);
    must(&r, 200, ">40</td>"); /* planned and reached */
    must(&r, 200, ">38</td>");
    must(&r, 200, ">10</td>"); /* planned, and nobody came */
    must(&r, 200, ">7</td>");  /* not planned, and came */
    must(&r, 200, ">50</td>"); /* their sums */
    must(&r, 200, ">45</td>");
    assert_int_equal(times(r.body, "<td class=\"num\" data-label=\"ตั้งไว้ (คน)\">"), 4); /* lint: thai each of the three and the sum, and no group without either */
    must(&r, 200, ">1,400.00</td>");
    must(&r, 200, ">900.00</td>");
}

/* A figure of nothing is a figure; of the last question the next is the report itself. */
static void nothing_reached_is_a_figure(void **state)
{
    (void)state;
    struct fixture *f = house();
    static const struct { const char *typed; int status; } figures[] = {{"-1", 400}, {"many", 400}, {"0", 303}};
    char body[200], officer[200];
    snprintf(officer, sizeof officer, "%s", fixture_sign_in(f, "officer"));
    struct reply r = fixture_post_as(f, REPORTS, officer, "{\"kind\":\"final\",\"title\":\"All\",\"done\":\"It is done\",\"on\":\"2026-11-20\",\"output\":\"Leaders\",\"spent_satang\":95000}");
    assert_int_equal(r.status, 201);
    for (size_t i = 0; i < sizeof figures / sizeof figures[0]; i++) {
        snprintf(body, sizeof body, "step=reached&version=1&go=next&numerator_1=10&denominator_1=10&reached_2=%s", figures[i].typed);
        r = fixture_post_as(f, PLACE "/reports/3", officer, body);
        if (r.status != figures[i].status) fail_msg("%s: %d", figures[i].typed, r.status);
    }
    assert_int_equal(number(f, "s.reached_x100 FROM monitor_result s JOIN monitor_report r ON s.position = 2 AND r.id = s.report_id"), 0);
    assert_int_equal(number(f, "s.reached_x100 FROM monitor_result s JOIN monitor_report r ON s.position = 1 AND r.id = s.report_id"), 10000);
    r = fixture_post_as(f, PLACE "/reports/3", officer, "step=photos&version=2&go=next");
    assert_int_equal(r.status, 303);
    assert_true(str_ends(reply_header(&r, "Location"), STR(PLACE "/reports/3")));
}

static void place_of(struct fixture *f, const char *lat, int64_t want)
{
    struct arena *own = arena_new((size_t)64 << 20);
    struct buf b = buf_in(own, (size_t)9 << 20);
    const char *officer = fixture_sign_in(f, "officer");
    struct fixture_request r = {WEB_POST, REPORTS "/3/photos", officer, NULL, "Content-Type: multipart/form-data; boundary=cut"};
    static uint8_t shade = 20; /* no two photos are the same */
    char newest[120];
    static const char field[] = "--cut\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%.*s\r\n";
    buf_printf(&b, field, "csrf", STR_FMT(str_copy(own, fixture_csrf(f, officer))));
    buf_printf(&b, field, "photo_taken", STR_FMT(STR("2026-11-20 10:00:00")));
    buf_printf(&b, field, "photo_lat", STR_FMT(str_of(lat)));
    buf_printf(&b, field, "photo_lon", STR_FMT(STR("100.5")));
    BUF_LIT(&b, "--cut\r\nContent-Disposition: form-data; name=\"photos\"; filename=\"a.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n");
    buf_put(&b, mf_jpeg(own, 64, 48, shade += 20, true));
    BUF_LIT(&b, "\r\n--cut--\r\n");
    struct reply sent = fixture_send_bytes(f, &r, buf_str(&b));
    if (sent.status != 201) fail_msg("%s: %d %.*s", lat, sent.status, STR_FMT(sent.body));
    snprintf(newest, sizeof newest, "p.lat_x1e6 FROM monitor_photo p JOIN monitor_report r ON r.id = p.report_id AND p.position = %d", shade / 20 - 1);
    if (number(f, newest) != want) fail_msg("%s: %lld", lat, (long long)number(f, newest));
    arena_free(own);
}

/* The script says the place, to a millionth; where it says the time alone, or a place that is none, the photo still says it. */
static void the_photo_says_the_place_that_the_script_did_not(void **state)
{
    (void)state;
    struct fixture *f = house();
    place_of(f, "7.123456", 7123456);
    place_of(f, "", 7008333);
    place_of(f, "90.000000", 90000000);
    place_of(f, "90.000001", 7008333);
    place_of(f, "7.12345678901", 7008333); /* longer than any place is written */
}

/* A number below a photo stays inside, as does why a report came back; each photo has its own size. */
static void what_is_private_below_a_photo_stays_inside(void **state)
{
    (void)state;
    struct fixture *f = house();
    char officer[200];
    snprintf(officer, sizeof officer, "%s", fixture_sign_in(f, "officer"));
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(db_script(f->db, "UPDATE monitor_report SET state = 'accepted', returned_reason = 'Blurred' WHERE occasion = 3 AND project_id = "
                               "(SELECT id FROM project WHERE slug = 'figures1')"));
    assert_ok(db_script(f->db, "UPDATE monitor_photo SET caption = CASE position WHEN 1 THEN 'call 081-234-5678' ELSE 'Seen' END, is_public = 1 "
                               "WHERE report_id = (SELECT r.id FROM monitor_report r JOIN project j ON j.id = r.project_id "
                               "WHERE j.slug = 'figures1' AND r.occasion = 3)"));
    assert_ok(db_commit(f->db));
    struct reply r = fixture_get(f, REPORTS "/3", officer);
    must(&r, 200, "call 081-234-5678");
    must(&r, 200, "Blurred");
    assert_false(reply_has(&r, "\"width\":0"));
    r = fixture_get(f, "/projects/figures1/reports/3", NULL);
    must(&r, 200, "Seen");
    assert_false(reply_has(&r, "081-234") || reply_has(&r, "Blurred"));
}

/* Each line and each group once, sums, and the results instead of the summary; a picture that is lost is left out. */
static void the_closing_report_adds_up(void **state)
{
    (void)state;
    struct fixture *f = house();
    char officer[200];
    snprintf(officer, sizeof officer, "%s", fixture_sign_in(f, "officer"));
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(db_script(f->db, "UPDATE monitor_report SET state = 'accepted' WHERE project_id = (SELECT id FROM project WHERE slug = 'figures1')"));
    assert_ok(db_script(f->db, "UPDATE monitor_report SET output = 'Leaders', outcome = NULL, conclusion = 'Forward', done = 'Summary' "
                               "WHERE occasion = 3 AND project_id = (SELECT id FROM project WHERE slug = 'figures1')"));
    assert_ok(db_script(f->db, "INSERT INTO project_reached (project_id, group_code, people) SELECT id, '1004', 38 FROM project WHERE slug = 'figures1'"));
    assert_ok(db_script(f->db, "INSERT INTO project_reached (project_id, group_code, people) SELECT id, '2002', 19 FROM project WHERE slug = 'figures1'"));
    assert_ok(db_script(f->db, "UPDATE monitor_money SET report_id = (SELECT r.id FROM monitor_report r JOIN project j ON j.id = r.project_id "
                               "WHERE j.slug = 'figures1' AND r.occasion = 3) WHERE report_id = "
                               "(SELECT r.id FROM monitor_report r JOIN project j ON j.id = r.project_id WHERE j.slug = 'figures1' AND r.occasion = 1)"));
    assert_ok(db_script(f->db, "UPDATE monitor_photo SET caption = 'Seen', is_public = 1 WHERE position < 3 AND report_id = "
                               "(SELECT r.id FROM monitor_report r JOIN project j ON j.id = r.project_id WHERE j.slug = 'figures1' AND r.occasion = 3)"));
    assert_ok(db_commit(f->db));
    struct reply r = fixture_get(f, PLACE "/closing.pdf", officer);
    assert_int_equal(r.status, 200);
    struct str text = fixture_pdf_text(f, r.body);
    if (str_is_none(text)) skip();
    static const struct { const char *words; size_t times; } said[] = {
        {"รวม ๕๐ ๕๗", 1},                   /* lint: thai the people of both groups, planned and reached */
        {"๙๐๐.๐๐", 1},                      /* a line of the plan stands once, beside its budget */
        {"Taxi – ๕๐.๐๐", 1}, {"๙๕๐.๐๐", 2}, /* and what was not planned; their sum in the table and below it */
        {"Leaders", 1}, {"Forward", 1}, {"Summary", 0}, {"Seen", 2}};
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++)
        if (times(text, said[i].words) != said[i].times) fail_msg("%s: %zu times in %.*s", said[i].words, times(text, said[i].words), STR_FMT(text));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(an_activity_is_told_beside_its_plan), cmocka_unit_test(nothing_reached_is_a_figure),
                                       cmocka_unit_test(the_photo_says_the_place_that_the_script_did_not), cmocka_unit_test(the_closing_report_adds_up),
                                       cmocka_unit_test(what_is_private_below_a_photo_stays_inside)};
    return FIXTURE_RUN(tests);
}
