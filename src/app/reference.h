/* reference.h — the real reference data of reference/, compiled into the program. */
#ifndef SARN_APP_REFERENCE_H
#define SARN_APP_REFERENCE_H

#include "base/date.h"
#include "table/table.h"

/* The bytes of reference/<name>, static. Asserts that it ships. */
struct str reference_bytes(const char *name);

/* Walks a reference table. Reference data ships with the program, so a fault in it, or a column that
 * is not there, is a bug: it asserts with the file's name and line. */
struct reference {
    struct table *table;
    const char *name;
    struct arena *arena;
};
struct reference reference_open(struct arena *a, const char *name);
bool reference_next(struct reference *r);
struct str reference_text(struct reference *r, const char *column);     /* "" when empty */
struct str reference_opt_text(struct reference *r, const char *column); /* none when empty */
int64_t reference_int(struct reference *r, const char *column);
struct opt_date reference_opt_date(struct reference *r, const char *column);
bool reference_has(struct reference *r, const char *column); /* the cell is not empty */

/* Of a file with the columns key and text: the text of that key, static. Asserts that there is one. */
struct str reference_word(const char *name, const char *key);

#endif
