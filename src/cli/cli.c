/* cli.c — what the sub-commands share. */
#include "cli/cli.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "app/app_sql.h"
#include "base/clock.h"
#include "db/migrate.h"

#define CLI_ARENA_MAX ((size_t)8 << 30) /* an import or a verification of the whole nation */

static bool is_in_step; /* its line is not ended yet */

int cli_fail(const char *what, enum err e)
{
    const char *detail = err_detail();
    if (is_in_step) printf("\n");
    is_in_step = false;
    fflush(stdout);
    fprintf(stderr, "sarn: %s: %s%s%s%s\n", what, err_name(e), *detail ? " (" : "", detail,
            *detail ? ")" : "");
    return EXIT_WRONG;
}

/* The address of a server may hold a password (user:password@host), and what is said ends in logs.
 * Static until the next call. */
static const char *without_password(const char *url)
{
    static char shown[512];
    const char *user = strstr(url, "://"), *at = strchr(url, '@');
    const char *colon = user != NULL ? strchr(user + 3, ':') : NULL;
    if (!db_url_is_postgres(str_of(url)) || at == NULL || colon == NULL || colon > at) return url;
    snprintf(shown, sizeof shown, "%.*s:***%s", (int)(colon - url), url, at);
    return shown;
}

static bool is_current(struct db *db, const char *url)
{
    int pending = 0;
    enum err e = migrate_pending(db, &pending);
    if (e != ERR_OK) {
        cli_fail("cannot tell the state of the database", e);
        return false;
    }
    if (pending == 0) return true;
    url = without_password(url);
    fprintf(stderr,
            "sarn: the database lacks %d migration%s of this program. Make a backup, then type:\n"
            "  sarn migrate --db %s\n"
            "A database that is still empty wants: sarn init --db %s\n",
            pending, pending == 1 ? "" : "s", url, url);
    return false;
}

const char *cli_path(const char *url)
{
    return str_starts(str_of(url), STR("sqlite:")) ? url + STR("sqlite:").n : url;
}

bool cli_is_missing(const char *url)
{
    struct str u = str_of(url);
    const char *path = cli_path(url);
    return !db_url_is_postgres(u) && !str_eq(str_of(path), STR(":memory:")) && access(path, F_OK) != 0;
}

struct db *cli_open(const char *url, enum db_mode mode, enum cli_wants wants)
{
    struct db *db = NULL;
    if (wants != CLI_ANY && cli_is_missing(url)) {
        fprintf(stderr, "sarn: there is no database %s. To make one, type:\n  sarn init --db %s\n", url, url);
        return NULL;
    }
    enum err e = db_open(str_of(url), mode, &db);
    if (e != ERR_OK) {
        cli_fail(db_url_is_postgres(str_of(url)) ? "cannot open the database" : url, e);
        return NULL;
    }
    if (wants == CLI_CURRENT && !is_current(db, url)) {
        db_close(db);
        return NULL;
    }
    return db;
}

bool cli_has_setting(struct db *db, struct str key)
{
    struct arena *a = arena_new((size_t)1 << 20);
    struct app_setting_get_row row = {0};
    enum err e = db_begin(db, DB_TXN_READ);
    if (e == ERR_OK) {
        e = app_setting_get(db, a, key, &row);
        db_rollback(db);
    }
    arena_free(a);
    return e == ERR_OK;
}

struct step step_begin(const char *name)
{
    printf("%s … ", name);
    fflush(stdout);
    is_in_step = true;
    return (struct step){name, clock_monotonic_us()};
}

void step_done(const struct step *s, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
    is_in_step = false;
    printf(" (%.1f s)\n", (double)(clock_monotonic_us() - s->begun_us) / 1e6);
    fflush(stdout);
}

enum err cli_write_in(struct db *db, struct arena *a, enum err (*act)(struct db *db, struct arena *a, void *ctx), void *ctx)
{
    arena_reset(a);
    TRY(db_begin(db, DB_TXN_WRITE));
    enum err e = act(db, a, ctx);
    if (e == ERR_OK) return db_commit(db); /* when it fails (a full disk), it has rolled back itself */
    db_rollback(db);
    return e;
}

enum err cli_write(struct db *db, enum err (*act)(struct db *db, struct arena *a, void *ctx), void *ctx)
{
    struct arena *arena = arena_new(CLI_ARENA_MAX);
    enum err e = cli_write_in(db, arena, act, ctx);
    arena_free(arena);
    return e;
}
