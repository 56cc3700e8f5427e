/* project_pages_test.c — a villager's way through the pages: begin, one page, review, send, slip, track; the form of a
 * larger one; two people at once; strangers; and the same by JSON. */
#include "tests/rooms/fixture.h"
#include "tests/rooms/project_steps.h"

#include "rooms/project/project.h"

static struct fixture *f;

static char *after(const struct reply *r, const char *mark, size_t n)
{
    static char out[4][200];
    static int k;
    ptrdiff_t at = str_find(r->body, str_of(mark));
    assert_true(at > 0);
    k = (k + 1) % 4;
    snprintf(out[k], sizeof out[k], "%.*s", (int)n, r->body.p + at + strlen(mark));
    return out[k];
}

static long long number_after(const struct reply *r, const char *mark)
{
    long long n = 0;
    for (const char *p = after(r, mark, 18); *p >= '0' && *p <= '9'; p++) n = n * 10 + (*p - '0');
    return n;
}

static void location(const struct reply *r, char *out, size_t n)
{
    struct str to = reply_header(r, "Location");
    if (r->status != 303) fail_msg("status %d: %.*s", r->status, 600, r->body.p);
    snprintf(out, n, "%.*s", STR_FMT(to));
}

/* A request that begins with what the page gave out for this section. */
static struct reply post_seen(const char *target, const char *cookies, const char *fields)
{
    char body[6000];
    struct reply page = fixture_get(f, target, cookies);
    assert_int_equal(page.status, 200);
    snprintf(body, sizeof body, "seen=%s&%s", after(&page, "name=\"seen\" value=\"", 16), fields);
    return fixture_post_as(f, target, cookies, body);
}

#define BEGIN_SMALL "title=Falls&owner_name=Club&owner_type=5&asked=10,200"
#define ONE_PAGE                                                                                                          \
    "title=Falls&owner_name=Club&owner_type=5&support_type=2&names=A%0AB%0AC%0AD%0AE&issue=older_people&situation=Many+fall" \
    "&method=Training&group_1004=40&starts_d=10&starts_m=1&starts_y=2570&ends_d=10&ends_m=3&ends_y=2570&place=Hall&asked=10,200"

/* The search of every page knows the slip's code, however it is written; and says nothing of a draft. */
static void found_by_search(const char *slug)
{
    char target[100], to[300], want[40], up[9];
    snprintf(want, sizeof want, "/projects/%s", slug);
    for (int i = 0; i < 9; i++) up[i] = (char)(slug[i] >= 'a' ? slug[i] - 32 : slug[i]);
    static const char *const between[] = {"", "+", "-", "%E2%80%93"};
    for (size_t i = 0; i < 4; i++) {
        snprintf(target, sizeof target, "/find?q=+%.4s%s%s", up, between[i], up + 4);
        struct reply r = fixture_get(f, target, "");
        location(&r, to, sizeof to);
        assert_string_equal(to, want);
    }
    snprintf(target, sizeof target, "/api/v1/find?q=%s", slug);
    struct reply r = fixture_get(f, target, "");
    snprintf(want, sizeof want, "\"id\":\"%s\"", slug);
    assert_true(r.status == 200 && reply_has(&r, want) && reply_has(&r, "\"state\":\"sent\""));
    r = fixture_get(f, "/find?q=songkhla", ""); /* eight letters, and nobody's code */
    assert_true(r.status == 200);
}

/* By whose it is; the code on the slip still leads to it, the fund sees it, and it is sent again. */
static void taken_back(const char *slug, const char *who)
{
    char target[300], body[100], to[300];
    const char *officer = fixture_sign_in(f, "officer");
    snprintf(target, sizeof target, "/funds/D0001/projects/%s", slug);
    struct reply r = fixture_get(f, target, officer);
    assert_false(reply_has(&r, "/recall\""));
    snprintf(body, sizeof body, "version=%s", after(&r, "name=\"version\" value=\"", 1));
    snprintf(target, sizeof target, "/funds/D0001/projects/%s/recall", slug);
    assert_int_equal(fixture_post_as(f, target, officer, body).status, 400); /* it is not the officer's */
    snprintf(to, sizeof to, "/funds/D0001/projects/%s", slug);
    r = fixture_get(f, to, who);
    assert_true(reply_has(&r, "id=\"recall\"") && reply_has(&r, "/recall\""));
    r = fixture_post_as(f, target, who, body);
    location(&r, to, sizeof to);
    assert_non_null(strstr(to, "done=recalled"));
    r = fixture_get(f, to, who);
    assert_false(reply_has(&r, "id=\"recall\"")); /* taken back already: nothing is said of it */
    assert_int_equal(fixture_post_as(f, target, who, body).status, 303); /* changed since: looked at again */
    r = fixture_get(f, to, officer);
    assert_true(reply_has(&r, "เรียกกลับไปแก้ไข")); /* lint: thai taken back */
    snprintf(target, sizeof target, "/projects/%s", slug);
    r = fixture_get(f, target, "");
    assert_true(r.status == 200 && reply_has(&r, "เรียกกลับไปแก้ไข")); /* lint: thai taken back */
    r = fixture_get(f, "/api/v1/work", who);
    assert_true(reply_has(&r, slug) && reply_has(&r, "\"all_projects\":\"/funds/D0001/proposals\""));
    snprintf(target, sizeof target, "/api/v1/projects/%s", slug);
    r = fixture_get(f, target, who);
    assert_true(reply_has(&r, "\"recalled_on\":\"2026-"));
    snprintf(body, sizeof body, "{\"version\":%lld}", number_after(&r, "\"version\":"));
    snprintf(target, sizeof target, "/api/v1/funds/D0001/projects/%s/send", slug);
    r = fixture_post_as(f, target, who, body);
    assert_int_equal(r.status, 200);
    assert_true(reply_has(&r, "\"state\":\"sent\""));
    r = fixture_get(f, "/work", who);
    assert_true(reply_has(&r, slug) && reply_has(&r, "/funds/D0001/projects/new\""));
}

static void test_a_small_project_is_one_page(void **state)
{
    (void)state;
    char one[300], slug[20], target[300], slip[300];
    const char *who = fixture_sign_in(f, "applicant");
    struct reply r = fixture_get(f, "/funds/D0001/projects/new", who);
    assert_int_equal(r.status, 200);
    r = fixture_post_as(f, "/funds/D0001/projects", who, BEGIN_SMALL);
    location(&r, one, sizeof one);
    assert_non_null(strstr(one, "/edit/one"));
    snprintf(slug, sizeof slug, "%.8s", strstr(one, "/projects/") + strlen("/projects/"));
    snprintf(target, sizeof target, "/funds/D0001/projects/%s/edit/review", slug);
    r = fixture_get(f, target, who);
    assert_true(reply_has(&r, "id=\"lacks-title\"")); /* not complete: no button */
    assert_true(reply_has(&r, "/edit/one#situation\"") && reply_has(&r, "/edit/one#targets\""));
    assert_false(reply_has(&r, "icons.svg#send"));
    r = post_seen(one, who, ONE_PAGE "&step=next");
    location(&r, slip, sizeof slip);
    assert_non_null(strstr(slip, "/edit/review"));
    r = fixture_get(f, target, who);
    assert_false(reply_has(&r, "id=\"lacks-title\""));
    assert_true(reply_has(&r, "หนึ่งหมื่นสองร้อยบาทถ้วน")); /* lint: thai the sum in words */
    char body[100];
    snprintf(body, sizeof body, "version=%s", after(&r, "name=\"version\" value=\"", 1));
    snprintf(target, sizeof target, "/funds/D0001/projects/%s/send", slug);
    r = fixture_post_as(f, target, who, body);
    location(&r, slip, sizeof slip);
    assert_non_null(strstr(slip, "/slip"));
    r = fixture_get(f, slip, who);
    assert_true(reply_has(&r, "<svg") && reply_has(&r, "slip-sent") && !reply_has(&r, "Ctrl"));
    /* without log-in: where it is, and nobody's name */
    snprintf(target, sizeof target, "/track?code=%.4s+%s", slug, slug + 4);
    r = fixture_get(f, target, "");
    location(&r, one, sizeof one);
    r = fixture_get(f, one, "");
    assert_int_equal(r.status, 200);
    assert_true(reply_has(&r, "Falls"));
    assert_false(reply_has(&r, "Many fall")); /* not approved: its words are not for everybody yet */
    r = fixture_get(f, "/track?code=zzzz", "");
    assert_int_equal(r.status, 404);
    found_by_search(slug);
    taken_back(slug, who);
    /* a stranger cannot tell that it is there; the fund's people see it */
    snprintf(target, sizeof target, "/funds/D0001/projects/%s", slug);
    r = fixture_get(f, target, fixture_sign_in(f, "mentor"));
    assert_int_equal(r.status, 200);
    r = fixture_get(f, target, fixture_sign_in(f, "two.hats"));
    assert_true(r.status == 403 || r.status == 404);
    /* and it is not written any more */
    snprintf(target, sizeof target, "/funds/D0001/projects/%s/edit/one", slug);
    r = fixture_get(f, target, who);
    assert_int_equal(r.status, 303);
}

/* Rows grow without script and keep everything; a telephone number stands beside its field. */
static void test_a_larger_one_goes_page_by_page(void **state)
{
    (void)state;
    char at[300], base[200], target[300];
    const char *who = fixture_sign_in(f, "officer");
    struct reply r = fixture_post_as(f, "/funds/D0001/projects", who, "title=Road+safety&owner_name=School&owner_type=4&asked=50000&is_paper=1");
    location(&r, at, sizeof at);
    snprintf(base, sizeof base, "%.*s", (int)(strstr(at, "/edit/") - at), at);
    static const char *const pages[] = {"head", "plan", "situation", "objectives", "targets", "when", "activities", "budget", "expected", "review"};
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        snprintf(target, sizeof target, "%s/edit/%s", base, pages[i]);
        r = fixture_get(f, target, who);
        if (r.status != 200) fail_msg("%s: %d", target, r.status);
    }
    snprintf(target, sizeof target, "%s/edit/people", base); /* a school has no five persons */
    r = fixture_get(f, target, who);
    assert_int_equal(r.status, 303);
    snprintf(target, sizeof target, "%s/edit/budget", base);
    r = post_seen(target, who, "rows=2&words_1=Helmets&quantity_1=40&price_1=350&times_1=1&words_2=Snacks&quantity_2=40&price_2=&times_2=&step=more");
    location(&r, at, sizeof at);
    r = fixture_get(f, at, who);
    assert_true(reply_has(&r, "words_5"));
    assert_true(reply_has(&r, "Snacks"));
    assert_true(reply_has(&r, "14,000.00"));
    r = post_seen(target, who, "rows=3&words_1=Helmets&price_1=many&step=next");
    assert_int_equal(r.status, 400);
    assert_true(reply_has(&r, "many"));
    snprintf(target, sizeof target, "%s/edit/targets", base); /* each group its own number */
    assert_int_equal(post_seen(target, who, "group_1004=4321&group_2002=1234&step=next").status, 303);
    r = fixture_get(f, target, who);
    ptrdiff_t older = str_find(r.body, STR("value=\"4321\"")), chronic = str_find(r.body, STR("value=\"1234\""));
    assert_true(older > 0 && chronic > 0);
    assert_int_equal(str_find(str_from(r.body, (size_t)older + 1), STR("value=\"4321\"")), -1);
    assert_int_equal(str_find(str_from(r.body, (size_t)chronic + 1), STR("value=\"1234\"")), -1);
    snprintf(target, sizeof target, "%s/edit/situation", base);
    r = post_seen(target, who, "situation=call+081-234-5678&step=next");
    assert_int_equal(r.status, 400);
    assert_true(reply_has(&r, "081-234-5678"));
    assert_true(reply_has(&r, "situation-fault"));
    /* two people: the second is shown what the first kept, and what they wrote themselves */
    struct reply page = fixture_get(f, target, who);
    char second[300];
    snprintf(second, sizeof second, "seen=%s&situation=second&step=next", after(&page, "name=\"seen\" value=\"", 16));
    r = post_seen(target, fixture_sign_in(f, "secretary"), "situation=first&step=next");
    assert_int_equal(r.status, 303);
    r = fixture_post_as(f, target, who, second);
    assert_int_equal(r.status, 409);
    assert_true(reply_has(&r, "first"));
    assert_true(reply_has(&r, "second"));
    snprintf(second, sizeof second, "seen=%s&situation=second&step=stop", after(&r, "name=\"seen\" value=\"", 16));
    r = fixture_post_as(f, target, who, second);
    assert_int_equal(r.status, 303);
    r = fixture_get(f, base, who);
    assert_true(reply_has(&r, "second"));
    snprintf(target, sizeof target, "%s/send", base);
    r = fixture_post_as(f, target, who, "version=999");
    assert_int_equal(r.status, 409);
}

/* Beside its part, where it is written too; answered once, by who writes the proposal. */
static void the_note_is_answered(const char *slug, const char *who)
{
    char note[200], target[300];
    struct reply r;
    snprintf(target, sizeof target, "/funds/D0001/projects/%s/edit/budget", slug);
    r = fixture_get(f, target, who);
    assert_true(reply_has(&r, "Three quotes, please"));
    snprintf(target, sizeof target, "/funds/D0001/projects/%s/edit/situation", slug);
    r = fixture_get(f, target, who);
    assert_false(reply_has(&r, "Three quotes, please"));
    snprintf(target, sizeof target, "/funds/D0001/projects/%s/edit/review", slug);
    r = fixture_get(f, target, who);
    assert_true(reply_has(&r, "class=\"notes\"") && reply_has(&r, "Three quotes, please"));
    snprintf(target, sizeof target, "/api/v1/projects/%s", slug);
    r = fixture_get(f, target, who);
    snprintf(note, sizeof note, "/funds/D0001/projects/%s/notes/%lld/answered", slug, number_after(&r, "\"notes\":[{\"id\":"));
    assert_int_equal(fixture_post_as(f, note, fixture_sign_in(f, "mentor"), "answer=no").status, 403);
    r = fixture_post_as(f, note, who, "answer=Three+are+attached");
    location(&r, target, sizeof target);
    assert_non_null(strstr(target, "done=answered"));
    snprintf(target, sizeof target, "/funds/D0001/projects/%s", slug);
    r = fixture_get(f, target, fixture_sign_in(f, "mentor"));
    assert_true(reply_has(&r, "Three are attached") && !reply_has(&r, "/answered"));
    snprintf(target, sizeof target, "/api/v1%s", note);
    assert_int_equal(fixture_post_as(f, target, who, "{}").status, 409);
    snprintf(target, sizeof target, "/api/v1/funds/D0001/projects/%s/notes/999999999/answered", slug);
    assert_int_equal(fixture_post_as(f, target, who, "{}").status, 404);
}

static void test_the_same_by_json(void **state)
{
    (void)state;
    char slug[20], target[300];
    const char *who = fixture_sign_in(f, "applicant");
    struct reply r = fixture_post_as(f, "/api/v1/funds/D0001/projects", who,
                                     "{\"title\":\"Falls\",\"owner_name\":\"Club\",\"owner_type\":\"4\",\"asked_satang\":5000000}");
    assert_int_equal(r.status, 201);
    snprintf(slug, sizeof slug, "%s", after(&r, "\"id\":\"", 8));
    snprintf(target, sizeof target, "/api/v1/funds/D0001/projects/%s/edit/budget", slug);
    r = fixture_post_as(f, target, who,
                        "{\"version\":1,\"budget\":[{\"words\":\"Mats\",\"quantity\":10,\"price_satang\":20000,\"times\":1,\"expense\":\"402\"}]}");
    assert_int_equal(r.status, 200);
    r = fixture_post_as(f, target, who, "{\"version\":1,\"budget\":[]}");
    assert_int_equal(r.status, 409);
    r = fixture_post_as(f, target, who, "{\"version\":2,\"budget\":[{\"words\":\"Mats 0812345678\"}]}");
    assert_int_equal(r.status, 400);
    assert_true(reply_has(&r, "budget_1_words"));
    snprintf(target, sizeof target, "/api/v1/funds/D0001/projects/%s/send", slug);
    r = fixture_post_as(f, target, who, "{\"version\":2}");
    assert_int_equal(r.status, 422);
    assert_true(reply_has(&r, "\"incomplete\""));
    snprintf(target, sizeof target, "/api/v1/projects/%s", slug);
    r = fixture_get(f, target, who);
    assert_int_equal(r.status, 200);
    assert_true(reply_has(&r, "\"amount_satang\":200000"));
    assert_true(reply_has(&r, "\"missing\":["));
    r = fixture_get(f, target, "");
    assert_int_equal(r.status, 404);
    snprintf(target, sizeof target, "/api/v1/funds/D0001/projects/%s/notes", slug);
    r = fixture_post_as(f, target, fixture_sign_in(f, "mentor"), "{\"section\":\"budget\",\"words\":\"Three quotes, please\"}");
    assert_int_equal(r.status, 201);
    snprintf(target, sizeof target, "/funds/D0001/projects/%s", slug);
    r = fixture_get(f, target, who);
    assert_true(reply_has(&r, "Three quotes, please"));
    the_note_is_answered(slug, who);
    snprintf(target, sizeof target, "/api/v1/funds/D0001/projects/%s/cancel", slug);
    r = fixture_post_as(f, target, who, "{\"version\":2,\"reason\":\"changed our mind\"}");
    assert_int_equal(r.status, 200);
    r = fixture_get(f, "/funds/D0001/proposals?state=cancelled", who);
    assert_true(reply_has(&r, slug));
    r = fixture_get(f, "/funds/D0001/proposals?state=nonsense", who);
    assert_int_equal(r.status, 400);
    r = fixture_get(f, "/funds/D0001/projects", "");
    assert_false(reply_has(&r, slug));
}

/* A planned project becomes a proposal without retyping; and what a meeting has on its agenda leads to the plan. */
static void test_a_planned_project_is_not_typed_again(void **state)
{
    (void)state;
    char target[600], item[200];
    const char *who = fixture_sign_in(f, "applicant"), *officer = fixture_sign_in(f, "officer");
    struct reply r = fixture_get(f, "/funds/D0001/plans/alcohol/2570", officer);
    ptrdiff_t begins = str_find(r.body, STR("/funds/D0001/projects/new?planned="));
    assert_true(begins > 0);
    struct str link = str_first(str_from(r.body, (size_t)begins), sizeof target - 1);
    for (size_t i = 0, k = 0; i < link.n && link.p[i] != '"'; i++) { /* &amp; is one letter in an address */
        target[k++] = link.p[i];
        target[k] = '\0';
        if (strncmp(link.p + i, "&amp;", 5) == 0) i += 4;
    }
    assert_non_null(strstr(target, "&issue=alcohol"));
    r = fixture_get(f, target, who);
    assert_int_equal(r.status, 200);
    assert_true(reply_has(&r, "value=\"รณรงค์งดเหล้าเข้าพรรษา\"")); /* lint: thai its title in the demo */
    assert_true(reply_has(&r, "value=\"57,900.00\"") && reply_has(&r, "name=\"issue\" value=\"alcohol\""));
    *strstr(target, "alcohol") = 'x'; /* the same title of another issue is another line */
    r = fixture_get(f, target, who);
    assert_true(r.status == 200 && !reply_has(&r, "value=\"57,900.00\""));
    /* the meeting's item */
    r = fixture_post_as(f, "/api/v1/funds/D0001/meetings", officer, "{\"held_on\":\"2026-11-30\",\"place\":\"Hall\"}");
    assert_int_equal(r.status, 201);
    char ref[20];
    snprintf(ref, sizeof ref, "%s", after(&r, "\"ref\":\"", 12));
    *strchr(ref, '"') = '\0';
    snprintf(item, sizeof item, "{\"meeting\":\"%s\"}", ref);
    r = fixture_post_as(f, "/api/v1/funds/D0001/years/2570/plan/agenda", officer, item);
    if (r.status != 200) fail_msg("%d: %.*s", r.status, 300, r.body.p);
    snprintf(target, sizeof target, "/funds/D0001/meetings/%s", ref);
    r = fixture_get(f, target, officer);
    snprintf(target, sizeof target, "/funds/D0001/plans/item/%lld", number_after(&r, "/plans/item/"));
    r = fixture_get(f, target, officer);
    location(&r, item, sizeof item);
    assert_string_equal(item, "/funds/D0001/years/2570/plan");
    assert_int_equal(fixture_get(f, "/funds/D0001/plans/item/999999999", officer).status, 404);
}

/* A proposal is for this fiscal year or for the next. */
static void test_a_proposal_is_of_this_year_or_the_next(void **state)
{
    (void)state;
    static const struct { const char *fy; int status; } years[] = {{"2569", 400}, {"2570", 303}, {"2571", 303}, {"2572", 400}, {"next", 400}};
    char body[200];
    for (size_t i = 0; i < sizeof years / sizeof years[0]; i++) {
        snprintf(body, sizeof body, "title=Of+a+year&owner_name=Club&owner_type=4&asked=9,000&is_paper=1&fy=%s", years[i].fy);
        struct reply r = fixture_post_as(f, "/funds/D0001/projects", fixture_sign_in(f, "officer"), body);
        if (r.status != years[i].status) fail_msg("%s: %d", years[i].fy, r.status);
    }
    int64_t n = 0;
    assert_ok(db_scalar(f->db, "SELECT COUNT(*) FROM project WHERE title = 'Of a year' AND fy = 2571", &n));
    assert_int_equal(n, 1);
}

/* The summary names the question; beside the field a short word is enough. */
static void test_the_summary_names_the_question(void **state)
{
    (void)state;
    struct reply r = fixture_post_as(f, "/funds/D0001/projects", fixture_sign_in(f, "officer"), "title=&owner_name=Club&owner_type=4&asked=much&is_paper=1");
    assert_int_equal(r.status, 400);
    assert_true(reply_has(&r, "<li><a href=\"#title\">กรุณากรอก "));          /* lint: thai fill in: … */
    assert_false(reply_has(&r, "<li><a href=\"#title\">กรุณากรอกช่องนี้"));    /* lint: thai fill this in */
    assert_true(reply_has(&r, "<span>กรุณากรอกช่องนี้</span>"));               /* lint: thai beside the field */
    assert_true(reply_has(&r, ": กรอกจำนวนเงินเป็นบาท"));                    /* lint: thai which sum */
    r = fixture_post_as(f, "/funds/D0001/projects/sizes", fixture_sign_in(f, "officer"), "step=review");
    assert_true(reply_has(&r, "<li><a href=\"#from\">กรุณากรอก ใช้ตั้งแต่วันที่</a></li>")); /* lint: thai a date by its legend */
    assert_true(reply_has(&r, "<li><a href=\"#source\">กรุณากรอก ที่มา</a></li>"));     /* lint: thai */
}

/* A copy says of what; a year of two digits is answered by what to write. */
static void test_a_copy_and_a_short_year(void **state)
{
    (void)state;
    char one[300], target[300], body[300], slug[20];
    const char *who = fixture_sign_in(f, "applicant");
    struct reply r = fixture_post_as(f, "/funds/D0001/projects", who, "title=First+of+two&owner_name=Club&owner_type=4&asked=9,000");
    location(&r, one, sizeof one);
    snprintf(slug, sizeof slug, "%.8s", strstr(one, "/projects/") + strlen("/projects/"));
    snprintf(target, sizeof target, "/funds/D0001/projects/new?copy=%s", slug);
    r = fixture_get(f, target, who);
    assert_true(reply_has(&r, "First of two") && reply_has(&r, slug));
    snprintf(body, sizeof body, "title=Second&owner_name=Club&owner_type=4&asked=9,000&copy=%s", slug);
    r = fixture_post_as(f, "/funds/D0001/projects", who, body);
    location(&r, one, sizeof one);
    snprintf(target, sizeof target, "%.*s", (int)(strstr(one, "/edit/") - one), one);
    r = fixture_get(f, target, who);
    assert_true(reply_has(&r, "First of two") && reply_has(&r, slug));
    r = post_seen(one, who, "title=Second&owner_name=Club&owner_type=4&starts_d=10&starts_m=1&starts_y=70&asked=9,000&step=next");
    assert_int_equal(r.status, 400);
    assert_true(reply_has(&r, "2570") && reply_has(&r, "href=\"#starts\""));
    r = fixture_get(f, "/funds/D0001", "");
    assert_true(reply_has(&r, "/funds/D0001/projects/new") && reply_has(&r, "href=\"/track\""));
    r = fixture_get(f, "/", "");
    assert_true(reply_has(&r, "/login?for=propose") && reply_has(&r, "href=\"/track\""));
    r = fixture_get(f, "/", who);
    assert_true(reply_has(&r, "/funds/D0001/projects/new\""));
}

int main(void)
{
    f = fixture_house();
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_a_small_project_is_one_page),
                                       cmocka_unit_test(test_a_larger_one_goes_page_by_page),
                                       cmocka_unit_test(test_the_same_by_json),
                                       cmocka_unit_test(test_a_planned_project_is_not_typed_again), cmocka_unit_test(test_a_copy_and_a_short_year),
                                       cmocka_unit_test(test_a_proposal_is_of_this_year_or_the_next),
                                       cmocka_unit_test(test_the_summary_names_the_question)};
    return cmocka_run_group_tests_name("project pages", tests, NULL, NULL);
}
