/* commit.c — the raw commit rate of this disk: one connection inserts one row and commits, again and again, in a
 * database of its own with the same journal and the same synchronous=FULL as Sarn's. commit FILE SECONDS prints
 * commits a second. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *insert = NULL;
    if (argc != 3 || sqlite3_open(argv[1], &db) != SQLITE_OK) return 2;
    if (sqlite3_exec(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t(id INTEGER PRIMARY KEY, words TEXT NOT NULL);",
                     NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(db, "INSERT INTO t(words) VALUES ('one row of a book')", -1, &insert, NULL) != SQLITE_OK)
        return 1;
    double begun = now(), seconds = (double)strtol(argv[2], NULL, 10);
    long n = 0;
    while (now() - begun < seconds) {
        if (sqlite3_step(insert) != SQLITE_DONE) return 1; /* outside a transaction: it commits itself */
        sqlite3_reset(insert);
        n++;
    }
    printf("%.1f\n", (double)n / (now() - begun));
    sqlite3_finalize(insert);
    return sqlite3_close(db) != SQLITE_OK;
}
