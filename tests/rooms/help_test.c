/* help_test.c — the handbook is true of the program: every page has its help, every label and link of a topic is there,
 * every role has a guide that leads to its topics, and the words of a villager find the right one. */
#include "tests/rooms/fixture.h"

#include "app/help.h"
#include "app/route.h"
#include "json/json_in.h"

/* Answers that are no page of their own. */
static bool is_page(const struct route *r)
{
    static const char *const others[] = {"/language/{lang}", "/assets/{name}", "/favicon.ico", "/robots.txt", "/sw.js",
                                         "/offline/shell", "/healthz", "/help", "/help/{topic}"};
    if (r->method != WEB_GET || str_starts(r->path, STR("/api/"))) return false;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (str_eq(r->path, str_of(others[i]))) return false;
    return str_find_char(r->path, '.') < 0 && str_find(r->path, STR("/files/{")) < 0 && str_find(r->path, STR("/photos/{")) < 0;
}

static void every_page_has_its_help(void **state)
{
    (void)state;
    size_t pages = 0;
    for (size_t i = 0; i < nroutes; i++) {
        if (!is_page(&routes[i])) continue;
        pages++;
        if (help_of_page(routes[i].path) == NULL) 
            fail_msg("no topic has the page %.*s: a line `pages: %.*s` in a file of help/ (docs/help.md)", STR_FMT(routes[i].path),
                     STR_FMT(routes[i].path));
    }
    assert_int_equal(nhelp_pages, pages); /* so that none is named twice, and none that is gone */
    for (size_t i = 0; i < nhelp_pages; i++) {
        bool is_there = false;
        for (size_t k = 0; k < nroutes; k++) is_there = is_there || (is_page(&routes[k]) && str_eq(routes[k].path, help_pages[i].path));
        if (!is_there) fail_msg("there is no page %.*s", STR_FMT(help_pages[i].path));
    }
}

static void each_span(void (*see)(const struct help_topic *t, const struct help_span *s))
{
    for (size_t i = 0; i < nhelp_topics; i++)
        for (int lang = LANG_TH; lang <= LANG_EN; lang++)
            for (size_t b = 0; b < help_topics[i].in[lang].nblocks; b++)
                for (size_t k = 0; k < help_topics[i].in[lang].blocks[b].nspans; k++)
                    see(&help_topics[i], &help_topics[i].in[lang].blocks[b].spans[k]);
}

/* The build proves that a label and a topic exist; that a label has what its sentence needs, and that a link leads to a
 * page which everybody has, is proven here. */
static void see_span(const struct help_topic *t, const struct help_span *s)
{
    const struct route *route = NULL;
    struct str args[APP_PATH_ARGS_MAX];
    if (s->kind == HELP_LABEL && msg_args(s->label) != (str_is_empty(s->words) ? 0U : 1U))
        fail_msg("%.*s: the label %.*s", STR_FMT(t->code), STR_FMT(msg_text(s->label, LANG_EN)));
    if (s->kind != HELP_PATH) return;
    assert_int_equal(msg_args(s->label), 0);
    if (route_find(WEB_GET, s->words, &route, args) != ROUTE_FOUND) fail_msg("%.*s: %.*s", STR_FMT(t->code), STR_FMT(s->words));
}

static void labels_and_links_are_there(void **state)
{
    (void)state;
    each_span(see_span);
}

static uint32_t led_to[256]; /* roles whose guide leads to the topic */
static void see_guide(const struct help_topic *t, const struct help_span *s)
{
    if (t->group == HELP_GROUP_guide && s->kind == HELP_LINK) led_to[s->topic] |= t->roles;
}

static void every_role_has_a_guide_and_every_topic_a_reader(void **state)
{
    (void)state;
    assert_true(nhelp_topics < sizeof led_to / sizeof led_to[0]);
    each_span(see_guide);
    for (int role = 0; role < ROLE_COUNT; role++) assert_non_null(help_guide((enum role)role));
    for (size_t i = 0; i < nhelp_topics; i++)
        if (help_topics[i].group != HELP_GROUP_guide && led_to[i] == 0)
            fail_msg("no guide leads to %.*s", STR_FMT(help_topics[i].code));
}

static void what_people_type_finds_it(void **state)
{
    (void)state;
    static const struct {
        enum lang lang;
        const char *typed, *code;
    } asked[] = {
        {LANG_TH, "ขอทุน", "propose"},
        {LANG_TH, "เบิกเงิน", "propose"}, /* a villager's word; the officer's payment is the next */
        {LANG_TH, "จะขอเงินต้องทำยังไงครับ", "propose"},
        {LANG_TH, "ลืมรหัส", "forgot"},
        {LANG_TH, "ลืม  รหัส", "forgot"},
        {LANG_TH, "ถึงไหนแล้ว", "track"},
        {LANG_TH, "ส่งรูปไม่เป็น", "report"},
        {LANG_TH, "กปท.๗", "propose"},
        {LANG_TH, "ขยายเวลา", "change"},
        {LANG_TH, "ลงบัญชีผิด", "correct"},
        {LANG_TH, "OTP", "two-step"},
        {LANG_TH, "ยืนยันบันทึกจ่ายเงิน", "payment"}, /* words of a button */
        {LANG_EN, "forgotten password", "forgot"},
        {LANG_EN, "Excel", "export"},
    };
    struct arena *a = arena_new(4U << 20);
    const struct help_topic **found = ARENA_ARRAY(a, const struct help_topic *, nhelp_topics);
    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++) {
        size_t n = help_find(a, asked[i].lang, str_of(asked[i].typed), found), at = 0;
        while (at < n && !str_eq(found[at]->code, str_of(asked[i].code))) at++;
        if (at >= n || at > 2) fail_msg("%s: %s stands at %zu of %zu", asked[i].typed, asked[i].code, at, n);
    }
    assert_int_equal(help_find(a, LANG_TH, STR("zzz"), found), 0);
    assert_int_equal(help_find(a, LANG_TH, STR(" . "), found), 0);
    assert_true(help_find(a, LANG_TH, STR("เบิกเงิน"), found) >= 2 && str_eq(found[0]->code, STR("propose")));
    arena_free(a);
}

static void every_topic_is_a_page_in_both_languages(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    for (size_t i = 0; i < nhelp_topics; i++)
        for (int lang = LANG_TH; lang <= LANG_EN; lang++) {
            char target[80];
            snprintf(target, sizeof target, "/help/%.*s", STR_FMT(help_topics[i].code));
            struct reply r = fixture_get(f, target, lang == LANG_EN ? "lang=en" : "");
            assert_int_equal(r.status, 200);
            assert_int_equal(r.cost.statements, 0);
            assert_true(r.cost.arena_bytes < 96U << 10);
            struct str title = help_topics[i].in[lang].title;
            ptrdiff_t at = str_find(r.body, STR("<h1>"));
            assert_true(at > 0 && str_starts(html_read(f->arena, str_first(str_from(r.body, (size_t)at + 4), 600)), title));
        }
    assert_int_equal(fixture_get(f, "/help/none", "").status, 404);
    assert_int_equal(fixture_get(f, "/api/v1/help/none", "").status, 404);
}

static void the_first_page_is_of_the_role(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct reply r = fixture_get(f, "/help", "");
    assert_true(reply_has(&r, "ประชาชนทั่วไป</h2>") && reply_has(&r, "href=\"/help/forgot\""));
    r = fixture_get(f, "/help", fixture_sign_in(f, "chair"));
    assert_true(reply_has(&r, "ประธานกรรมการกองทุน</h2>") && reply_has(&r, "href=\"/help/sign\""));
    r = fixture_get(f, "/help?q=%E0%B9%80%E0%B8%9A%E0%B8%B4%E0%B8%81%E0%B9%80%E0%B8%87%E0%B8%B4%E0%B8%99", "");
    assert_true(reply_has(&r, "href=\"/help/payment\"") && r.cost.statements == 0 && r.cost.arena_bytes < 1U << 20);
    r = fixture_get(f, "/help?q=%3Cb%3Ezzz", "");
    assert_true(reply_has(&r, "&lt;b&gt;zzz") && !reply_has(&r, "<b>zzz") && reply_has(&r, "href=\"/help\">ทุกเรื่อง</a>"));
}

/* The link stands on the page; a guest's topic has the words of the guest's page. */
static void help_stands_beside_the_step(void **state)
{
    (void)state;
    static const struct {
        const char *who, *target, *link;
    } pages[] = {
        {NULL, "/login", "class=\"how no-print\"><a href=\"/help/log-in\""},
        {NULL, "/track", "href=\"/help/track\""},
        {"applicant", "/funds/D0001/projects/new", "href=\"/help/propose\""},
        {"officer", "/funds/D0001/ledger/receipts/new", "href=\"/help/receipt\""},
        {"secretary", "/funds/D0001/ledger/months", "href=\"/help/close-month\""},
        {"auditor", "/funds/D0001/ledger", "href=\"/help/book\""},
        {"mentor", "/funds/D0001/visits", "href=\"/help/visit\""},
        {"applicant", "/work", "href=\"/help\">งานของบทบาทนี้ตลอดปี</a>"},
        {"officer", "/funds/D0001/proposals", "href=\"/funds/D0001/projects/later\""},
        {"province", "/work", "href=\"/areas/12/people\""},
        {"agency", "/work", "href=\"/programmes\""},
        {"member", "/funds/D0001", "href=\"/funds/D0001/visits\""},
    };
    struct fixture *f = fixture_house();
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        struct reply r = fixture_get(f, pages[i].target, pages[i].who == NULL ? "" : fixture_sign_in(f, pages[i].who));
        assert_int_equal(r.status, 200);
        if (!reply_has(&r, pages[i].link)) fail_msg("%s lacks %s", pages[i].target, pages[i].link);
    }
    struct reply r = fixture_get(f, "/funds/D0001/proposals", fixture_sign_in(f, "applicant"));
    assert_true(r.status == 200 && !reply_has(&r, "/projects/later"));
    r = fixture_get(f, "/work", fixture_sign_in(f, "district"));
    assert_true(r.status == 200 && !reply_has(&r, "/people\""));
}

static void the_json_says_the_same(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    const struct json_value *v = NULL, *items = NULL;
    struct reply r = fixture_get(f, "/api/v1/help", "");
    assert_ok(json_read_object(f->arena, r.body, &v));
    assert_ok(json_get_array(v, "items", &items));
    assert_int_equal(items->nitems, nhelp_topics);
    r = fixture_get(f, "/api/v1/help?q=otp", "lang=en");
    assert_ok(json_read_object(f->arena, r.body, &v));
    assert_ok(json_get_array(v, "items", &items));
    assert_true(items->nitems == 1 && str_eq(json_member(&items->items[0], "code")->text, STR("two-step")));
    r = fixture_get(f, "/api/v1/help/receipt", "lang=en");
    assert_ok(json_read_object(f->arena, r.body, &v));
    assert_ok(json_get_array(v, "blocks", &items));
    struct str step = json_member(&items->items[5], "text")->text;
    assert_true(str_find(step, msg_text(MSG_ledger_receipt_button, LANG_EN)) > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_page_has_its_help),
        cmocka_unit_test(labels_and_links_are_there),
        cmocka_unit_test(every_role_has_a_guide_and_every_topic_a_reader),
        cmocka_unit_test(what_people_type_finds_it),
        cmocka_unit_test(every_topic_is_a_page_in_both_languages),
        cmocka_unit_test(the_first_page_is_of_the_role),
        cmocka_unit_test(help_stands_beside_the_step),
        cmocka_unit_test(the_json_says_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
