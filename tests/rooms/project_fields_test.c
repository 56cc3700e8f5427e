/* project_fields_test.c — every input of a proposal's form, from what is typed to all the places that must know of it. A new
 * input wants a line in `typed` below and says so; then whatever forgot it is named: the saving (project_form.c, merge_…()
 * and the UPDATE), the mark by which a second writer is told (project_words.c), the review, JSON, the copy, the
 * history and its words. */
#include "tests/rooms/fixture.h"

#define NEW "/funds/D0001/projects"
#define PLACES 3000
#define TRAIL_BUDGET 18 /* however many changes it tells of */

static struct fixture *f;

/* name: without the number of a row and without _d _m _y of a date. body: how it is sent. kept: what its page shows then.
 * shown: what the review shows, and json what the JSON door says; NULL: it is not said there. is_copied: a copy of the
 * project has it, too. In this order each is added to what was sent before. */
struct typed {
    const char *page, *name, *body, *kept, *shown, *json;
    bool is_copied;
};
static const struct typed typed[] = {
    {"one", "title", "title=Dancing", "value=\"Dancing\"", "Dancing", "Dancing", false},
    {"one", "asked", "asked=9,000", "value=\"9,000.00\"", "9,000.00", "\"asked_satang\":900000", false},
    {"one", "group", "", NULL, NULL, NULL, false}, /* where the fund has groups: account_test.c */
    {"one", "owner_name", "owner_name=Club", "value=\"Club\"", "Club", "Club", false},
    {"one", "owner_type", "owner_type=5", "value=\"5\" selected", NULL, "\"owner_type\":\"5\"", false},
    {"one", "support_type", "support_type=3", "value=\"3\" selected", NULL, "\"support_type\":\"3\"", false},
    {"one", "names", "names=Malee%0ASomsak", "Malee\nSomsak", "Malee", NULL, true},
    {"one", "issue", "issue=alcohol", "value=\"alcohol\" selected", NULL, "\"alcohol\"", true},
    {"one", "situation", "situation=Idle", "Idle</textarea>", "Idle", "Idle", true},
    {"one", "method", "method=Waltz", "Waltz</textarea>", "Waltz", "Waltz", true},
    {"one", "group_", "group_1004=41", "value=\"41\"", "41", "\"planned\":41", true},
    {"one", "starts", "starts_d=11&starts_m=1&starts_y=2570", "value=\"11\"", "11 ", "2027-01-11", false},
    {"one", "ends", "ends_d=12&ends_m=3&ends_y=2570", "value=\"12\"", "12 ", "2027-03-12", false},
    {"one", "place", "place=Pavilion", "value=\"Pavilion\"", "Pavilion", "Pavilion", true},

    {"head", "title", "title=Riding", "value=\"Riding\"", "Riding", "Riding", false},
    {"head", "group", "", NULL, NULL, NULL, false}, /* where the fund has groups: account_test.c */
    {"head", "owner_name", "owner_name=Team", "value=\"Team\"", "Team", "Team", false},
    {"head", "owner_type", "owner_type=5", "value=\"5\" selected", NULL, "\"owner_type\":\"5\"", false},
    {"head", "support_type", "support_type=3", "value=\"3\" selected", NULL, "\"support_type\":\"3\"", false},
    {"people", "name_", "name_1=Malee", "value=\"Malee\"", "Malee", NULL, true},
    {"people", "duty_", "duty_1=Leader", "value=\"Leader\"", "Leader", NULL, true},
    {"people", "phone_", "phone_1=0812345678", "value=\"0812345678\"", "0812345678", NULL, true},
    {"plan", "issue_", "issue_1=alcohol", "value=\"alcohol\" selected", NULL, "\"alcohol\"", true},
    {"situation", "situation", "situation=Falls", "Falls</textarea>", "Falls", "Falls", true},
    {"objectives", "words_", "words_1=Stand", "Stand</textarea>", "Stand", "Stand", true},
    {"objectives", "indicator_words_", "indicator_words_1=Falling", "value=\"Falling\"", "Falling", "Falling", true},
    {"objectives", "to_", "to_1=17", "value=\"17\"", "17", "\"to_x100\":1700", true},
    {"objectives", "from_", "from_1=31", "value=\"31\"", "31", "\"from_x100\":3100", true},
    {"objectives", "indicator_", "", NULL, NULL, NULL, false}, /* where the catalogue has one */
    {"targets", "group_", "group_1004=43", "value=\"43\"", "43", "\"planned\":43", true},
    {"when", "starts", "starts_d=11&starts_m=1&starts_y=2570", "value=\"11\"", "11 ", "2027-01-11", false},
    {"when", "ends", "ends_d=12&ends_m=3&ends_y=2570", "value=\"12\"", "12 ", "2027-03-12", false},
    {"when", "place", "place=Temple", "value=\"Temple\"", "Temple", "Temple", true},
    {"activities", "title_", "title_1=Walking", "value=\"Walking\"", "Walking", "Walking", true},
    {"activities", "how_", "how_1=Slowly%0D%0A+on", "Slowly\n on</textarea>", "Slowly", NULL, true},
    {"activities", "starts_", "starts_1_d=13&starts_1_m=1&starts_1_y=2570", "value=\"13\"", "13 ", "2027-01-13", false},
    {"activities", "ends_", "ends_1_d=14&ends_1_m=2&ends_1_y=2570", "value=\"14\"", "14 ", "2027-02-14", false},
    {"budget", "words_", "words_1=Helmets", "value=\"Helmets\"", "Helmets", "Helmets", true},
    {"budget", "price_", "price_1=35", "value=\"35.00\"", "35.00", "\"price_satang\":3500", true},
    {"budget", "quantity_", "quantity_1=47", "value=\"47\"", "47 ", "\"quantity\":47", true},
    {"budget", "times_", "times_1=19", "value=\"19\"", " 19 ", "\"times\":19", true},
    {"budget", "expense_", "expense_1=302", "value=\"302\" selected", NULL, "\"expense\":\"302\"", true},
    {"budget", "activity_", "activity_1=1", "value=\"1\" selected", NULL, NULL, true},
    {"expected", "expected", "expected=Fewer", "Fewer</textarea>", "Fewer", "Fewer", true},
};
#define NTYPED (sizeof typed / sizeof typed[0])
static const char *const pages[] = {"one", "head", "people", "plan", "situation", "objectives", "targets", "when", "activities", "budget", "expected"};
/* Of persons the history keeps how many they are, not who (project_lists.c). */
static const char *const unheard[] = {"duty_", "phone_"};
#define IS_AMONG(name, names) is_among(name, names, sizeof names / sizeof names[0])

static bool is_among(const char *name, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(name, names[i]) == 0) return true;
    return false;
}

/* "starts_2_d" → "starts_", "group_1004" → "group_". */
static void bare(struct str name, char *out, size_t n)
{
    if (name.n > 2 && name.p[name.n - 2] == '_' && strchr("dmy", name.p[name.n - 1]) != NULL) name.n -= 2;
    while (name.n > 0 && name.p[name.n - 1] >= '0' && name.p[name.n - 1] <= '9') name.n--;
    snprintf(out, n, "%.*s", STR_FMT(name));
}

/* Of a page of the form every input that is to be filled in has its line. */
static void each_input_has_a_line(const char *page, struct str body, const char *action)
{
    ptrdiff_t at = str_find(body, str_of(action));
    assert_true(at > 0);
    body = str_from(body, (size_t)at);
    body = str_first(body, (size_t)str_find(body, STR("</form>")));
    while ((at = str_find(body, STR(" name=\""))) >= 0) {
        struct str before = str_first(body, (size_t)at), name;
        char key[80];
        body = str_from(body, (size_t)at + strlen(" name=\""));
        name = str_first(body, (size_t)str_find_char(body, '"'));
        size_t tag = before.n;
        while (tag > 0 && before.p[tag - 1] != '<') tag--;
        struct str head = str_from(before, tag);
        if (str_find(head, STR("hidden")) >= 0 || str_starts(head, STR("button"))) continue;
        bare(name, key, sizeof key);
        bool is_there = false;
        for (size_t i = 0; i < NTYPED; i++) is_there |= strcmp(typed[i].page, page) == 0 && strcmp(typed[i].name, key) == 0;
        if (!is_there) fail_msg("the input %s of /edit/%s has no line in tests/rooms/project_fields_test.c: add one to typed[]", key, page);
    }
}

static void slug_of(const struct reply *r, char *out, size_t n)
{
    struct str to = reply_header(r, "Location");
    if (r->status != 303) fail_msg("status %d: %.*s", r->status, 600, r->body.p);
    ptrdiff_t at = str_find(to, STR("/projects/"));
    assert_true(at >= 0);
    snprintf(out, n, "%.8s", to.p + at + strlen("/projects/"));
}

static void seen_of(const struct reply *r, char *out, size_t n)
{
    ptrdiff_t at = str_find(r->body, STR("name=\"seen\" value=\""));
    assert_true(at > 0);
    snprintf(out, n, "%.16s", r->body.p + at + strlen("name=\"seen\" value=\""));
}

/* How many changes the history holds. */
static int64_t changes(void)
{
    int64_t n = 0;
    assert_ok(db_scalar(f->db, "SELECT COUNT(*) FROM audit_field", &n));
    return n;
}

/* Types one input after the other, each time all that came before it, too. */
static void fill_page(const char *slug, const char *page, const char *who)
{
    char target[200], fields[PLACES] = "rows=1&step=keep", body[PLACES + 40], seen[20], now[20];
    snprintf(target, sizeof target, NEW "/%s/edit/%s", slug, page);
    struct reply r = fixture_get(f, target, who);
    if (r.status != 200) return; /* the form of a small one, or of a larger one: the other has it */
    each_input_has_a_line(page, r.body, target);
    seen_of(&r, seen, sizeof seen);
    for (size_t i = 0; i < NTYPED; i++) {
        if (strcmp(typed[i].page, page) != 0 || typed[i].kept == NULL) continue;
        size_t n = strlen(fields);
        snprintf(fields + n, sizeof fields - n, "&%s", typed[i].body);
        if (strcmp(typed[i].name, "title") == 0 && strcmp(page, "one") == 0) continue; /* the sum must come with it */
        snprintf(body, sizeof body, "seen=%s&%s", seen, fields);
        int64_t before = changes();
        r = fixture_post_as(f, target, who, body);
        if (r.status != 303) fail_msg("%s with %s answers %d: %.*s", target, typed[i].body, r.status, 3000, r.body.p);
        r = fixture_get(f, target, who);
        if (!reply_has(&r, typed[i].kept)) fail_msg("%s of /edit/%s is not kept: %s", typed[i].name, page, typed[i].kept);
        if (changes() == before && !IS_AMONG(typed[i].name, unheard))
            fail_msg("%s of /edit/%s has no history: fields_of() of project_write.c, or its list's", typed[i].name, page);
        seen_of(&r, now, sizeof now);
        if (strcmp(now, seen) == 0)
            fail_msg("%s of /edit/%s does not change the mark that a second writer is told by: project_page_text() lacks it", typed[i].name, page);
        snprintf(seen, sizeof seen, "%s", now);
        before = changes();
        snprintf(body, sizeof body, "seen=%s&%s", seen, fields);
        r = fixture_post_as(f, target, who, body);
        if (changes() != before) fail_msg("/edit/%s saved again with %s as it was: the history tells of a change", page, typed[i].name);
    }
}

/* The trail calls fields by words of a page, never by the names that they have in the database. */
static void the_trail_is_in_words(const char *slug)
{
    char target[200];
    snprintf(target, sizeof target, NEW "/%s/trail", slug);
    struct reply r = fixture_get(f, target, fixture_sign_in(f, "auditor"));
    assert_true(reply_has(&r, "<ol class=\"history\">"));
    if (r.cost.statements > TRAIL_BUDGET) fail_msg("%u statements for the trail: one for each change", r.cost.statements);
    struct str rest = r.body;
    for (ptrdiff_t at; (at = str_find(rest, STR("<li>"))) >= 0;) {
        rest = str_from(rest, (size_t)at + 4);
        size_t n = 0;
        while (n < rest.n && ((rest.p[n] >= 'a' && rest.p[n] <= 'z') || rest.p[n] == '_')) n++;
        if (n > 0 && n < rest.n && rest.p[n] == ':') fail_msg("the trail says %.*s: project_trail.c has no word for it", (int)n, rest.p);
    }
}

static void said(const char *slug, bool is_small, const char *who)
{
    char review[200], api[200];
    snprintf(review, sizeof review, NEW "/%s/edit/review", slug);
    snprintf(api, sizeof api, "/api/v1/projects/%s", slug);
    for (int k = 0; k < 2; k++) {
        struct reply r = fixture_get(f, k == 0 ? review : api, who);
        assert_int_equal(r.status, 200);
        for (size_t i = 0; i < NTYPED; i++) {
            const char *word = k == 0 ? typed[i].shown : typed[i].json;
            if (word == NULL || (strcmp(typed[i].page, "one") == 0) != is_small) continue;
            if (!reply_has(&r, word)) fail_msg("%s does not say %s of /edit/%s: %s", k == 0 ? review : api, typed[i].name, typed[i].page, word);
        }
    }
}

static void copied(const char *slug, bool is_small, const char *who)
{
    char body[300], copy[20], review[200];
    snprintf(body, sizeof body, "title=Again&owner_name=Copy&owner_type=5&asked=%s&is_paper=1&copy=%s", is_small ? "9,000" : "50,000", slug);
    struct reply r = fixture_post_as(f, NEW, who, body);
    slug_of(&r, copy, sizeof copy);
    snprintf(review, sizeof review, NEW "/%s/edit/review", copy);
    r = fixture_get(f, review, who);
    for (size_t i = 0; i < NTYPED; i++) {
        if (!typed[i].is_copied || typed[i].shown == NULL || (strcmp(typed[i].page, "one") == 0) != is_small) continue;
        if (!reply_has(&r, typed[i].shown)) fail_msg("a copy lacks %s of /edit/%s: copy_head() or copy_lists()", typed[i].name, typed[i].page);
    }
}

static void written(const char *body, bool is_small)
{
    char slug[20];
    char cookies[400];
    snprintf(cookies, sizeof cookies, "%s", fixture_sign_in(f, "officer"));
    struct reply r = fixture_post_as(f, NEW, cookies, body);
    slug_of(&r, slug, sizeof slug);
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) fill_page(slug, pages[i], cookies);
    said(slug, is_small, cookies);
    copied(slug, is_small, cookies);
    the_trail_is_in_words(slug);
}

static void test_every_input_of_a_small_one(void **state)
{
    (void)state;
    written("title=Small&owner_name=Nobody&owner_type=5&asked=8,000&is_paper=1", true);
}

static void test_every_input_of_a_larger_one(void **state)
{
    (void)state;
    written("title=Larger&owner_name=Nobody&owner_type=5&asked=50,000&is_paper=1", false);
}

/* What is changed behind the letters that the history keeps of a list is heard all the same. */
static void test_the_end_of_a_long_text_is_heard(void **state)
{
    (void)state;
    char slug[20], cookies[400], target[200], seen[20], body[2000], how[1201];
    int64_t n = 0;
    snprintf(cookies, sizeof cookies, "%s", fixture_sign_in(f, "officer"));
    struct reply r = fixture_post_as(f, NEW, cookies, "title=Larger&owner_name=Nobody&owner_type=5&asked=50,000&is_paper=1");
    slug_of(&r, slug, sizeof slug);
    snprintf(target, sizeof target, NEW "/%s/edit/activities", slug);
    memset(how, 'a', sizeof how - 1);
    how[sizeof how - 1] = '\0';
    for (int k = 0; k < 2; k++) {
        r = fixture_get(f, target, cookies);
        seen_of(&r, seen, sizeof seen);
        snprintf(body, sizeof body, "seen=%s&rows=1&step=keep&title_1=Walk&how_1=%s%s", seen, how, k == 0 ? "slowly" : "fast");
        r = fixture_post_as(f, target, cookies, body);
        assert_int_equal(r.status, 303);
    }
    assert_ok(db_scalar(f->db, "SELECT COUNT(*) FROM audit_field WHERE field = 'activities' AND before LIKE '… aaa%aslowly' AND after LIKE '… aaa%afast'", &n));
    assert_int_equal(n, 1);
}

int main(void)
{
    f = fixture_house();
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_input_of_a_small_one), cmocka_unit_test(test_every_input_of_a_larger_one),
                                       cmocka_unit_test(test_the_end_of_a_long_text_is_heard)};
    return cmocka_run_group_tests_name("project fields", tests, NULL, NULL);
}
