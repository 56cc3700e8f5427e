/* catalog.h — the tables of the connected database as the engine itself knows them. For archives:
 * nothing is ever forgotten because somebody forgot to list it. */
#ifndef SARN_DB_CATALOG_H
#define SARN_DB_CATALOG_H

#include "db/db_internal.h"

struct catalog_column {
    struct str name;
    enum db_kind kind; /* DB_INT, DB_TEXT or DB_BYTES */
    int64_t key;       /* place in the primary key from 1, 0 when not in it */
};
struct catalog_table {
    struct str name;
    struct catalog_column *columns; /* primary key first in its order, then by name */
    size_t ncol, nkey;
};
struct catalog {
    struct catalog_table *tables; /* by name, bytewise */
    size_t n;
};

/* All ordinary tables but schema_migration; virtual tables, views and generated columns can be made
 * again and are left out. Same order of tables and columns on both engines. ERR_REFUSED names a
 * column whose type is none of the house's. */
enum err catalog_read(struct db *db, struct arena *a, struct catalog *ret);
/* SELECT of all columns in their order, sorted by the primary key (or all columns). */
struct str catalog_select(const struct catalog_table *t, enum db_engine engine, struct arena *a);
/* Tables of any kind, schema_migration too: 0 means a new database. */
enum err catalog_count(struct db *db, int64_t *ret);

#endif
