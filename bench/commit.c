/* commit.c — the raw commit rate of this disk: one connection inserts ROWS rows (one, when it is not said), each into
 * a table of its own, and commits, again and again, in a database of its own with the same journal and the same
 * synchronous=FULL as Sarn's. With more than one row every table has an index, too: that is what SQLite alone needs
 * for a bookkeeping entry. commit FILE SECONDS [ROWS] prints commits a second. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROWS_MAX = 100 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int prepare(sqlite3 *db, long rows, sqlite3_stmt **inserts)
{
    int bad = sqlite3_exec(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;", NULL, NULL, NULL) != SQLITE_OK;
    for (long i = 0; i < rows && !bad; i++) {
        char make[128], index[64], insert[128];
        snprintf(make, sizeof make, "CREATE TABLE t%ld(id INTEGER PRIMARY KEY, words TEXT NOT NULL, n INTEGER)", i);
        snprintf(index, sizeof index, "CREATE INDEX i%ld ON t%ld(n)", i, i);
        snprintf(insert, sizeof insert, "INSERT INTO t%ld(words, n) VALUES ('one row of a book', abs(random() %% 1000))", i);
        bad = sqlite3_exec(db, make, NULL, NULL, NULL) != SQLITE_OK || (rows > 1 && sqlite3_exec(db, index, NULL, NULL, NULL) != SQLITE_OK) ||
              sqlite3_prepare_v2(db, insert, -1, &inserts[i], NULL) != SQLITE_OK;
    }
    return bad;
}

static int commit(sqlite3 *db, long rows, sqlite3_stmt **inserts)
{
    int bad = sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK;
    for (long i = 0; i < rows && !bad; i++) {
        bad = sqlite3_step(inserts[i]) != SQLITE_DONE;
        sqlite3_reset(inserts[i]);
    }
    return bad || sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK;
}

int main(int argc, char **argv)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *inserts[ROWS_MAX];
    long rows = argc > 3 ? strtol(argv[3], NULL, 10) : 1, n = 0;
    if (argc < 3 || rows < 1 || rows > ROWS_MAX || sqlite3_open(argv[1], &db) != SQLITE_OK) return 2;
    if (prepare(db, rows, inserts)) return 1;
    double begun = now(), seconds = (double)strtol(argv[2], NULL, 10);
    while (now() - begun < seconds) {
        if (commit(db, rows, inserts)) return 1;
        n++;
    }
    printf("%.1f\n", (double)n / (now() - begun));
    for (long i = 0; i < rows; i++) sqlite3_finalize(inserts[i]);
    return sqlite3_close(db) != SQLITE_OK;
}
