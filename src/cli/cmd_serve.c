/* cmd_serve.c — serve: a supervisor that keeps a serving child alive. */
#include <arpa/inet.h>
#include <limits.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/app.h"
#include "app/file.h"
#include "base/log.h"
#include "cli/cli.h"
#include "rooms/account/account.h"
#include "web/sandbox.h"
#include "web/supervise.h"

struct serving {
    const struct options *o;
    unsigned workers;
    bool is_demo; /* says its logins: everybody may know them */
    bool is_postgres;
    uint16_t port;        /* of its server */
    char files[PATH_MAX]; /* folder of the files; "": none */
};

static void say_ready(void *ctx, const char *address)
{
    (void)ctx;
    printf("Sarn is served at http://%s/  (Ctrl-C stops it)\n", address);
    fflush(stdout);
}

static void say_ready_demo(void *ctx, const char *address)
{
    say_ready(ctx, address);
    printf("Demo logins: " ACCOUNT_DEMO_LOGINS "\nTheir password: " ACCOUNT_DEMO_PASSWORD "\n");
    fflush(stdout);
}

static void ignore_workers(void *ctx, unsigned n)
{
    (void)ctx;
    (void)n;
}

/* The folder that a path lies in, links followed; NULL when there is none. */
static const char *folder_of(const char *path, char *room)
{
    if (realpath(path, room) == NULL) return NULL;
    char *slash = strrchr(room, '/');
    *(slash == room ? slash + 1 : slash) = '\0';
    return room;
}

/* What a fault of ours could be made to do ends at these walls. A restart builds them again. */
static void lock_in(const struct serving *s)
{
    char database[PATH_MAX];
    const char *temporary = getenv("TMPDIR");
    struct str url = str_of(s->o->db);
    struct sandbox box = {.may_call = s->is_postgres, .port = s->port};
    if (s->o->no_sandbox) {
        log_warn("sandbox", "paths=no ports=no calls=no why=--no-sandbox");
        return;
    }
    if (str_starts(url, STR("sqlite:"))) url = str_from(url, 7);
    if (!s->is_postgres) box.folders[0] = folder_of(url.p, database);
    box.folders[1] = s->files[0] ? s->files : NULL;
    box.folders[2] = temporary != NULL && temporary[0] != '\0' ? temporary : P_tmpdir;
#ifdef __SANITIZE_ADDRESS__
    box.has_leak_checker = true;
#endif
    struct sandbox_holds holds = sandbox_enter(&box);
    const char *words[] = {"no", "yes"};
    if (holds.paths && holds.ports && holds.calls) log_info("sandbox", "paths=yes ports=yes calls=yes");
    else log_warn("sandbox", "paths=%s ports=%s calls=%s why=kernel", words[holds.paths], words[holds.ports], words[holds.calls]);
}

/* What a large page takes beside the first block of its arena stays with the worker: else each such request gets the
 * same memory from the kernel anew, and a seventh of its time goes there (docs/PERFORMANCE.md). Bytes. */
static void keep_memory(void)
{
    mallopt(M_MMAP_THRESHOLD, 2 * 1024 * 1024);
    mallopt(M_TRIM_THRESHOLD, 4 * 1024 * 1024);
}

/* The child: everything that may crash is in here. */
static int serve_child(void *ctx, int listen_fd)
{
    const struct serving *s = ctx;
    struct app *app = NULL;
    keep_memory();
    lock_in(s);
    struct app_config app_config = {
        .db_url = s->o->db, .workers = s->workers, .today = s->o->today};
    enum err e = app_open(&app_config, &app);
    if (e != ERR_OK) return cli_fail("cannot open the database", e);

    struct web_config config = {.listen = s->o->listen,
                                .workers = s->workers,
                                .queue_max = 1024,
                                .no_limits = s->o->no_rate_limit,
                                .proxy = s->o->proxy,
                                .arena_max = APP_ARENA_BYTES_MAX,
                                .listen_fd = listen_fd};
    struct web_app web = app_web(app);
    cli_sweep_in_background(s->o);
    e = web_serve(&config, &web, s->is_demo ? say_ready_demo : say_ready, ignore_workers);
    app_close(app);
    return e == ERR_OK ? EXIT_GOOD : cli_fail("serve", e);
}

static unsigned default_workers(void)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    long workers = cores < 2 ? 8 : cores * 4;
    return workers > 256 ? 256 : (unsigned)workers;
}

/* A proxy that is never recognised would leave every client with the proxy's own address. */
static bool is_proxy(const char *name)
{
    unsigned char address[16];
    return strcmp(name, "unix") == 0 || inet_pton(AF_INET, name, address) == 1 ||
           inet_pton(AF_INET6, name, address) == 1;
}

/* Everybody knows the demo's passwords: it is for this machine, unless somebody says otherwise. */
static bool is_loopback(const char *listen)
{
    struct str s = str_of(listen);
    return str_starts(s, STR("unix:")) || str_starts(s, STR("127.")) || str_starts(s, STR("[::1]:")) ||
           str_starts(s, STR("localhost:"));
}

/* Said here, once, before any child: a database that is not ready is no crash to restart from. */
static bool is_ready(struct db *db, const struct options *o)
{
    if (!cli_has_setting(db, STR("reference"))) {
        fprintf(stderr, "sarn: the database holds no reference data yet; type: sarn init --db …\n");
        return false;
    }
    if (o->is_demo_public || is_loopback(o->listen) || !cli_has_setting(db, STR("demo"))) return true;
    fprintf(stderr, "sarn: this database is a demo, whose passwords everybody knows; it is not served at %s. "
                    "If that is wanted, add --demo-public\n", o->listen);
    return false;
}

/* Where it keeps its files, and how it is reached. */
static enum err look_at(struct serving *s, struct db *db)
{
    struct arena *a = arena_new((size_t)1 << 20);
    struct file_store store = {0};
    enum err e = file_store_open(db, a, s->o->db, s->o->files, &store);
    if (e == ERR_OK && !store.is_in_db && store.dir != NULL) snprintf(s->files, sizeof s->files, "%s", store.dir);
    s->is_demo = cli_has_setting(db, STR("demo"));
    s->is_postgres = db_engine(db) == DB_POSTGRES;
    s->port = db_port(db);
    arena_free(a);
    return e;
}

int cmd_serve(const struct options *o)
{
    struct serving s = {.o = o, .workers = o->workers > 0 ? (unsigned)o->workers : default_workers()};
    struct date day;
    if (o->today != NULL && date_parse_iso(str_of(o->today), &day) != ERR_OK) {
        fprintf(stderr, "sarn: --today %s is no date; write YYYY-MM-DD\n", o->today);
        return EXIT_USAGE;
    }
    if (o->proxy != NULL && !is_proxy(o->proxy)) {
        fprintf(stderr, "sarn: --proxy %s is no address; write 127.0.0.1, ::1 or unix\n", o->proxy);
        return EXIT_USAGE;
    }
    struct db *db = cli_open(o->db, DB_READ_ONLY, CLI_CURRENT);
    if (db == NULL) return EXIT_WRONG;
    bool may_serve = is_ready(db, o);
    enum err looked = look_at(&s, db);
    db_close(db);
    if (looked != ERR_OK) return cli_fail("cannot read the settings", looked);
    if (!may_serve) return EXIT_WRONG;
    if (cli_keep_files(o) != ERR_OK) return cli_fail("--files", ERR_IO);
    int ret = EXIT_GOOD;
    enum err e = supervise(serve_child, &s, o->listen, &ret);
    return e == ERR_OK ? ret : cli_fail(o->listen, e);
}
