/* archive.h — backup and restore, the same archive for both engines.
 *
 * A ZIP file that any unzip opens:
 *   tables/<table>.tsv   one file a table, rows by primary key; the format is in tsv.h
 *   files/ab/cdef…       since format 2: the files that rows name by their SHA-256 (abcdef…), as they are
 *   MANIFEST             format, engine, moment, applied migrations, rows of each table, number of files
 *   SHA256SUMS           of all the others, for `sha256sum -c`
 * The same content gives the same bytes of the table files on either engine, so two backups can be
 * compared by their sums.
 *
 * MANIFEST, one fact a line:   sarn-archive 2
 *                              engine sqlite|postgres
 *                              made_at 2026-11-22T01:30:00.000Z
 *                              migration NUMBER SHA256 NAME      (in order)
 *                              table NAME ROWS                   (in order)
 *                              files NUMBER                      (since format 2)
 */
#ifndef SARN_DB_ARCHIVE_H
#define SARN_DB_ARCHIVE_H

#include "db/db.h"

/* How the layer above keeps files (app/file.h): this one knows rows only. */
struct archive_files {
    const void *ctx;
    const char *table; /* that holds content in some databases: it travels as files, not as a table */
    /* The next files behind *at (0: the first), hexadecimal sums in the arena. ERR_NOT_FOUND at the
     * end. Those that are not there any more are left out and counted. */
    enum err (*list)(const void *ctx, struct db *db, struct arena *a, int64_t *at, struct str **ret, size_t *ret_n,
                     int64_t *missing);
    enum err (*read)(const void *ctx, struct db *db, struct arena *a, struct str sum, struct str *ret);
    enum err (*write)(const void *ctx, struct db *db, struct arena *a, struct str sum, struct str bytes);
    enum err (*finish)(const void *ctx, struct db *db, struct arena *a); /* before the commit of a restore */
};
#define ARCHIVE_FILE_MAX ((size_t)64 << 20) /* one file */

struct archive_report {
    int64_t tables, rows;
    int64_t files, missing_files;
    int migration;         /* number of the last one */
    enum db_engine engine; /* on which it was made */
    char made_at[32];
};

/* Writes a consistent snapshot while others go on writing (one read transaction), in constant
 * memory. The file appears under its name only when it is whole and on disk, readable by its owner
 * only. `files` may be NULL (then its table travels as a table). A file that is missing does not keep
 * the rest from being saved: the report says how many. ERR_CONFLICT there is such a file · ERR_INPUT no
 * Sarn database · ERR_IO, also when a file is damaged: err_detail() names it. */
enum err archive_backup(struct db *db, const char *path, const struct archive_files *files,
                        struct archive_report *ret);
/* Reads all of it and compares every sum and row count. ERR_NOT_FOUND no such file · ERR_INPUT
 * damaged, or of a newer format: err_detail() says where. */
enum err archive_check(const char *path, struct archive_report *ret);
/* Checks the archive, builds the schema by the program's migrations and loads it, all in one
 * transaction: after a failure the database is as empty as before. ERR_CONFLICT the database is not
 * new, or the archive's migrations are not the program's · else as archive_check. */
enum err archive_restore(struct db *db, const char *path, const struct archive_files *files,
                         struct archive_report *ret);

#endif
