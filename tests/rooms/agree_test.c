/* agree_test.c — both databases agree: every GET door of routes.def is asked with good targets, in
 * both languages, and gives the same bytes on SQLite and on PostgreSQL (and twice on each). So no
 * answer depends on an engine's ids, on its order of rows or on its way with numbers and Thai. */
#include "tests/rooms/monitor_fixture.h"

#include "app/route.h"
#include "web/asset.h"

static const char *const targets[] = {
    "/", "/?fy=2562", "/?fy=2569&measure=nhso&sort=entered&dir=desc", "/?fy=2570&sort=name&dir=asc", "/?page=2",
    "/areas", "/areas?code=90", "/areas/R12", "/areas/R4?fy=2569&sort=share&dir=desc", "/areas/90", "/areas/90?fy=2562",
    "/areas/9007?fy=2562", "/areas/1203", "/areas/120301", "/areas/901101", "/areas/4303", "/areas/9999",
    "/areas/TH/table.csv", "/areas/12/table.xlsx?fy=2569", "/funds/D0001/money", "/funds/D0001/money?fy=2569", "/funds/L3009/money",
    "/?measure=balance&sort=balance&dir=desc", "/areas/12?measure=received&sort=spent", "/areas/1203?measure=spent&sort=paid", "/areas/R12/table.csv?fy=2562", "/areas/1203/table.csv?fy=2570&sort=computed&dir=desc",
    "/funds", "/funds?area=R4&fy=2569", "/funds?area=94&fy=2562", "/funds/L3009", "/funds/D0001", "/funds/L7452",
    "/funds/none", "/funds/L3009/years/2562", "/funds/L3353/years/2562", "/funds/L7452/years/2562", "/funds/D0001/years/2570",
    "/funds/D0040/years/2568", "/funds/L3009/years/2570", "/find", "/find?q=%E0%B8%9A%E0%B8%B2%E0%B8%87", "/find?q=bang",
    "/find?q=%E0%B8%81", "/find?q=zzz", "/find?q=%25_%27%22", "/issues", "/issues/1", "/rules", "/language/en?back=/rules",
    "/favicon.ico", "/robots.txt", "/sw.js", "/offline", "/offline/shell", "/healthz", "/api/v1/openapi.json", "/api/v1/areas/TH", "/api/v1/areas/R12",
    "/api/v1/areas/90", "/api/v1/areas/9011", "/api/v1/areas/901101", "/api/v1/areas/3801", "/api/v1/areas/TH/summary",
    "/api/v1/areas/TH/summary?fy=2562", "/api/v1/areas/R12/summary?fy=2562", "/api/v1/areas/12/summary?fy=2569",
    "/api/v1/areas/1203/summary?fy=2570", "/api/v1/funds", "/api/v1/funds?area=R4&fy=2569", "/api/v1/funds?area=9011",
    "/api/v1/funds/L3009", "/api/v1/funds/D0001", "/api/v1/funds/L3009/years/2562", "/api/v1/funds/D0066/years/2570",
    "/track", "/track?code=zzzz", "/funds/D0001/projects", "/funds/D0001/projects?state=running&fy=2569", "/projects/zzzzzzzz", "/api/v1/projects/zzzzzzzz", "/projects/u3r7rn4u", "/api/v1/projects/u3r7rn4u",
    "/api/v1/issues", "/api/v1/rules", "/api/v1/find?q=%E0%B8%A2%E0%B8%B0%E0%B8%A5%E0%B8%B2", "/api/v1/find?q=%E0%B8%81",
    "/?measure=projects&sort=late&dir=desc", "/areas/12?measure=people&sort=people", "/areas/1203?measure=late&sort=closed",
    "/areas/TH/projects", "/areas/R12/projects?fy=2570&late=1", "/areas/12/projects?state=running&issue=alcohol", "/areas/1203/projects?state=sent",
    "/api/v1/projects", "/api/v1/projects?area=R4&fy=2569", "/api/v1/projects?fund=D0001&late=1", "/api/v1/projects?area=1203&state=closed",
    "/api/v1/areas/TH/summary?fy=2570&as_of=2026-11-01", "/api/v1/areas/12/summary?fy=2570&as_of=2026-11-01",
    "/areas/1203/issues/alcohol", "/areas/1203/issues/older_people?fy=2569", "/areas/1203/issues/alcohol/table.csv?fy=2569",
    "/api/v1/areas/1203/issues/chronic_disease?fy=2570",
    "/api/v1/find?q=D00&fy=2569", "/api/v1/find?q=",
    "/help", "/help?q=zzz", "/help/propose", "/help/none", "/api/v1/help?q=otp", "/api/v1/help/report",
    /* plans by issue */
    "/funds/D0001/plans", "/funds/D0001/plans?fy=2569", "/funds/D0009/plans", "/api/v1/funds/D0001/plans?fy=2570",
    "/funds/D0001/plans/alcohol/2570", "/funds/D0001/plans/alcohol/2569?edition=1", "/api/v1/funds/D0001/plans/alcohol/2570",
    "/projects/mfpublic/reports/1", "/projects/mfpublic/reports/1/photos/1?small=1", "/programmes", "/programmes/MF-1",
    "/programmes/MF-1/reports/1", "/programmes/MF-1/reports/1/photos/1", "/api/v1/programmes", "/api/v1/programmes/MF-1/reports",
    "/api/v1/programmes/MF-1/reports/1",
};
#define NTARGETS (sizeof targets / sizeof targets[0])
#define MORE     256 /* doors found on the way: issues, pages of lists */

static const char *const cookies[] = {"", "lang=en"};

/* What SQLite said, kept until PostgreSQL is asked. */
struct kept {
    char target[200];
    int status, lang;
    struct str type, etag, location, body;
};
static struct arena *memory;
static struct kept kept[2 * (NTARGETS + MORE)];
static size_t nkept;

static struct kept keep(struct fixture *f, const char *target, int lang)
{
    struct reply r = fixture_get(f, target, cookies[lang]);
    struct kept k = {.status = r.status, .lang = lang};
    snprintf(k.target, sizeof k.target, "%s", target);
    k.type = str_copy(memory, r.type);
    k.etag = str_copy(memory, str_is_none(r.raw.etag) ? STR("") : r.raw.etag);
    k.location = str_copy(memory, str_is_none(reply_header(&r, "Location")) ? STR("") : reply_header(&r, "Location"));
    k.body = str_copy(memory, r.body);
    return k;
}

/* Shows where two answers part. */
static void assert_same(const struct kept *a, const struct kept *b, const char *who)
{
    size_t at = 0, n = a->body.n < b->body.n ? a->body.n : b->body.n;
    while (at < n && a->body.p[at] == b->body.p[at]) at++;
    size_t from = at > 60 ? at - 60 : 0;
    if (!str_eq(a->body, b->body))
        fail_msg("%s (%s) differs %s at byte %zu:\n%.*s\n%.*s", a->target, cookies[a->lang], who, at,
                 STR_FMT(str_first(str_from(a->body, from), 120)), STR_FMT(str_first(str_from(b->body, from), 120)));
    assert_int_equal(a->status, b->status);
    if (!str_eq(a->type, b->type) || !str_eq(a->etag, b->etag) || !str_eq(a->location, b->location))
        fail_msg("%s: type, ETag or Location differ %s", a->target, who);
}

/* Asked twice it says the same; and what the other engine kept, if it was there before. */
static void ask(struct fixture *f, const char *target, size_t *at)
{
    for (int lang = 0; lang < 2; lang++, ++*at) {
        struct kept one = keep(f, target, lang), two = keep(f, target, lang);
        assert_same(&one, &two, "from its own second answer");
        if (one.status == 200) assert_true(one.etag.n > 2 || str_find(one.type, STR("html")) < 0);
        assert_true(one.status < 500);
        assert_true(*at < sizeof kept / sizeof kept[0]);
        if (*at < nkept) {
            assert_string_equal(kept[*at].target, one.target);
            assert_same(&kept[*at], &one, "between SQLite and PostgreSQL");
        } else {
            kept[(*at)] = one;
        }
    }
}

/* Every value of `key` in a JSON answer, each behind `before` as a target of its own. */
static void ask_each(struct fixture *f, const char *list, const char *key, const char *before, size_t *at)
{
    struct kept answer = keep(f, list, 0);
    struct str rest = answer.body;
    char quoted[40], target[200];
    size_t n = 0;
    snprintf(quoted, sizeof quoted, "\"%s\":\"", key);
    for (ptrdiff_t p; n < MORE / 4 && (p = str_find(rest, str_of(quoted))) >= 0; n++) {
        rest = str_from(rest, (size_t)p + strlen(quoted));
        struct str value = str_first(rest, (size_t)str_find_char(rest, '"'));
        snprintf(target, sizeof target, "%s%.*s", before, STR_FMT(value));
        ask(f, target, at);
    }
    if (n == 0) fail_msg("%s names no %s", list, key);
}

static void every_door_gives_the_same_bytes_on_both_engines(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    size_t at = 0;
    int64_t low = 0;
    assert_ok(db_scalar(f->db, "SELECT MIN(id) FROM fund", &low));
    assert_true((low > 700000) == (fixture_engine == DB_POSTGRES)); /* or equal answers would prove little */
    mf_public(f);
    if (memory == NULL) memory = arena_new((size_t)1 << 30);
    for (size_t i = 0; i < NTARGETS; i++) ask(f, targets[i], &at);
    ask_each(f, "/api/v1/issues", "code", "/issues/", &at);
    ask_each(f, "/api/v1/issues", "code", "/api/v1/issues/", &at);
    ask_each(f, "/api/v1/funds", "next", "/api/v1/funds?cursor=", &at);
    ask_each(f, "/api/v1/funds?area=94&fy=2562", "code", "/api/v1/funds/", &at);
    ask(f, str_z(memory, asset_path("app.css")), &at);
    nkept = at;
    print_message("%zu answers, each asked twice\n", at);
}

/* Forms of visitors: each showing carries a token of its own, so no two are the same bytes. */
static bool is_visitors_form(struct str path)
{
    static const char *const forms[] = {"/login", "/login/code", "/register", "/invite/{secret}", "/reset", "/confirm"};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        if (str_eq(path, str_of(forms[i]))) return true;
    return false;
}

/* No public GET route is forgotten: each is the door of a target that was answered with 200 or 303. What is
 * behind log-in carries tokens of its session, never the same bytes: the permission matrix asks all of it,
 * and the rooms' own tests look at it on both engines. */
static void every_get_route_was_asked(void **state)
{
    (void)state;
    for (size_t i = 0; i < nroutes; i++) {
        bool was_asked = routes[i].method != WEB_GET || routes[i].cap != CAP_public || is_visitors_form(routes[i].path);
        for (size_t k = 0; k < nkept && !was_asked; k++) {
            struct str path = str_of(kept[k].target), args[APP_PATH_ARGS_MAX];
            const struct route *found = NULL;
            if (str_find_char(path, '?') >= 0) path = str_first(path, (size_t)str_find_char(path, '?'));
            was_asked = kept[k].status < 400 && route_find(WEB_GET, path, &found, args) == ROUTE_FOUND && found == &routes[i];
        }
        if (!was_asked) fail_msg("no good target for %.*s", STR_FMT(routes[i].path));
    }
    assert_true(nkept > 2 * NTARGETS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_door_gives_the_same_bytes_on_both_engines),
        cmocka_unit_test(every_get_route_was_asked),
    };
    return FIXTURE_RUN_BOTH(tests);
}
