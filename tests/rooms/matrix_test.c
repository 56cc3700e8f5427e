/* matrix_test.c — the permission matrix: every route × every role × own and other place, each cell a request
 * that was made. It is compared with tests/rooms/golden/permissions.txt and never rewrites it:
 *   room_matrix_test --print > tests/rooms/golden/permissions.txt
 * prints the new one, whose difference a commit explains.
 *
 * A POST goes with a right form token and an empty body: who is let in is told what is missing (400), finds
 * nothing (404), or does something harmless; that is "in". Own is fund D0001 of the demo and its district,
 * other is a fund and a district of another region. */
#include "tests/rooms/fixture.h"

#include "app/route.h"

#define ROLES_SHOWN ROLE_COUNT

static const char *login_of(enum role r)
{
    return r == ROLE_district_head ? "head" : role_code(r); /* the demo's logins are called as the roles */
}

/* What stands in the {…} parts of a path. */
static void target_of(const struct route *route, bool is_own, char *out, size_t room)
{
    struct str pattern = route->path, piece;
    size_t n = 0;
    (void)str_split(&pattern, '/', &piece);
    while (str_split(&pattern, '/', &piece)) {
        if (str_eq(piece, STR("{fund}"))) piece = is_own ? STR("D0001") : STR("L3009");
        else if (str_eq(piece, STR("{area}"))) piece = is_own ? STR("1203") : STR("9401");
        else if (str_eq(piece, STR("{fy}"))) piece = STR("2570");
        else if (str_eq(piece, STR("{code}"))) piece = str_find(route->path, STR("/funds/")) >= 0 ? STR("D0001") : STR("1203");
        else if (piece.n > 0 && piece.p[0] == '{') piece = STR("0");
        n += (size_t)snprintf(out + n, room - n, "/%.*s", STR_FMT(piece));
        assert_true(n < room);
    }
    if (n == 0) snprintf(out, room, "/");
}

enum cell { CELL_IN, CELL_LOGIN, CELL_401, CELL_403, CELL_BROKEN, CELLS };
static const char *const cell_words[CELLS] = {"in", "login", "401", "403", "BROKEN"};

static enum cell cell_of(const struct reply *r)
{
    struct str to = reply_header(r, "Location");
    if (r->status >= 500) return CELL_BROKEN;
    if (r->status == 401) return CELL_401;
    if (r->status == 403) return CELL_403;
    return r->status == 303 && !str_is_none(to) && str_starts(to, STR("/login?next=")) ? CELL_LOGIN : CELL_IN;
}

/* One session a role; but what asks for no role may end it (log-out), so that gets one of its own. */
static const char *session_of(struct fixture *f, const struct route *route, enum role role)
{
    static char sessions[ROLE_COUNT][200];
    static enum db_engine made_for;
    if (made_for != fixture_engine) memset(sessions, 0, sizeof sessions);
    made_for = fixture_engine;
    if (role == ROLE_visitor) return "";
    if (route->method != WEB_GET && cap_roles(route->cap) == 0) return fixture_sign_in(f, login_of(role));
    if (sessions[role][0] == '\0') snprintf(sessions[role], sizeof sessions[role], "%s", fixture_sign_in(f, login_of(role)));
    return sessions[role];
}

static enum cell ask(struct fixture *f, const struct route *route, enum role role, bool is_own)
{
    char target[300];
    struct reply r;
    target_of(route, is_own, target, sizeof target);
    const char *session = session_of(f, route, role);
    if (route->method == WEB_GET) r = fixture_get(f, target, session);
    else if (role == ROLE_visitor) r = fixture_post_visitor(f, target, str_starts(route->path, STR("/api/")) ? "{}" : "");
    else r = fixture_post_as(f, target, session, str_starts(route->path, STR("/api/")) ? "{}" : "");
    return cell_of(&r);
}

static void put_row(struct fixture *f, const struct route *route, bool is_own, const char *head, struct buf *out)
{
    enum cell cells[ROLES_SHOWN];
    for (enum role r = ROLE_visitor; r < ROLES_SHOWN; r++) cells[r] = ask(f, route, r, is_own);
    buf_printf(out, "  %s", head);
    size_t n_in = 0;
    for (enum role r = ROLE_visitor; r < ROLES_SHOWN; r++) n_in += cells[r] == CELL_IN;
    if (n_in == ROLES_SHOWN) {
        BUF_LIT(out, "\n    in: everybody\n");
        return;
    }
    for (enum cell c = CELL_IN; c < CELLS; c++) {
        if (c == CELL_IN && n_in + 1 == ROLES_SHOWN && cells[ROLE_visitor] != CELL_IN) {
            BUF_LIT(out, "\n    in: everybody but a visitor");
            continue;
        }
        bool is_begun = false;
        for (enum role r = ROLE_visitor; r < ROLES_SHOWN; r++) {
            if (cells[r] != c) continue;
            buf_printf(out, "%s%s", is_begun ? " " : "\n    ", is_begun ? "" : cell_words[c]);
            buf_printf(out, "%s%s", is_begun ? "" : ": ", role_code(r));
            is_begun = true;
        }
    }
    buf_putc(out, '\n');
}

/* Routes that cannot ask who it is (INLINE) are listed by their name alone. */
static struct str matrix(struct fixture *f, struct arena *own)
{
    struct buf out = buf_in(own, (size_t)4 << 20);
    BUF_LIT(&out, "# Who is let in where: made by tests/rooms/matrix_test.c --print, compared by the test.\n");
    for (size_t i = 0; i < nroutes; i++) {
        const struct route *route = &routes[i];
        size_t arg = 0;
        buf_printf(&out, "%s %.*s (%s)\n", route->method == WEB_GET ? "GET" : "POST", STR_FMT(route->path), cap_name(route->cap));
        if (route->lane == ROUTE_INLINE) continue;
        bool has_place = route_scope(route, &arg) != SCOPE_NONE;
        put_row(f, route, true, has_place ? "own" : "all", &out);
        if (has_place) put_row(f, route, false, "other", &out);
    }
    assert_false(out.is_full);
    return buf_str(&out);
}

/* The golden file as it stands; malloc'ed. */
static char *golden(const char *path)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *text = calloc(1, (size_t)4 << 20);
    assert_non_null(text);
    size_t n = fread(text, 1, ((size_t)4 << 20) - 1, file);
    fclose(file);
    assert_true(n > 0);
    return text;
}

static const char *golden_path, *program;

static void everybody_is_let_in_where_it_is_written(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct arena *own = arena_new((size_t)16 << 20);
    struct str now = matrix(f, own), line, wanted;
    char *text = golden(golden_path);
    struct str was = str_of(text);
    assert_true(str_find(now, STR("BROKEN")) < 0);
    for (int n = 1; str_split(&now, '\n', &line); n++) {
        if (!str_split(&was, '\n', &wanted)) wanted = STR("(nothing)");
        if (!str_eq(line, wanted))
            fail_msg("line %d of the matrix is\n%.*s\nand in permissions.txt\n%.*s\nIf that is meant:\n%s --print > tests/rooms/golden/permissions.txt", n, STR_FMT(line),
                     STR_FMT(wanted), program);
    }
    assert_true(str_is_empty(was) || !str_split(&was, '\n', &wanted));
    free(text);
    arena_free(own);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everybody_is_let_in_where_it_is_written),
    };
    if (argc == 2 && strcmp(argv[1], "--print") == 0) {
        struct arena *own = arena_new((size_t)16 << 20);
        struct str text = matrix(fixture_house(), own);
        fwrite(text.p, 1, text.n, stdout);
        arena_free(own);
        return 0;
    }
    if (argc != 2) {
        fprintf(stderr, "usage: %s tests/rooms/golden/permissions.txt | --print\n", argv[0]);
        return 2;
    }
    golden_path = argv[1];
    program = argv[0];
    return FIXTURE_RUN(tests);
}
