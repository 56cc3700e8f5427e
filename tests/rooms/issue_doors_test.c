/* issue_doors_test.c — the catalogue's pages and JSON through app_handle(), with their budgets. */
#include "tests/rooms/fixture.h"

#include "json/json_in.h"

/* What a page may cost: it must not grow with the number of rows (an N+1 query fails here). */
#define STATEMENTS_MOST 4
#define ARENA_MOST ((size_t)256 << 10)

static struct reply get(const char *target, const char *cookies)
{
    struct reply r = fixture_get(fixture_house(), target, cookies);
    if (r.status == 200) {
        assert_true(r.cost.statements <= STATEMENTS_MOST);
        assert_true(r.cost.arena_bytes <= ARENA_MOST + r.raw.body.n);
    }
    return r;
}

/* The parsed answer, in an arena of its own: the fixture's is reset before each request. */
static const struct json_value *get_json(struct arena *a, const char *target)
{
    const struct json_value *root = NULL;
    struct reply r = get(target, "");
    assert_int_equal(r.status, 200);
    assert_true(str_starts(r.type, STR("application/json")));
    assert_ok(json_read_object(a, r.body, &root));
    return root;
}

static const struct json_value *list_in(const struct json_value *object, const char *name)
{
    const struct json_value *list = NULL;
    assert_ok(json_get_array(object, name, &list));
    return list;
}

static struct str text_in(const struct json_value *object, const char *name)
{
    const struct json_value *v = json_member(object, name);
    assert_true(v != NULL && v->kind == JSON_IN_STR);
    return v->text;
}

static int64_t number_in(const struct json_value *object, const char *name)
{
    int64_t n = 0;
    assert_ok(json_get_int(object, name, -1000000, 1000000, &n));
    return n;
}

/* There, and null: unknown is said, not left out. */
static bool is_null_in(const struct json_value *object, const char *name)
{
    const struct json_value *v = json_member(object, name);
    return v != NULL && v->kind == JSON_IN_NULL;
}

static int begin(void **state)
{
    *state = arena_new((size_t)16 << 20);
    return 0;
}

static int end(void **state)
{
    arena_free(*state);
    return 0;
}

/* ---- JSON ---- */

static void the_list_is_one_page_of_twenty_issues(void **state)
{
    const struct json_value *root = get_json(*state, "/api/v1/issues");
    const struct json_value *items = list_in(root, "items");
    assert_int_equal(items->nitems, 20);
    assert_true(is_null_in(root, "next"));
    assert_true(str_eq(text_in(&items->items[0], "code"), STR("alcohol")));
    assert_true(str_eq(text_in(&items->items[0], "name_th"), STR("สุรา")));
    assert_int_equal(number_in(&items->items[0], "indicator_count"), 2);
    assert_int_equal(number_in(&items->items[0], "incumbent_id"), 1);
    assert_true(is_null_in(&items->items[6], "incumbent_id")); /* waste */
}

static void an_issue_has_its_indicators_with_both_questions(void **state)
{
    const struct json_value *root = get_json(*state, "/api/v1/issues/tobacco");
    const struct json_value *indicators = list_in(root, "indicators");
    assert_int_equal(indicators->nitems, 3);
    const struct json_value *youth = &indicators->items[0], *shops = &indicators->items[2];
    assert_true(str_eq(text_in(youth, "unit"), STR("percent")));
    assert_true(str_eq(text_in(youth, "direction"), STR("down")));
    assert_false(str_is_empty(text_in(youth, "question_num_th")));
    assert_false(str_is_empty(text_in(youth, "question_den_en")));
    assert_int_equal(list_in(youth, "examples_x100")->items[0].number, 800);
    assert_true(is_null_in(shops, "question_den_th"));
    assert_true(is_null_in(shops, "value_max_x100"));
}

static void every_issue_of_the_list_can_be_asked_for(void **state)
{
    const struct json_value *items = list_in(get_json(*state, "/api/v1/issues"), "items");
    for (size_t i = 0; i < items->nitems; i++) {
        const struct json_value *item = &items->items[i];
        struct str target = str_printf(*state, "/api/v1/issues/%.*s", STR_FMT(text_in(item, "code")));
        const struct json_value *one = get_json(*state, str_z(*state, target));
        assert_true(str_eq(text_in(one, "name_en"), text_in(item, "name_en")));
        assert_int_equal(list_in(one, "indicators")->nitems, number_in(item, "indicator_count"));
    }
}

static void an_unknown_issue_is_404_at_both_doors(void **state)
{
    (void)state;
    struct reply r = get("/api/v1/issues/happiness", "");
    assert_int_equal(r.status, 404);
    assert_true(str_starts(r.type, STR("application/json")));
    assert_true(reply_has(&r, "\"error\""));
    r = get("/issues/happiness", "");
    assert_int_equal(r.status, 404);
    assert_true(str_starts(r.type, STR("text/html")));
    r = get("/issues/alcohol%27%20OR%201=1", "");
    assert_int_equal(r.status, 404);
}

/* ---- pages ---- */

static void the_list_page_shows_issues_and_what_a_project_may_be(void **state)
{
    (void)state;
    struct reply r = get("/issues", "");
    assert_int_equal(r.status, 200);
    assert_true(reply_has(&r, "href=\"/issues/older_people\""));
    assert_true(reply_has(&r, "ผู้สูงอายุ"));
    assert_true(reply_has(&r, "กลุ่มหญิงตั้งครรภ์และหญิงหลังคลอด")); /* target groups */
    assert_true(reply_has(&r, "10(1)"));                          /* the clause of this year */
    assert_true(reply_has(&r, "กลุ่มหรือองค์กรประชาชนตั้งแต่ 5 คน"));  /* owner types */
}

static void the_list_page_speaks_english_when_asked(void **state)
{
    (void)state;
    struct reply r = get("/issues", "lang=en");
    assert_int_equal(r.status, 200);
    assert_true(reply_has(&r, "Older people"));
    assert_true(reply_has(&r, "Pregnant and post-partum women"));
}

static void an_issue_page_asks_both_questions(void **state)
{
    (void)state;
    struct reply r = get("/issues/alcohol", "");
    assert_int_equal(r.status, 200);
    assert_true(reply_has(&r, "มีเยาวชนอายุไม่เกิน 25 ปีกี่คนที่ดื่มในรอบปีที่ผ่านมา"));
    assert_true(reply_has(&r, "ในพื้นที่มีเยาวชนอายุไม่เกิน 25 ปีทั้งหมดกี่คน"));
    r = get("/issues/alcohol", "lang=en");
    assert_true(reply_has(&r, "How many young people aged 25 or under drank in the past year?"));
}

static void a_catalogue_cannot_be_posted_to(void **state)
{
    (void)state;
    struct reply r = fixture_ask(fixture_house(), WEB_POST, "/issues", "");
    assert_int_equal(r.status, 405);
}

#define T(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
    const struct CMUnitTest issue_doors[] = {
        T(the_list_is_one_page_of_twenty_issues),
        T(an_issue_has_its_indicators_with_both_questions),
        T(every_issue_of_the_list_can_be_asked_for),
        T(an_unknown_issue_is_404_at_both_doors),
        T(the_list_page_shows_issues_and_what_a_project_may_be),
        T(the_list_page_speaks_english_when_asked),
        T(an_issue_page_asks_both_questions),
        T(a_catalogue_cannot_be_posted_to),
    };
    return FIXTURE_RUN(issue_doors);
}
