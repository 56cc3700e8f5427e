/* pages_test.c — every page and door through app_handle(): what it answers, in both languages, and
 * what it may cost. A page that asks one statement a row fails here, not in production. */
#include "tests/rooms/fixture.h"

#include "app/route.h"
#include "json/json_in.h"
#include "rooms/area/area.h"

/* Statements and arena bytes that a page may cost: what it costs now, with little room. */
static const struct budget {
    const char *target;
    uint32_t statements;
    size_t arena_kib;
    const char *has; /* must stand in it */
} budgets[] = {
    {"/", 17, 1400, "ภาพรวมประเทศไทย ปีงบประมาณ 2570"},
    {"/?fy=2562&measure=nhso", 15, 1060, "ภาพรวมประเทศไทย ปีงบประมาณ 2562"},
    {"/areas/R4", 15, 430, "เขต 4 สระบุรี"},
    {"/areas/12", 16, 350, "จังหวัดนนทบุรี"},
    {"/areas/1203", 18, 430, "อำเภอบางใหญ่"},
    {"/areas/1203/issues/alcohol?fy=2570", 10, 110, "แต่ละกองทุนทำอะไรในประเด็นนี้"},
    {"/areas/1203/issues/alcohol/table.csv?fy=2569", 9, 80, "D0001"},
    {"/api/v1/areas/1203/issues/alcohol?fy=2570", 9, 50, "\"funds_with_plan\":"},
    {"/areas/120301", 4, 34, "ทต.บางม่วง"},
    {"/areas/50", 14, 130, "จังหวัดเชียงใหม่"},
    {"/?measure=projects", 16, 1400, "ตามประเด็น"},
    {"/areas/12?measure=late", 16, 350, "จังหวัดนนทบุรี"},
    {"/areas/TH/projects", 4, 160, "โครงการของประเทศไทย"},
    {"/areas/R12/projects?late=1", 11, 80, "โครงการของเขต 12"},
    {"/areas/1203/projects?fy=2570&state=running&issue=alcohol", 4, 80, "โครงการของอำเภอบางใหญ่"},
    {"/api/v1/projects?area=12", 3, 260, "\"items\":["},
    {"/api/v1/projects?fund=D0001&fy=2570", 4, 40, "\"next\""},
    {"/funds", 6, 240, "D0001"},
    {"/funds?area=94&fy=2562", 7, 180, "อบต.กะมิยอ"},
    {"/funds/L3009", 9, 90, "อบต.กะมิยอ"},
    {"/funds/D0001", 9, 108, "ทต.บางม่วง"},
    {"/funds/L7452/years/2562", 10, 90, "44,850.50"},
    {"/funds/L7452/years/2570", 9, 80, "ทน.ยะลา"},
    {"/find", 0, 20, "search"},
    {"/find?q=%E0%B8%9A%E0%B8%B2%E0%B8%87", 4, 150, "บาง"},
    {"/find?q=zzz", 4, 60, "zzz"},
    {"/issues", 4, 130, "สุรา"},
    {"/rules", 2, 92, "45.00"},
    {"/api/v1/areas/TH/summary", 12, 120, "\"children\":["},
    {"/api/v1/areas/1203/summary?fy=2569", 11, 140, "\"kind\":\"fund\""},
    {"/api/v1/areas/901101", 4, 10, "\"parents\":["},
    {"/api/v1/funds?area=R4", 4, 250, "\"items\":["},
    {"/api/v1/funds/L3009", 9, 50, "\"years\":["},
    {"/api/v1/funds/L3009/years/2562", 14, 60, "\"match_percent\":40"},
    {"/api/v1/find?q=%E0%B8%A2%E0%B8%B0%E0%B8%A5%E0%B8%B2", 4, 50, "\"areas\":["},
    {"/api/v1/rules", 2, 50, "\"schemes\":["},
    {"/login", 0, 40, "sarn-demo-2570"},
    {"/funds/D0001/plans", 8, 90, "แผนงานปีงบประมาณ 2570"},
    {"/funds/D0001/plans/alcohol/2570", 10, 90, "สถานการณ์"},
    {"/api/v1/funds/D0001/plans", 8, 90, "\"alcohol\""},
    {"/api/v1/funds/D0001/plans/alcohol/2570", 10, 90, "\"situations\":["},
    {"/track", 0, 60, "name=\"code\""},
    {"/funds/D0001/projects", 3, 200, "70-D0001-2-01"},
    {"/help", 0, 110, "ลืมรหัสผ่าน"},
    {"/help/payment", 0, 50, "ยืนยันบันทึกจ่ายเงิน"},
    {"/help?q=%E0%B8%A5%E0%B8%B7%E0%B8%A1%E0%B8%A3%E0%B8%AB%E0%B8%B1%E0%B8%AA", 0, 220, "/help/forgot"},
    {"/api/v1/help", 0, 72, "\"guide-officer\""},
    {"/healthz", 1, 5, "\"status\":\"ok\""},
    {"/api/v1/openapi.json", 0, 700, "\"openapi\":\"3.1.0\""},
};

static void every_page_answers_within_its_budget(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    int over = 0;
    for (size_t i = 0; i < sizeof budgets / sizeof budgets[0]; i++) {
        const struct budget *b = &budgets[i];
        struct reply r = fixture_get(f, b->target, "");
        size_t kib = r.cost.arena_bytes / 1024;
        print_message("%-52s %3u statements %5zu KiB arena %6zu bytes\n", b->target, r.cost.statements, kib, r.body.n);
        if (r.status != 200) fail_msg("%s: %d", b->target, r.status);
        if (!reply_has(&r, b->has)) fail_msg("%s lacks %s", b->target, b->has);
        over += r.cost.statements > b->statements || kib > b->arena_kib;
        if (r.cost.statements > b->statements || kib > b->arena_kib)
            print_message("   over its budget of %u statements and %zu KiB\n", b->statements, b->arena_kib);
    }
    assert_int_equal(over, 0);
}

/* What a district's funds do about an issue adds up to what its overview says. */
static void an_issue_across_funds_adds_up(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    static const char *const keys[] = {"projects", "people_reached", "planned_satang", "committed_satang", "paid_satang"};
    int64_t there[5] = {0};
    const struct json_value *v = NULL;
    struct reply r = fixture_get(f, "/api/v1/areas/1203/summary?fy=2569", "");
    assert_int_equal(json_read_object(f->arena, r.body, &v), ERR_OK);
    const struct json_value *issues = json_member(v, "by_issue");
    for (size_t i = 0; i < issues->nitems; i++)
        for (size_t k = 0; k < 5 && str_eq(json_member(&issues->items[i], "issue")->text, STR("alcohol")); k++)
            there[k] = json_member(&issues->items[i], keys[k])->number;
    r = fixture_get(f, "/api/v1/areas/1203/issues/alcohol?fy=2569", "");
    assert_int_equal(json_read_object(f->arena, r.body, &v), ERR_OK);
    const struct json_value *total = json_member(v, "total");
    for (size_t k = 0; k < 5; k++) assert_int_equal(json_member(total, keys[k])->number, there[k]);
    assert_true(there[0] > 0 && there[2] > 0);
    r = fixture_get(f, "/areas/1203?fy=2569", "");
    assert_true(reply_has(&r, "/areas/1203/issues/alcohol?fy=2569"));
}

/* The figures of one fund in one issue of a district, and how many of them are unknown. */
static int unknown_of(struct fixture *f, const char *target, const char *fund, int64_t *ret_sum)
{
    static const char *const keys[] = {"projects", "people_reached", "planned_satang", "committed_satang", "paid_satang"};
    const struct json_value *v = NULL;
    int unknown = -1;
    struct reply r = fixture_get(f, target, "");
    assert_int_equal(json_read_object(f->arena, r.body, &v), ERR_OK);
    const struct json_value *items = json_member(v, "items");
    *ret_sum = 0;
    for (size_t i = 0; i < items->nitems; i++) {
        if (!str_eq(json_member(&items->items[i], "fund")->text, str_of(fund))) continue;
        unknown = 0;
        for (size_t k = 0; k < 5; k++) {
            const struct json_value *figure = json_member(&items->items[i], keys[k]);
            if (figure->kind == JSON_IN_NULL) unknown++;
            else *ret_sum += figure->number;
        }
    }
    return unknown;
}

static int words_unknown(struct fixture *f, const char *target)
{
    struct reply r = fixture_get(f, target, "");
    int n = 0;
    assert_int_equal(r.status, 200);
    for (ptrdiff_t at; (at = str_find(r.body, STR("class=\"unknown\""))) >= 0; n++) r.body = str_from(r.body, (size_t)at + 1);
    return n;
}

/* No plan and no project is none; a plan without a sum leaves the sum unknown, and a fund that works elsewhere all of it. */
static void none_is_not_unknown_in_one_issue(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    static const char demo[] = "/api/v1/areas/1203/issues/alcohol?fy=2570", real[] = "/api/v1/areas/9401/issues/alcohol?fy=2570";
    int64_t sum = -1;
    assert_int_equal(unknown_of(f, demo, "D0004", &sum), 0);
    assert_true(sum == 0);
    static const char page[] = "/areas/1203/issues/alcohol?fy=2570";
    int before = words_unknown(f, page);
    struct reply r = fixture_get(f, page, "");
    assert_true(reply_has(&r, "ไม่มี</td>"));
    r = fixture_get(f, "/areas/1203/issues/alcohol/table.csv?fy=2570", "");
    assert_true(reply_has(&r, ",ไม่มี,0,0,0.00,0.00,0.00"));
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(db_script(f->db, "INSERT INTO figure_fund_split (fund_id, fy, measure, issue_code, support_type, district_id, total) "
                               "SELECT u.id, 2570, 'plans', 'alcohol', '-', d.district_id, 1 FROM fund u "
                               "JOIN fund_district d ON d.fund_id = u.id AND d.valid_to IS NULL WHERE u.code = 'D0004'"));
    assert_ok(db_commit(f->db));
    assert_int_equal(unknown_of(f, demo, "D0004", &sum), 1);
    assert_int_equal(words_unknown(f, page), before + 1);
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(db_script(f->db, "DELETE FROM figure_fund_split WHERE measure = 'plans' AND issue_code = 'alcohol' AND fy = 2570 "
                               "AND fund_id = (SELECT id FROM fund WHERE code = 'D0004')"));
    assert_ok(db_commit(f->db));
    assert_int_equal(unknown_of(f, real, "L3009", &sum), 5);
    r = fixture_get(f, "/areas/9401/issues/alcohol?fy=2570", "");
    assert_true(reply_has(&r, "ไม่ทราบ</span></td>") && !reply_has(&r, "ไม่มี</td>"));
}

static void pages_speak_english_by_the_cookie(void **state)
{
    (void)state;
    static const char *const targets[] = {"/", "/areas/R4", "/areas/1203", "/funds/D0001", "/funds/D0001/years/2570",
                                          "/find?q=bang", "/issues", "/rules", "/funds"};
    struct fixture *f = fixture_house();
    for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
        struct reply r = fixture_get(f, targets[i], "lang=en");
        assert_int_equal(r.status, 200);
        assert_true(reply_has(&r, "<html lang=\"en\">"));
        r = fixture_get(f, targets[i], "");
        assert_true(reply_has(&r, "<html lang=\"th\">"));
    }
}

static void the_language_door_goes_back_only_to_ourselves(void **state)
{
    (void)state;
    static const struct {
        const char *target, *location;
    } cases[] = {
        {"/language/en?back=/areas/90", "/areas/90"},
        {"/language/en?back=/find%3Fq%3D%E0%B8%81", "/find?q=%E0%B8%81"},
        {"/language/th?back=//evil.example", "/"},
        {"/language/th?back=/%5Cevil.example", "/"},
        {"/language/th?back=https://evil.example", "/"},
        {"/language/th", "/"},
    };
    struct fixture *f = fixture_house();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct reply r = fixture_get(f, cases[i].target, "");
        assert_int_equal(r.status, 303);
        assert_string_equal(str_z(f->arena, reply_header(&r, "Location")), cases[i].location);
    }
    assert_int_equal(fixture_get(f, "/language/xx", "").status, 404);
}

static void what_is_not_there_is_404_and_a_wrong_method_405(void **state)
{
    (void)state;
    static const char *const missing[] = {"/nowhere", "/areas/9999", "/areas/12/issues/alcohol", "/areas/1203/issues/none", "/funds/L0000", "/funds/L3009/years/abc",
                                          "/funds/L3009/years/1900", "/issues/none", "/api/v1/areas/zz",
                                          "/api/v1/funds/none", "/api/v1/areas/900101/summary", "/assets/none.css"};
    struct fixture *f = fixture_house();
    for (size_t i = 0; i < sizeof missing / sizeof missing[0]; i++) {
        struct reply r = fixture_get(f, missing[i], "");
        if (r.status != 404) fail_msg("%s: %d", missing[i], r.status);
        bool is_api = strncmp(missing[i], "/api/", 5) == 0;
        assert_true(reply_has(&r, is_api ? "\"code\":\"not_found\"" : "<h1>"));
    }
    struct reply r = fixture_ask(f, WEB_POST, "/funds/L3009", "");
    assert_int_equal(r.status, 405);
    assert_string_equal(str_z(f->arena, reply_header(&r, "Allow")), "GET, HEAD");
    assert_int_equal(fixture_ask(f, WEB_HEAD, "/funds/L3009", "").status, 200);
}

/* The box takes 100 letters, which are 300 bytes in Thai; what is longer is cut between two letters. */
static void a_long_word_is_looked_for(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    for (size_t letters = 66; letters <= 200; letters += 67) {
        char target[2048];
        int n = snprintf(target, sizeof target, "/find?q=a");
        for (size_t i = 0; i < letters; i++)
            n += snprintf(target + n, sizeof target - (size_t)n, "%%E0%%B8%%81");
        struct reply r = fixture_get(f, target, "");
        assert_int_equal(r.status, 200);
        assert_true(reply_has(&r, "value=\"a\xE0\xB8\x81"));
        assert_true(reply_has(&r, "\xE0\xB8\x81\""));
    }
}

static void a_bad_parameter_is_answered_with_what_is_right(void **state)
{
    (void)state;
    static const struct {
        const char *target, *field;
    } cases[] = {
        {"/?fy=abc", "fy"}, {"/?fy=1999", "fy"}, {"/?measure=x", "measure"}, {"/?sort=x", "sort"}, {"/?page=0", "page"},
        {"/?dir=up", "dir"}, {"/funds?area=zz", "area"}, {"/areas?code=zz", "code"}, {"/find?fy=x", "fy"},
        {"/areas/90/table.csv?fy=x", "fy"}, {"/api/v1/funds?area=zz", "area"}, {"/api/v1/areas/90/summary?fy=x", "fy"},
        {"/api/v1/find", "q"}, {"/api/v1/funds?cursor=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "cursor"},
    };
    struct fixture *f = fixture_house();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct reply r = fixture_get(f, cases[i].target, "");
        if (r.status != 400) fail_msg("%s: %d", cases[i].target, r.status);
        bool is_api = strncmp(cases[i].target, "/api/", 5) == 0;
        char wanted[80];
        snprintf(wanted, sizeof wanted, is_api ? "\"field\":\"%s\"" : "<code>%s</code>", cases[i].field);
        if (!reply_has(&r, wanted)) fail_msg("%s does not name %s", cases[i].target, cases[i].field);
    }
    /* Thai digits are digits. */
    assert_int_equal(fixture_get(f, "/?fy=%E0%B9%92%E0%B9%95%E0%B9%96%E0%B9%99", "").status, 200);
}

static void what_is_typed_is_shown_and_never_becomes_markup(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct reply r = fixture_get(f, "/find?q=%3Cscript%3Ealert(1)%3C/script%3E%22'", "");
    assert_int_equal(r.status, 200);
    assert_false(reply_has(&r, "<script>alert"));
    assert_true(reply_has(&r, "&lt;script&gt;"));
    r = fixture_get(f, "/?fy=%22%3E%3Cimg%20src%3Dx%3E", "");
    assert_int_equal(r.status, 400);
    assert_false(reply_has(&r, "<img src"));
}

static void both_bases_are_said_in_words(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct reply r = fixture_get(f, "/funds/L7452/years/2562", "");
    assert_true(reply_has(&r, "ตามจำนวนประชากรตามทะเบียน 50.0\u00a0%"));
    assert_true(reply_has(&r, "ตามเงินที่ได้รับ 48.4\u00a0%"));
    assert_true(reply_has(&r, "ขาด 44,850.50 บาท"));
    r = fixture_get(f, "/funds/L3353/years/2562", ""); /* percent unset */
    assert_true(reply_has(&r, "ไม่ทราบ"));
    assert_false(reply_has(&r, "ขั้นต่ำ 0.00"));
}

static void lists_are_paged_to_their_end_without_loss_or_doubling(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    int64_t funds = 0, seen = 0;
    char cursor[64] = "";
    assert_ok(db_scalar(f->db, "SELECT COUNT(*) FROM fund", &funds));
    for (int page = 0; page < 20; page++) {
        char target[128];
        const struct json_value *root = NULL, *items = NULL;
        struct str next = STR_NONE;
        snprintf(target, sizeof target, "/api/v1/funds?cursor=%s", cursor);
        struct reply r = fixture_get(f, target, "");
        assert_int_equal(r.status, 200);
        assert_ok(json_read_object(f->arena, r.body, &root));
        assert_ok(json_get_array(root, "items", &items));
        seen += (int64_t)items->nitems;
        if (json_get_line(f->arena, root, "next", 40, &next) != ERR_OK) break;
        snprintf(cursor, sizeof cursor, "%.*s", STR_FMT(next));
    }
    assert_int_equal(seen, funds);
}

static void the_table_sorts_by_every_column_and_keeps_unknown_last(void **state)
{
    (void)state;
    static const char *const columns[] = {"name", "funds", "received", "paid", "balance", "spent",
                                          "population", "nhso", "computed", "entered", "share"};
    struct fixture *f = fixture_house();
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        for (int down = 0; down < 2; down++) {
            char target[128];
            snprintf(target, sizeof target, "/?fy=2570&measure=%s&sort=%s&dir=%s", i < 6 ? "received" : "nhso",
                     columns[i], down ? "desc" : "asc");
            struct reply r = fixture_get(f, target, "");
            assert_int_equal(r.status, 200);
            assert_true(reply_has(&r, down ? "aria-sort=\"descending\"" : "aria-sort=\"ascending\""));
            if (i < 2) continue; /* every region has a name and a number of funds */
            ptrdiff_t known = str_find(r.body, STR("<th scope=\"row\"><a href=\"/areas/R4\">"));
            ptrdiff_t unknown = str_find(r.body, STR("<th scope=\"row\"><a href=\"/areas/R1\">"));
            assert_true(known > 0 && unknown > known);
        }
    }
}

static void csv_opens_in_a_spreadsheet(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct reply r = fixture_get(f, "/areas/1203/table.csv?fy=2570", "");
    assert_int_equal(r.status, 200);
    assert_true(str_starts(r.body, STR("\xEF\xBB\xBF")));
    assert_true(reply_has(&r, "D0001"));
    assert_true(str_find(reply_header(&r, "Content-Disposition"), STR("sarn-1203-2570.csv")) > 0);
}

static void a_get_cannot_write(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct db *db = NULL;
    struct db_pool *pool = NULL;
    static const struct db_sql write = {.name = "test_write", .sqlite = "UPDATE fund SET source = 'x'",
                                        .pg = "UPDATE fund SET source = 'x'", .is_write = true, .pg_types = ""};
    assert_ok(pool_open(f->url, 1, &pool));
    assert_ok(pool_begin(pool, 0, DB_TXN_READ, &db));
    assert_true(db_run(db, &write, NULL, NULL) != ERR_OK);
    (void)!pool_end(pool, 0, db, false);
    pool_close(pool);
}

static void a_retired_code_leads_to_the_one_in_force(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct reply r = fixture_get(f, "/areas/4303", "");
    assert_int_equal(r.status, 303);
    assert_string_equal(str_z(f->arena, reply_header(&r, "Location")), "/areas/3801");
    r = fixture_get(f, "/areas?code=90", "");
    assert_string_equal(str_z(f->arena, reply_header(&r, "Location")), "/areas/90");
}

static void every_page_of_a_demo_says_so(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    static const char *const targets[] = {"/", "/funds/L3009", "/find", "/rules", "/nowhere"};
    for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
        struct reply r = fixture_get(f, targets[i], "");
        assert_true(reply_has(&r, "class=\"demo\""));
    }
}

static void every_json_door_is_documented(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct reply r = fixture_get(f, "/api/v1/openapi.json", "");
    assert_int_equal(r.status, 200);
    for (size_t i = 0; i < nroutes; i++) {
        if (!str_starts(routes[i].path, STR("/api/"))) continue;
        struct str quoted = str_printf(f->arena, "\"%.*s\":{", STR_FMT(routes[i].path));
        if (str_find(r.body, quoted) < 0) fail_msg("%.*s is not in the document: it has no DOC in routes.def", STR_FMT(routes[i].path));
    }
    for (size_t i = 0; i < nroute_docs; i++) {
        char key[80];
        snprintf(key, sizeof key, "\"%s\": {", route_docs[i].schema);
        if (!reply_has(&r, key)) fail_msg("the schema %s is not described", route_docs[i].schema);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_page_answers_within_its_budget),
        cmocka_unit_test(an_issue_across_funds_adds_up),
        cmocka_unit_test(none_is_not_unknown_in_one_issue),
        cmocka_unit_test(pages_speak_english_by_the_cookie),
        cmocka_unit_test(the_language_door_goes_back_only_to_ourselves),
        cmocka_unit_test(what_is_not_there_is_404_and_a_wrong_method_405),
        cmocka_unit_test(a_long_word_is_looked_for),
        cmocka_unit_test(a_bad_parameter_is_answered_with_what_is_right),
        cmocka_unit_test(what_is_typed_is_shown_and_never_becomes_markup),
        cmocka_unit_test(both_bases_are_said_in_words),
        cmocka_unit_test(lists_are_paged_to_their_end_without_loss_or_doubling),
        cmocka_unit_test(the_table_sorts_by_every_column_and_keeps_unknown_last),
        cmocka_unit_test(csv_opens_in_a_spreadsheet),
        cmocka_unit_test(a_get_cannot_write),
        cmocka_unit_test(a_retired_code_leads_to_the_one_in_force),
        cmocka_unit_test(every_page_of_a_demo_says_so),
        cmocka_unit_test(every_json_door_is_documented),
    };
    return FIXTURE_RUN(tests);
}
