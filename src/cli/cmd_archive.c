/* cmd_archive.c — backup and restore. */
#include <stdio.h>
#include <unistd.h>

#include "cli/cli.h"
#include "db/archive.h"

int cmd_backup(const struct options *o)
{
    struct archive_report r = {0};
    /* Pending migrations are no hindrance: the backup is what comes before them. */
    struct db *db = cli_open(o->db, DB_READ_ONLY, CLI_THERE);
    if (db == NULL) return EXIT_WRONG;
    struct step s = step_begin("backup");
    enum err e = archive_backup(db, o->words[0], &r);
    db_close(db);
    if (e != ERR_OK) return cli_fail(o->words[0], e);
    step_done(&s, "%lld tables, %lld rows in %s", (long long)r.tables, (long long)r.rows, o->words[0]);
    return EXIT_GOOD;
}

int cmd_restore(const struct options *o)
{
    struct archive_report r = {0};
    bool was_missing = cli_is_missing(o->db);
    struct db *db = cli_open(o->db, DB_READ_WRITE, CLI_ANY);
    if (db == NULL) return EXIT_WRONG;
    struct step s = step_begin("restore");
    enum err e = archive_restore(db, o->words[0], &r);
    db_close(db);
    if (e != ERR_OK) {
        if (was_missing) (void)unlink(cli_path(o->db)); /* ours, and empty: leave nothing behind */
        return cli_fail(o->words[0], e);
    }
    step_done(&s, "%lld tables, %lld rows, made %s", (long long)r.tables, (long long)r.rows, r.made_at);
    return EXIT_GOOD;
}
