/* xlsx_internal.h — the pieces of the XLSX reader. Inside table only.
 *
 * An XLSX file is a ZIP package of XML parts. xlsx_pack.c opens it and runs a part through expat
 * under guards; xlsx_book.c finds the first sheet, the shared strings and which styles are dates;
 * xlsx_value.c turns a stored value into text; table_xlsx.c reads strings and sheet into rows.
 * No name out of the package ever reaches the file system.
 */
#ifndef SARN_TABLE_XLSX_INTERNAL_H
#define SARN_TABLE_XLSX_INTERNAL_H

#include <zip.h>

#include "table/table_internal.h"

/* ---- xlsx_pack.c ---- */

struct pack {
    struct arena *arena; /* borrowed */
    zip_t *zip;          /* owned: pack_close() */
    size_t inflated;     /* bytes so far, of all parts */
    struct table_fault *fault;
};

struct xml; /* a part while it is parsed; opaque */

/* Who hears of elements. Names are local, without namespace. `depth`: 1 is the root. */
struct xml_doors {
    void (*start)(void *ctx, struct xml *x, int depth, const char *name, const char **attrs);
    void (*end)(void *ctx, struct xml *x, int depth, const char *name);
    void (*text)(void *ctx, struct xml *x, struct str s); /* in pieces; may be NULL */
};

/* Opens and looks through the directory: bombs, encryption, unknown compression are refused. */
enum err pack_open(struct arena *a, struct str bytes, struct pack *ret,
                   struct table_fault *ret_fault);
void pack_close(struct pack *p);
/* Parses one part. ERR_NOT_FOUND without a fault when the package has no such part. */
enum err pack_parse(struct pack *p, struct str part, const struct xml_doors *doors, void *ctx);
/* Stops the parsing with a fault; the first counts. */
void xml_refuse(struct xml *x, enum table_fault_kind kind, int64_t line, int64_t col,
                struct str detail);
/* An attribute without a namespace, or NULL. */
const char *xml_attr(const char **attrs, const char *name);
/* An attribute of that local name in any namespace (r:id), or NULL. */
const char *xml_attr_any(const char **attrs, const char *name);

/* ---- xlsx_book.c ---- */

struct book {
    struct str sheet, strings, styles; /* parts; arena; none when the package has no such */
    bool is_1904;                      /* days are counted from 1904 */
    uint8_t *is_date;                  /* by cell style; arena */
    size_t nstyle;
};
enum err book_read(struct pack *p, struct book *ret);

/* ---- xlsx_value.c ---- */

#define XLSX_NUMBER_MAX 64
/* 214704.0 → 214704, 0.10000000000000001 → 0.1, 1E5 → 100000: at most 15 significant digits, which
 * is what a spreadsheet shows; whole numbers are kept to the last digit. What is no number, or of
 * absurd size, stays as it is. Needs LC_NUMERIC "C". The result is `in` or a piece of `out`. */
struct str xlsx_number(struct str in, char out[XLSX_NUMBER_MAX]);
/* A day number → 2026-11-22, with a time of day 2026-11-22 10:30:00. Out of range: as it is. */
struct str xlsx_date(struct str in, bool is_1904, char out[XLSX_NUMBER_MAX]);
/* Whether a number format shows a day, not only a number or a time. */
bool xlsx_is_date_format(struct str code);
bool xlsx_is_date_id(int64_t id); /* the built-in formats, Thai ones too */
/* _x000D_ and the like, which stand for a UTF-16 unit, in place. Returns the new length. */
size_t xlsx_unescape(char *p, size_t n);
/* "AB12" → column 28; 0 when it is no such name. */
int64_t xlsx_col(const char *name);

#endif
