/* archive.h — backup and restore, the same archive for both engines.
 *
 * A ZIP file that any unzip opens:
 *   tables/<table>.tsv   one file a table, rows by primary key; the format is in tsv.h
 *   MANIFEST             format, engine, moment, applied migrations, rows of each table
 *   SHA256SUMS           of all the others, for `sha256sum -c`
 * The same content gives the same bytes of the table files on either engine, so two backups can be
 * compared by their sums.
 *
 * MANIFEST, one fact a line:   sarn-archive 1
 *                              engine sqlite|postgres
 *                              made_at 2026-11-22T01:30:00.000Z
 *                              migration NUMBER SHA256 NAME      (in order)
 *                              table NAME ROWS                   (in order)
 */
#ifndef SARN_DB_ARCHIVE_H
#define SARN_DB_ARCHIVE_H

#include "db/db.h"

struct archive_report {
    int64_t tables, rows;
    int migration;         /* number of the last one */
    enum db_engine engine; /* on which it was made */
    char made_at[32];
};

/* Writes a consistent snapshot while others go on writing (one read transaction), in constant
 * memory. The file appears under its name only when it is whole and on disk, readable by its owner
 * only. ERR_CONFLICT there is such a file · ERR_INPUT no Sarn database · ERR_IO. */
enum err archive_backup(struct db *db, const char *path, struct archive_report *ret);
/* Reads all of it and compares every sum and row count. ERR_NOT_FOUND no such file · ERR_INPUT
 * damaged, or of a newer format: err_detail() says where. */
enum err archive_check(const char *path, struct archive_report *ret);
/* Checks the archive, builds the schema by the program's migrations and loads it, all in one
 * transaction: after a failure the database is as empty as before. ERR_CONFLICT the database is not
 * new, or the archive's migrations are not the program's · else as archive_check. */
enum err archive_restore(struct db *db, const char *path, struct archive_report *ret);

#endif
