/* shape.h — the schema of the connected database as text, to be compared.
 *
 * "Replayed migrations equal the rooms' schema.sql" is then: build both, compare two texts. One line a
 * fact, sorted: table, column (type, NOT NULL, default, collation), primary and unique keys, foreign
 * keys, checks, indexes (partial and expression ones by their text), triggers, views. What has no
 * meaning is left out: the order of columns, names of constraints, blanks and comments.
 * Texts of the same engine compare; SQLite's and PostgreSQL's do not.
 */
#ifndef SARN_DB_SHAPE_H
#define SARN_DB_SHAPE_H

#include "db/db.h"

/* `*ret` is in the arena. schema_migration is not part of it. */
enum err db_shape(struct db *db, struct arena *a, struct str *ret);

#endif
