/* make_house.c — make_house FILE: the house as an SQLite file, for tests to copy. */
#include <stdio.h>
#include <unistd.h>

#include "db/migrate.h"
#include "tests/rooms/house.h"

static enum err make(struct str path, struct arena *a)
{
    struct db *db = NULL;
    TRY(db_open(path, DB_READ_WRITE, &db));
    enum err e = migrate_apply(db, NULL, NULL);
    if (e == ERR_OK) e = house_fill(db, a);
    db_close(db); /* brings the log back into the file */
    return e;
}

int main(int argc, char **argv)
{
    if (argc != 2) return 2;
    struct arena *a = arena_new((size_t)512 << 20);
    unlink(argv[1]);
    enum err e = make(str_of(argv[1]), a);
    if (e != ERR_OK) fprintf(stderr, "make_house: %s: %s\n", err_name(e), err_detail());
    if (e == ERR_INTERNAL)
        fprintf(stderr,
                "make_house: is it a column or a table that is missing? A migration brings it to a database that is there: a file in\n"
                "make_house: migrations/, named in src/db/meson.build. tests/room_schema_test says what schema.sql has and they have not.\n");
    arena_free(a);
    return e == ERR_OK ? 0 : 1;
}
