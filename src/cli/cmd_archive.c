/* cmd_archive.c — backup, restore, and the sweep of what nobody uses. */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "app/file.h"
#include "base/log.h"
#include "cli/cli.h"
#include "db/archive.h"

/* Where this database keeps its files; `db` NULL: a new one. */
static enum err open_files(const struct options *o, struct db *db, struct arena *a, struct file_store *ret)
{
    if (db == NULL || db_in_txn(db)) return file_store_open(db, a, o->db, o->files, ret);
    TRY(db_begin(db, DB_TXN_READ));
    enum err e = file_store_open(db, a, o->db, o->files, ret);
    db_rollback(db);
    return e;
}

int cmd_backup(const struct options *o)
{
    struct archive_report r = {0};
    struct file_store store;
    /* Pending migrations are no hindrance: the backup is what comes before them. */
    struct db *db = cli_open(o->db, DB_READ_ONLY, CLI_THERE);
    if (db == NULL) return EXIT_WRONG;
    struct arena *a = arena_new((size_t)1 << 20);
    struct step s = step_begin("backup");
    enum err e = open_files(o, db, a, &store);
    struct archive_files files = file_archive(&store);
    if (e == ERR_OK) e = archive_backup(db, o->words[0], &files, &r);
    db_close(db);
    arena_free(a);
    if (e != ERR_OK) return cli_fail(o->words[0], e);
    step_done(&s, "%lld tables, %lld files, %lld rows in %s", (long long)r.tables, (long long)r.files,
              (long long)r.rows, o->words[0]);
    if (r.missing_files == 0) return EXIT_GOOD;
    fprintf(stderr, "sarn: %lld files are missing and not in it; sarn verify names them\n", (long long)r.missing_files);
    return EXIT_WRONG;
}

int cmd_restore(const struct options *o)
{
    struct archive_report r = {0};
    struct file_store store;
    bool was_missing = cli_is_missing(o->db);
    struct db *db = cli_open(o->db, DB_READ_WRITE, CLI_ANY);
    if (db == NULL) return EXIT_WRONG;
    struct arena *a = arena_new((size_t)1 << 20);
    struct step s = step_begin("restore");
    enum err e = open_files(o, NULL, a, &store);
    struct archive_files files = file_archive(&store);
    if (e == ERR_OK) e = archive_restore(db, o->words[0], &files, &r);
    db_close(db);
    arena_free(a);
    if (e != ERR_OK) {
        if (was_missing) (void)unlink(cli_path(o->db)); /* ours, and empty: leave nothing behind */
        return cli_fail(o->words[0], e);
    }
    step_done(&s, "%lld tables, %lld files, %lld rows, made %s", (long long)r.tables, (long long)r.files,
              (long long)r.rows, r.made_at);
    return EXIT_GOOD;
}

int cmd_sweep(const struct options *o)
{
    struct file_swept swept = {0};
    struct file_store store;
    struct db *db = cli_open(o->db, DB_READ_WRITE, CLI_CURRENT);
    if (db == NULL) return EXIT_WRONG;
    struct arena *a = arena_new((size_t)256 << 20);
    struct step s = step_begin("files that nothing has used for a day");
    enum err e = open_files(o, db, a, &store);
    if (e == ERR_OK) e = file_sweep(&store, db, a, FILE_ORPHAN_MS, &swept);
    arena_free(a);
    db_close(db);
    if (e != ERR_OK) return cli_fail("sweep", e);
    step_done(&s, "%lld dropped, %lld removed from the folder", (long long)swept.rows, (long long)swept.files);
    return EXIT_GOOD;
}

/* ---- what other commands want of files ---- */

static void print_line(void *ctx, struct str line)
{
    fprintf(ctx, "%.*s\n", STR_FMT(line));
}

enum err cli_verify_files(const struct options *o, struct db *db, struct arena *a, int64_t *ret_bad)
{
    struct file_store store;
    int64_t files = 0;
    struct step s = step_begin("files against their sums");
    TRY(open_files(o, db, a, &store));
    TRY(file_verify(&store, db, a, print_line, stdout, &files, ret_bad));
    step_done(&s, "%lld files, %lld missing or damaged", (long long)files, (long long)*ret_bad);
    return ERR_OK;
}

static enum err keep(struct db *db, struct arena *a, void *ctx)
{
    return file_store_keep(db, a, ctx);
}

enum err cli_keep_files(const struct options *o)
{
    struct db *db = NULL;
    if (o->files == NULL) return ERR_OK;
    TRY(db_open(str_of(o->db), DB_READ_WRITE, &db));
    enum err e = cli_write(db, keep, (void *)(uintptr_t)o->files);
    db_close(db);
    return e;
}

/* A thread of its own, once a start: a folder of a hundred thousand files takes seconds to look through,
 * and nobody waits for it. A failure is told and tried again at the next start. */
static void *sweep_at_start(void *ctx)
{
    const struct options *o = ctx;
    struct arena *a = arena_new((size_t)256 << 20);
    struct file_swept swept = {0};
    struct file_store store;
    struct db *db = NULL;
    enum err e = db_open(str_of(o->db), DB_READ_WRITE, &db);
    if (e == ERR_OK) e = open_files(o, db, a, &store);
    if (e == ERR_OK) e = file_sweep(&store, db, a, FILE_ORPHAN_MS, &swept);
    if (e != ERR_OK) log_warn("sweep", "why=%s detail=%s", err_name(e), err_detail());
    if (swept.rows + swept.files > 0)
        log_info("sweep", "dropped=%lld removed=%lld", (long long)swept.rows, (long long)swept.files);
    if (db != NULL) db_close(db);
    arena_free(a);
    return NULL;
}

void cli_sweep_in_background(const struct options *o)
{
    pthread_t thread;
    sigset_t all, before; /* a signal to stop is the serving thread's, never this one's */
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    if (pthread_create(&thread, NULL, sweep_at_start, (void *)(uintptr_t)o) == 0) pthread_detach(thread);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}
