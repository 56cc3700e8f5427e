/* types.h — what the house's type words of schema.sql are in C. sqlc knows the same table.
 *
 *   word          SQLite   PostgreSQL          C                        nullable C
 *   <name>_id     INTEGER  BIGINT              struct <name>_id         struct opt_id <- see below
 *   satang        INTEGER  BIGINT              struct satang            struct opt_satang
 *   bp            INTEGER  BIGINT              struct bp                struct opt_bp
 *   count         INTEGER  BIGINT              int64_t                  struct opt_count
 *   int           INTEGER  BIGINT              int64_t                  struct opt_count
 *   flag          INTEGER  BIGINT  (0/1 CHECK) bool                     (never null)
 *   fiscal_year   INTEGER  BIGINT              struct fiscal_year       struct opt_fiscal_year
 *   instant       INTEGER  BIGINT  UTC ms      struct instant           struct opt_instant
 *   date          TEXT     TEXT "C"  ISO CHECK struct date              struct opt_date
 *   text, code, sort_key  TEXT  TEXT "C"       struct str               struct str (p == NULL)
 *   bytes         BLOB     BYTEA               struct str               struct str (p == NULL)
 *
 * Ids are structs, so that a fund's id where a project's belongs does not compile. A nullable id is
 * the same struct with v == 0 for NULL (ids start at 1); id_is_none() asks.
 */
#ifndef SARN_DB_TYPES_H
#define SARN_DB_TYPES_H

#include "db/db.h"

struct opt_count {
    bool has;
    int64_t v;
};
#define id_is_none(id) ((id).v == 0)
/* struct <name>_id for every table's `id` column are declared in the generated db/ids.h. */

#endif
