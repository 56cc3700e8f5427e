/* tsv.h — the line format of an archive's table files.
 *
 * The first line names the columns as name:int, name:text or name:bytes, then one line a row; fields
 * are separated by TAB, lines end with LF. NULL is \N. Text: \\ \t \n \r stand for backslash, TAB, LF,
 * CR; everything else is itself, UTF-8. Numbers are decimal, bytes lower-case hex. So a row is exactly
 * one line, and `wc -l`, `diff` and `cut` work on a backup.
 */
#ifndef SARN_DB_TSV_H
#define SARN_DB_TSV_H

#include "db/catalog.h"

/* Text that grows by malloc: a row may be larger than any arena's limit. Owned: free(text.p). */
struct text {
    char *p;
    size_t n, cap;
};
void text_put(struct text *t, struct str s);
void tsv_header(struct text *out, const struct catalog_table *table);
void tsv_row(struct text *out, const struct catalog_table *table, const struct db_rows *rows);
/* Reads one line (without LF), unescaping in place: the values borrow from it. ERR_INPUT. */
enum err tsv_parse(char *line, size_t n, const struct catalog_table *table, struct db_value *ret);

#endif
