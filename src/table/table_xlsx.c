/* table_xlsx.c — the shared strings and the first sheet of a package, read once into a tape.
 *
 * A sheet may have 250 million places and a handful of cells, so that no grid is made: the tape
 * holds the cells that are there, row after row, and sheet_row() walks along it. Faults are on the
 * tape too, because they belong to their row and reading goes on behind it.
 *
 *   row    'R' line:u32
 *   text   'T' column:u16 n:u32 bytes      cleaned
 *   shared 'S' column:u16 index:u32
 *   fault  'F' column:u16 n:u32 kind:u8 detail
 */
#include <assert.h>
#include <locale.h>
#include <stdlib.h>

#include "base/thai.h"
#include "table/table_internal.h"
#include "table/xlsx_internal.h"

#define SHEET_ROWS   1048576
#define SHEET_COLS   16384
#define STRINGS_MAX  ((size_t)8 << 20)
#define SCRATCH_SOFT ((size_t)1 << 20)
#define SCRATCH_MAX  ((size_t)16 << 20)

struct sheet {
    struct buf tape; /* arena */
    size_t at;
    /* Shared strings: one 'T' or 'F' record each, and where each begins. */
    struct buf strings;
    uint32_t *starts; /* arena */
    size_t nstring, cap;
};

enum cell_type { CELL_NUMBER, CELL_SHARED, CELL_BOOL, CELL_ERROR, CELL_TEXT };

/* What is known while the XML goes by. */
struct reading {
    struct table *t;
    struct sheet *s;
    struct book book;
    struct arena *scratch; /* owned: for cleaning one text */
    int64_t row, col;      /* present row and cell, from 1; col 0 before the first */
    bool has_row_record;
    enum cell_type type;
    bool is_date, has_value, has_formula;
    bool is_in_cell, is_in_text, is_in_is;
    int phonetic; /* depth of the rPh that we are in: how a word is read aloud, not part of it */
    size_t n;     /* gathered text; one more than the limit: too long */
    char text[TABLE_CELL_MAX + 1];
};

/* ---- the tape ---- */

static void put_int(struct buf *b, uint64_t v, size_t bytes)
{
    char p[8];
    for (size_t i = 0; i < bytes; i++)
        p[i] = (char)(v >> (8 * i) & 0xFF);
    buf_put(b, (struct str){p, bytes});
}

static uint64_t get_int(struct str tape, size_t *at, size_t bytes)
{
    assert(*at + bytes <= tape.n);
    uint64_t v = 0;
    for (size_t i = 0; i < bytes; i++)
        v |= (uint64_t)(unsigned char)tape.p[*at + i] << (8 * i);
    *at += bytes;
    return v;
}

static struct str get_text(struct str tape, size_t *at, size_t n)
{
    assert(n <= tape.n - *at);
    struct str s = {tape.p + *at, n};
    *at += n;
    return s;
}

static void put_text(struct buf *b, int64_t col, struct str s)
{
    buf_putc(b, 'T');
    put_int(b, (uint64_t)col, 2);
    put_int(b, s.n, 4);
    buf_put(b, s);
}

static void put_fault(struct buf *b, int64_t col, enum table_fault_kind kind, struct str detail)
{
    buf_putc(b, 'F');
    put_int(b, (uint64_t)col, 2);
    put_int(b, detail.n, 4);
    put_int(b, kind, 1);
    buf_put(b, detail);
}

/* ---- gathered text ----
 *
 * Expat gives text in pieces, and rich text comes in several runs: all of a cell is gathered in one
 * place of fixed size. What does not fit is dropped but for one byte, which tells that it was so. */

static void gather(void *ctx, struct xml *x, struct str s)
{
    (void)x;
    struct reading *r = ctx;
    if (!r->is_in_text) return;
    size_t room = sizeof r->text - r->n;
    size_t n = s.n < room ? s.n : room;
    memcpy(r->text + r->n, s.p, n);
    r->n += n;
}

/* The gathered text, cleaned, as a record of `b`; or the fault that it is. */
static void put_gathered(struct reading *r, struct buf *b, int64_t col)
{
    if (r->n > TABLE_CELL_MAX) {
        put_fault(b, col, TABLE_FAULT_TOO_LARGE, table_cell_too_large(r->scratch));
    } else {
        struct str s = str_trim((struct str){r->text, xlsx_unescape(r->text, r->n)});
        if (table_is_plain(s) || thai_clean_line(r->scratch, s, &s) == ERR_OK)
            put_text(b, col, s);
        else
            put_fault(b, col, TABLE_FAULT_ENCODING, STR(TABLE_NOT_TEXT));
    }
    if (arena_used(r->scratch) > SCRATCH_SOFT) arena_reset(r->scratch);
}

/* Text of `<t>` counts, unless it says how the word is read aloud. Shared strings and inline. */
static void text_start(struct reading *r, int depth, const char *name)
{
    if (strcmp(name, "rPh") == 0 && r->phonetic == 0) r->phonetic = depth;
    if (strcmp(name, "t") == 0 && r->phonetic == 0) r->is_in_text = true;
}

static void text_end(struct reading *r, int depth)
{
    r->is_in_text = false;
    if (r->phonetic == depth) r->phonetic = 0;
}

/* ---- shared strings: sst / si / t, or sst / si / r / t ---- */

static void strings_start(void *ctx, struct xml *x, int depth, const char *name, const char **attrs)
{
    (void)x, (void)attrs;
    struct reading *r = ctx;
    if (depth == 2) r->n = 0;
    if (depth > 2) text_start(r, depth, name);
}

static void strings_end(void *ctx, struct xml *x, int depth, const char *name)
{
    struct reading *r = ctx;
    struct sheet *s = r->s;
    text_end(r, depth);
    if (depth != 2 || strcmp(name, "si") != 0) return;
    if (s->nstring == s->cap) {
        size_t cap = s->cap == 0 ? 1024 : s->cap * 2;
        s->starts =
            arena_grow(r->t->arena, s->starts, s->cap * sizeof *s->starts, cap * sizeof *s->starts);
        s->cap = cap;
    }
    s->starts[s->nstring++] = (uint32_t)s->strings.n;
    put_gathered(r, &s->strings, 0);
    if (s->strings.is_full || s->nstring > STRINGS_MAX)
        xml_refuse(x, TABLE_FAULT_TOO_LARGE, 0, 0, STR("too much text in the workbook"));
}

/* ---- the sheet: worksheet / sheetData / row / c / v, f, is ----
 *
 * Elements count only at their own depth. What extensions hold under the same names (sparklines have
 * an "f" too) lies elsewhere. Places may be left out (r="B4"), then they follow one another; they
 * never go back: a file where they do was not written by a spreadsheet, and guessing which of two
 * cells is meant would be an invention. */

static void out_of_order(struct reading *r, struct xml *x)
{
    struct str detail = str_printf(r->t->arena, "a damaged .xlsx: rows or cells out of order");
    xml_refuse(x, TABLE_FAULT_NOT_XLSX, r->row, r->col, detail);
}

static void row_start(struct reading *r, struct xml *x, const char **attrs)
{
    const char *z = xml_attr(attrs, "r");
    int64_t row = r->row + 1;
    bool is_good = z == NULL || str_to_int(str_of(z), &row) == ERR_OK;
    if (!is_good || row <= r->row || row > SHEET_ROWS) {
        out_of_order(r, x);
        return;
    }
    r->row = row;
    r->col = 0;
    r->has_row_record = false;
}

static enum cell_type cell_type(const char *z)
{
    if (z == NULL || strcmp(z, "n") == 0) return CELL_NUMBER;
    if (strcmp(z, "s") == 0) return CELL_SHARED;
    if (strcmp(z, "b") == 0) return CELL_BOOL;
    if (strcmp(z, "e") == 0) return CELL_ERROR;
    return CELL_TEXT; /* inlineStr, str (of a formula), d (a day as ISO text) */
}

static void cell_start(struct reading *r, struct xml *x, const char **attrs)
{
    const char *name = xml_attr(attrs, "r"), *style = xml_attr(attrs, "s");
    int64_t col = name == NULL ? r->col + 1 : xlsx_col(name);
    if (col <= r->col || col > SHEET_COLS) {
        out_of_order(r, x);
        return;
    }
    int64_t xf = 0; /* a cell without a style has the first */
    if (style != NULL && str_to_int(str_of(style), &xf) != ERR_OK) xf = -1;
    r->col = col;
    r->type = cell_type(xml_attr(attrs, "t"));
    r->is_date = xf >= 0 && (size_t)xf < r->book.nstyle && r->book.is_date[xf];
    r->is_in_cell = true;
    r->has_value = r->has_formula = r->is_in_is = false;
    r->n = 0;
}

static void sheet_start(void *ctx, struct xml *x, int depth, const char *name, const char **attrs)
{
    struct reading *r = ctx;
    if (depth == 3 && strcmp(name, "row") == 0) {
        row_start(r, x, attrs);
    } else if (depth == 4 && r->row > 0 && strcmp(name, "c") == 0) {
        cell_start(r, x, attrs);
    } else if (r->is_in_cell && depth == 5) {
        r->is_in_is = strcmp(name, "is") == 0;
        r->has_formula |= strcmp(name, "f") == 0;
        r->is_in_text = strcmp(name, "v") == 0;
        r->has_value |= r->is_in_text || r->is_in_is;
    } else if (r->is_in_is) {
        text_start(r, depth, name);
    }
}

/* A cell of the sheet gets its row's record only when it holds something: a million styled but
 * empty rows leave nothing. */
static struct buf *tape_of_row(struct reading *r)
{
    struct buf *tape = &r->s->tape;
    if (!r->has_row_record) {
        buf_putc(tape, 'R');
        put_int(tape, (uint64_t)r->row, 4);
        r->has_row_record = true;
    }
    return tape;
}

static void put_shared(struct reading *r, struct xml *x, struct str value)
{
    int64_t i;
    if (str_to_int(value, &i) != ERR_OK || i < 0 || (size_t)i >= r->s->nstring) {
        xml_refuse(x, TABLE_FAULT_NOT_XLSX, r->row, r->col,
                   STR("a damaged .xlsx: a shared string is missing"));
        return;
    }
    struct buf *tape = tape_of_row(r);
    buf_putc(tape, 'S');
    put_int(tape, (uint64_t)r->col, 2);
    put_int(tape, (uint64_t)i, 4);
}

/* An error value such as #REF!, said as it stands. */
static void put_error(struct reading *r, struct str value)
{
    struct str shown = table_is_plain(value) ? str_first(value, 20) : STR("?");
    put_fault(tape_of_row(r), r->col, TABLE_FAULT_FORMULA,
              str_printf(r->scratch, "the cell shows the error %.*s", STR_FMT(shown)));
}

static void put_number(struct reading *r, struct str value)
{
    char out[XLSX_NUMBER_MAX];
    struct str s = r->is_date ? xlsx_date(value, r->book.is_1904, out) : xlsx_number(value, out);
    if (s.p == value.p) { /* no number after all: text from a stranger like any other */
        put_gathered(r, tape_of_row(r), r->col);
        return;
    }
    put_text(tape_of_row(r), r->col, s);
}

/* A formula must bring its value along: we do not calculate, and a 0 here would be an invention.
 * Programs that only write (openpyxl) leave the value empty; "" is a value for text alone. */
static bool is_uncalculated(const struct reading *r, struct str value)
{
    if (!r->has_formula) return false;
    return r->type == CELL_TEXT ? !r->has_value : value.n == 0;
}

/* A cell that holds something, by its type. */
static void put_value(struct reading *r, struct xml *x, struct str value)
{
    switch (r->type) {
    case CELL_TEXT: put_gathered(r, tape_of_row(r), r->col); break;
    case CELL_SHARED: put_shared(r, x, value); break;
    case CELL_ERROR: put_error(r, value); break;
    case CELL_NUMBER: put_number(r, value); break;
    case CELL_BOOL: {
        bool is_true = str_eq(value, STR("1")) || str_eq_nocase(value, STR("true"));
        put_text(tape_of_row(r), r->col, is_true ? STR("TRUE") : STR("FALSE"));
        break;
    }
    }
}

static void cell_end(struct reading *r, struct xml *x)
{
    bool is_long = r->n > TABLE_CELL_MAX;
    struct str value = str_trim((struct str){r->text, is_long ? 0 : r->n});
    if (is_long)
        put_gathered(r, tape_of_row(r), r->col); /* which is the fault */
    else if (is_uncalculated(r, value))
        put_fault(tape_of_row(r), r->col, TABLE_FAULT_FORMULA,
                  STR("a formula without its value; open and save the file in a spreadsheet"));
    else if (value.n > 0) /* an empty cell has a border or a colour at most */
        put_value(r, x, value);
    if (r->s->tape.is_full)
        xml_refuse(x, TABLE_FAULT_TOO_LARGE, r->row, 0, STR("the sheet holds too much"));
}

static void sheet_end(void *ctx, struct xml *x, int depth, const char *name)
{
    (void)name;
    struct reading *r = ctx;
    text_end(r, depth);
    if (depth == 5) r->is_in_is = false;
    if (depth != 4 || !r->is_in_cell) return;
    r->is_in_cell = false;
    cell_end(r, x);
    if (arena_used(r->scratch) > SCRATCH_SOFT) arena_reset(r->scratch);
}

/* ---- open ---- */

static enum err parts_read(struct pack *p, struct reading *r)
{
    static const struct xml_doors strings = {strings_start, strings_end, gather};
    static const struct xml_doors sheet = {sheet_start, sheet_end, gather};
    TRY(book_read(p, &r->book));
    enum err e = pack_parse(p, r->book.strings, &strings, r);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e; /* a sheet of numbers has no strings */
    r->n = 0;
    r->phonetic = 0;
    r->is_in_text = false;
    e = pack_parse(p, r->book.sheet, &sheet, r);
    if (e == ERR_NOT_FOUND)
        return table_fault_set(p->fault, TABLE_FAULT_NOT_XLSX, 0, 0,
                               STR("a damaged .xlsx: the first sheet is missing"));
    return e;
}

enum err sheet_open(struct table *t, struct table_fault *ret_fault)
{
    struct pack p;
    TRY(pack_open(t->arena, t->bytes, &p, ret_fault));
    struct sheet *s = ARENA_NEW(t->arena, struct sheet);
    s->tape = buf_in(t->arena, TABLE_UNPACKED_MAX);
    s->strings = buf_in(t->arena, TABLE_UNPACKED_MAX);
    struct reading *r = ARENA_NEW(t->arena, struct reading);
    r->t = t;
    r->s = s;
    r->scratch = arena_new(SCRATCH_MAX);
    /* strtod and printf ask the locale for the decimal point; a file does not. Per thread. */
    locale_t c = newlocale(LC_NUMERIC_MASK, "C", (locale_t)0);
    if (c == (locale_t)0) abort(); /* no memory */
    locale_t before = uselocale(c);
    enum err e = parts_read(&p, r);
    uselocale(before);
    freelocale(c);
    arena_free(r->scratch);
    pack_close(&p);
    t->sheet = s;
    return e;
}

/* ---- rows ---- */

/* A record behind its tag and column: a cell or the row's fault. The tape is our own writing, so what
 * does not fit is a bug and get_int() asserts. */
static void give(struct table *t, char tag, size_t col, struct str tape, size_t *at)
{
    size_t n = (size_t)get_int(tape, at, 4);
    if (tag == 'F') {
        enum table_fault_kind kind = (enum table_fault_kind)get_int(tape, at, 1);
        table_row_fault(t, kind, col, get_text(tape, at, n));
    } else {
        table_put_clean(t, col, get_text(tape, at, n));
    }
}

static void give_shared(struct table *t, size_t col, size_t i)
{
    struct str strings = buf_str(&t->sheet->strings);
    size_t at = t->sheet->starts[i];
    char tag = strings.p[at];
    at += 3; /* its column says nothing */
    give(t, tag, col, strings, &at);
}

bool sheet_row(struct table *t)
{
    struct sheet *s = t->sheet;
    struct str tape = buf_str(&s->tape);
    if (s->at >= tape.n) return false;
    assert(tape.p[s->at] == 'R');
    s->at++;
    t->row_line = (int64_t)get_int(tape, &s->at, 4);
    while (s->at < tape.n && tape.p[s->at] != 'R') {
        char tag = tape.p[s->at++];
        size_t col = (size_t)get_int(tape, &s->at, 2) - 1;
        if (tag == 'S')
            give_shared(t, col, (size_t)get_int(tape, &s->at, 4));
        else
            give(t, tag, col, tape, &s->at);
    }
    return true;
}
