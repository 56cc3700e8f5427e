/* said_test.c — what every page says, to each of several people: the pages that can be reached by links are walked, and
 * the words of each (with where its links lead and what its fields hold) are compared with tests/rooms/golden/said/WHO.txt.
 * Then every form that was met is sent without its fields: what it is told is compared, too. The files are never rewritten
 * by the test:
 *   room_said_test --print tests/rooms/golden/said
 * writes the new ones, whose difference a commit explains. A page that says the same to two people stands once. SQLite only:
 * rooms agree holds the engines against each other. */
#include "tests/rooms/fixture.h"

#include "app/route.h"

enum {
    PAGES_MAX = 600,      /* of one person */
    SAID_MAX = 8 << 20,   /* bytes of one person */
    TARGET_MAX = 240,
    ROUTES_MAX = 1024,
};
static const struct reader {
    const char *login; /* "" is a visitor */
    int each;          /* pages walked of a route */
} people[] = {{"", 2}, {"applicant", 2}, {"officer", 4}, {"secretary", 3}, {"chair", 2}, {"district", 2}, {"auditor", 2}, {"admin", 2}};
#define NPEOPLE (sizeof people / sizeof people[0])
/* Where each begins; the rest is found. */
static const char *const starts[] = {
    "/", "/?fy=2569&measure=late", "/work", "/me", "/funds/D0001", "/funds/L3009", "/areas/1203", "/areas/12", "/areas/R12?fy=2562", "/help",
    "/find?q=D00", "/track", "/rules", "/issues", "/programmes", "/areas/1203/table.csv?fy=2569", "/areas/1203/issues/alcohol?fy=2569",
    "/areas/12/projects?fy=2569", "/funds/D0001/money", "/api/v1/areas/TH/summary", "/api/v1/areas/1203/summary?fy=2569",
    "/api/v1/areas/1203/issues/alcohol?fy=2569", "/api/v1/areas/120301", "/api/v1/funds/D0001", "/api/v1/funds/L3009/years/2562",
    "/api/v1/funds/D0001/years/2569", "/api/v1/projects?fund=D0001", "/api/v1/projects/u3r7rn4u", "/api/v1/funds/D0001/plans?fy=2570",
    "/api/v1/funds/D0001/plans/alcohol/2570", "/api/v1/find?q=D00", "/api/v1/rules", "/api/v1/issues", "/api/v1/me", "/funds/D0001/ledger?fy=2569",
    "/funds/D0001/ledger/statement.pdf?fy=2569", "/funds/D0001/ledger/statement.csv?fy=2569", "/funds/D0001/ledger/book.csv?fy=2569",
    "/funds/D0001/ledger/open", "/funds/D0009/ledger/open", "/login", "/register", "/confirm"};
/* What is new each time: keys, codes and the pictures of them. */
static const char *const by_chance[] = {"/me/totp", "/language/{lang}", "/logout", "/api/v1/openapi.json", "/assets/{name}"};

struct walk {
    struct fixture *f;
    struct arena *own;
    const char *login, *cookies;
    char targets[PAGES_MAX][TARGET_MAX], posts[PAGES_MAX][TARGET_MAX];
    struct str words[PAGES_MAX], form[PAGES_MAX]; /* of each page, and of the page that held each form */
    size_t n, nposts, at;
    int seen[ROUTES_MAX]; /* by route */
    int each;
    struct buf out;
};

/* ---- words of a page ---- */

static struct str attribute(struct str tag, const char *name)
{
    char head[40];
    snprintf(head, sizeof head, " %s=\"", name);
    ptrdiff_t at = str_find(tag, str_of(head));
    if (at < 0) return STR_NONE;
    struct str rest = str_from(tag, (size_t)at + strlen(head));
    ptrdiff_t end = str_find(rest, STR("\""));
    return end < 0 ? STR_NONE : str_first(rest, (size_t)end);
}

static bool is_tag(struct str tag, const char *name)
{
    size_t n = strlen(name);
    return str_starts(tag, str_of(name)) && (tag.n == n || tag.p[n] == ' ' || tag.p[n] == '/');
}

static bool is_block(struct str tag)
{
    static const char *const inlines[] = {"a", "/a", "b", "/b", "strong", "/strong", "em", "/em", "span", "/span", "abbr", "/abbr",
                                          "time", "/time", "bdi", "/bdi", "small", "/small", "wbr", "i", "/i", "data", "/data"};
    for (size_t i = 0; i < sizeof inlines / sizeof inlines[0]; i++)
        if (is_tag(tag, inlines[i])) return false;
    return true;
}

/* A field with its name, what it holds, and whether it is chosen. */
static void put_field(struct buf *out, struct str tag)
{
    struct str name = attribute(tag, "name"), value = attribute(tag, "value");
    if (str_eq(name, STR("csrf")) || str_eq(name, STR("key")) || str_eq(attribute(tag, "type"), STR("hidden"))) return;
    buf_printf(out, "[%.*s=%.*s%s%s]", STR_FMT(name), STR_FMT(value), str_find(tag, STR(" checked")) >= 0 || str_find(tag, STR(" selected")) >= 0 ? " *" : "",
               str_find(tag, STR(" disabled")) >= 0 ? " off" : "");
}

static void put_tag(struct buf *out, struct str tag)
{
    struct str href = attribute(tag, "href");
    if (is_block(tag)) buf_putc(out, '\n');
    if (is_tag(tag, "a") && !str_is_none(href)) buf_printf(out, "<%.*s>", STR_FMT(href));
    if (is_tag(tag, "input") || is_tag(tag, "button") || is_tag(tag, "option") || is_tag(tag, "select") || is_tag(tag, "textarea")) put_field(out, tag);
}

/* The text inside <main>, one line a block; drawings are left out. */
static struct str words_of(struct arena *a, struct str html)
{
    struct buf out = buf_in(a, SAID_MAX);
    ptrdiff_t at = str_find(html, STR("<main")), end = str_find(html, STR("</main>"));
    if (at < 0 || end < at) return STR("");
    html = str_from(str_first(html, (size_t)end), (size_t)at);
    while (html.n > 0) {
        ptrdiff_t open = str_find(html, STR("<"));
        buf_put(&out, open < 0 ? html : str_first(html, (size_t)open));
        if (open < 0) break;
        html = str_from(html, (size_t)open + 1);
        ptrdiff_t close = str_find(html, STR(">"));
        if (close < 0) break;
        struct str tag = str_first(html, (size_t)close);
        const char *skip = is_tag(tag, "svg") ? "</svg>" : is_tag(tag, "script") ? "</script>" : is_tag(tag, "style") ? "</style>" : NULL;
        ptrdiff_t past = skip != NULL ? str_find(html, str_of(skip)) : -1;
        put_tag(&out, tag);
        html = str_from(html, past >= 0 ? (size_t)past + strlen(skip) : (size_t)close + 1);
    }
    assert_false(out.is_full);
    return buf_str(&out);
}

/* A seal of the book is another in each house, for its words are salted: 16 letters and more of its kind are one mark. */
static void put_unsealed(struct buf *out, struct str line)
{
    for (size_t i = 0, n; i < line.n; i += n) {
        for (n = 0; i + n < line.n && strchr("0123456789abcdef", line.p[i + n]) != NULL;) n++;
        if (n >= 16) buf_put(out, STR("<seal>"));
        else buf_put(out, (struct str){line.p + i, n > 0 ? n : (n = 1)});
    }
}

static void put_lines(struct buf *out, struct str text)
{
    struct str line;
    while (str_split(&text, '\n', &line)) {
        line = str_trim(line);
        if (line.n == 0) continue;
        buf_put(out, STR("  "));
        put_unsealed(out, line);
        buf_putc(out, '\n');
    }
}

/* A member a line. */
static struct str members_of(struct arena *a, struct str json)
{
    struct buf out = buf_in(a, SAID_MAX);
    for (size_t i = 0; i < json.n; i++) {
        buf_putc(&out, json.p[i]);
        if (json.p[i] == ',') buf_putc(&out, '\n');
    }
    return buf_str(&out);
}

/* ---- the walk ---- */

static bool is_by_chance(struct str path)
{
    for (size_t i = 0; i < sizeof by_chance / sizeof by_chance[0]; i++)
        if (str_eq(path, str_of(by_chance[i]))) return true;
    return false;
}

static bool is_there(char (*list)[TARGET_MAX], size_t n, struct str target)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(str_of(list[i]), target)) return true;
    return false;
}

/* Takes up an address when its route has not been walked often enough. */
static void take_up(struct walk *w, struct str target, enum web_method method)
{
    const struct route *route = NULL;
    struct str args[APP_PATH_ARGS_MAX], path = target, rest;
    char (*list)[TARGET_MAX] = method == WEB_GET ? w->targets : w->posts;
    size_t *n = method == WEB_GET ? &w->n : &w->nposts;
    ptrdiff_t hash = str_find(target, STR("#"));
    if (hash >= 0) path = target = str_first(target, (size_t)hash);
    if (!str_starts(target, STR("/")) || target.n >= TARGET_MAX) return;
    rest = target;
    (void)str_split(&rest, '?', &path);
    if (route_find(method, path, &route, args) != ROUTE_FOUND || is_by_chance(route->path) || is_there(list, *n, target)) return;
    size_t at = (size_t)(route - routes);
    if (w->seen[at] >= w->each || *n == PAGES_MAX) return;
    w->seen[at]++;
    if (method == WEB_POST) w->form[*n] = w->words[w->at];
    snprintf(list[(*n)++], TARGET_MAX, "%.*s", STR_FMT(target));
}

static void take_up_all(struct walk *w, struct str html, const char *mark, enum web_method method)
{
    for (ptrdiff_t at; (at = str_find(html, str_of(mark))) >= 0;) {
        html = str_from(html, (size_t)at + strlen(mark));
        ptrdiff_t end = str_find(html, STR("\""));
        if (end < 0) return;
        struct str rest = str_first(html, (size_t)end), piece;
        struct buf target = buf_in(w->f->arena, (size_t)end + 1);
        while (str_split(&rest, '&', &piece)) { /* "&amp;" of the page */
            if (buf_str(&target).n > 0) buf_putc(&target, '&');
            buf_put(&target, str_starts(piece, STR("amp;")) ? str_from(piece, 4) : piece);
        }
        take_up(w, buf_str(&target), method);
    }
}

/* What was said to somebody before, so that it stands once. */
static struct said {
    const char *target, *login;
    struct str text;
} before[NPEOPLE * PAGES_MAX];
static size_t nbefore;

static const char *said_before(struct walk *w, const char *target, struct str text)
{
    for (size_t i = 0; i < nbefore; i++)
        if (strcmp(before[i].target, target) == 0 && str_eq(before[i].text, text)) return before[i].login;
    assert_true(nbefore < NPEOPLE * PAGES_MAX);
    before[nbefore++] = (struct said){str_z(w->own, str_of(target)), w->login, str_copy(w->own, text)};
    return NULL;
}

/* All words of an answer. */
static struct str answer_of(struct walk *w, const struct reply *r)
{
    struct buf words = buf_in(w->f->arena, SAID_MAX);
    struct str pdf = str_starts(r->type, STR("application/pdf")) ? fixture_pdf_text(w->f, r->body) : STR_NONE;
    if (str_starts(r->type, STR("text/html"))) put_lines(&words, words_of(w->f->arena, r->body));
    else if (!str_is_none(pdf)) put_lines(&words, pdf);
    else if (str_starts(r->type, STR("text/"))) put_lines(&words, r->body);
    else if (str_starts(r->type, STR("application/json"))) put_lines(&words, members_of(w->f->arena, r->body));
    return buf_str(&words);
}

/* What a refused form says beside what its page said. */
static struct str beside(struct arena *a, struct str words, struct str page)
{
    struct buf out = buf_in(a, words.n + 1);
    struct str line;
    while (str_split(&words, '\n', &line))
        if (line.n > 0 && str_find(page, line) < 0) buf_printf(&out, "%.*s\n", STR_FMT(line));
    return buf_str(&out);
}

static void put_answer(struct walk *w, const char *method, const char *target, const struct reply *r, struct str words)
{
    const char *login = said_before(w, target, words);
    buf_printf(&w->out, "%s %s %d", method, target, r->status);
    if (r->status == 303) buf_printf(&w->out, " to %.*s", STR_FMT(reply_header(r, "Location")));
    if (login != NULL) buf_printf(&w->out, " as %s\n", login[0] != '\0' ? login : "visitor");
    else buf_printf(&w->out, "\n%.*s", STR_FMT(words));
}

static void walk_pages(struct walk *w)
{
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) take_up(w, str_of(starts[i]), WEB_GET);
    for (size_t i = 0; i < w->n; i++) {
        struct reply r = fixture_get(w->f, w->targets[i], w->cookies);
        if (r.status >= 500) fail_msg("%s: %d", w->targets[i], r.status);
        struct str words = answer_of(w, &r);
        w->at = i;
        w->words[i] = str_copy(w->own, words);
        take_up_all(w, r.body, " href=\"", WEB_GET);
        take_up_all(w, r.body, " action=\"", WEB_POST);
        put_answer(w, "GET", w->targets[i], &r, words);
    }
}

static void send_forms(struct walk *w)
{
    for (size_t i = 0; i < w->nposts; i++) {
        struct reply r = w->cookies[0] != '\0' ? fixture_post_as(w->f, w->posts[i], w->cookies, "") : fixture_post_visitor(w->f, w->posts[i], "");
        if (r.status >= 500) fail_msg("POST %s: %d", w->posts[i], r.status);
        put_answer(w, "POST", w->posts[i], &r, beside(w->f->arena, answer_of(w, &r), w->form[i]));
    }
}

/* What one person is told by everything, in memory of its own. */
static struct str said_to(struct fixture *f, const struct reader *who, struct arena *own)
{
    struct walk *w = ARENA_NEW(own, struct walk);
    *w = (struct walk){.f = f, .own = own, .login = who->login, .each = who->each, .out = buf_in(own, SAID_MAX)};
    w->cookies = who->login[0] != '\0' ? str_z(own, str_of(fixture_sign_in(f, who->login))) : "";
    walk_pages(w);
    send_forms(w);
    assert_false(w->out.is_full);
    return buf_str(&w->out);
}

/* ---- against what is written down ---- */

static const char *folder;

static char *path_of(const struct reader *who, char *path, size_t room)
{
    snprintf(path, room, "%s/%s.txt", folder, who->login[0] != '\0' ? who->login : "visitor");
    return path;
}

static struct str read_file(struct arena *own, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) fail_msg("%s is not there: --print", path);
    char *text = arena_alloc(own, SAID_MAX);
    size_t n = fread(text, 1, SAID_MAX, file);
    fclose(file);
    return (struct str){text, n};
}

/* Names the page and the first line that is another. */
static void assert_said(const struct reader *who, struct str now, struct str was)
{
    struct str line, wanted, page = STR("");
    for (int n = 1; str_split(&now, '\n', &line); n++) {
        if (!str_split(&was, '\n', &wanted)) wanted = STR("(nothing)");
        if (str_starts(line, STR("GET ")) || str_starts(line, STR("POST "))) page = line;
        if (!str_eq(line, wanted))
            fail_msg("%s, %.*s: line %d says\n%.*s\nand said\n%.*s\nIf that is meant: --print", who->login, STR_FMT(page), n, STR_FMT(line), STR_FMT(wanted));
    }
    assert_true(str_is_empty(was) || !str_split(&was, '\n', &wanted));
}

static void pages_say_what_they_said(void **state)
{
    (void)state;
    if (fixture_engine != DB_SQLITE) skip();
    struct arena *own = arena_new((size_t)256 << 20);
    for (size_t i = 0; i < NPEOPLE; i++) {
        char path[300];
        assert_said(&people[i], said_to(fixture_house(), &people[i], own), read_file(own, path_of(&people[i], path, sizeof path)));
    }
    arena_free(own);
}

static int print_all(void)
{
    struct arena *own = arena_new((size_t)256 << 20);
    for (size_t i = 0; i < NPEOPLE; i++) {
        char path[300];
        struct str said = said_to(fixture_house(), &people[i], own);
        FILE *file = fopen(path_of(&people[i], path, sizeof path), "wb");
        if (file == NULL || fwrite(said.p, 1, said.n, file) != said.n || fclose(file) != 0) return 1;
    }
    arena_free(own);
    return 0;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_say_what_they_said),
    };
    folder = argc > 1 ? argv[argc - 1] : "";
    if (argc == 3 && strcmp(argv[1], "--print") == 0) return print_all();
    if (argc != 2) {
        fprintf(stderr, "usage: %s [--print] tests/rooms/golden/said\n", argv[0]);
        return 2;
    }
    return FIXTURE_RUN(tests);
}
