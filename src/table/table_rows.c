/* table_rows.c — a small table read as a whole, for a request whose memory is small: unpacking happens in an
 * arena of its own, and only the text that is kept is copied. */
#include "table/table.h"

struct taking {
    struct arena *arena; /* where the rows stay */
    struct table *table;
    size_t ncols, nbytes, most_bytes;
};

static struct str kept(struct taking *t, struct str s)
{
    t->nbytes += s.n;
    return s.n > 0 && t->nbytes <= t->most_bytes ? str_copy(t->arena, s) : STR("");
}

static struct table_row row_taken(struct taking *t)
{
    struct str *cells = ARENA_ARRAY(t->arena, struct str, t->ncols);
    for (size_t c = 0; c < t->ncols; c++) cells[c] = kept(t, table_cell(t->table, (int)c));
    return (struct table_row){table_line(t->table), cells};
}

static enum err take_rows(struct taking *t, size_t most_rows, struct table_rows *ret, struct table_fault *f)
{
    struct table_row *rows = ARENA_ARRAY(t->arena, struct table_row, most_rows);
    struct str *names = ARENA_ARRAY(t->arena, struct str, t->ncols);
    enum err e = ERR_OK;
    for (size_t c = 0; c < t->ncols; c++) names[c] = kept(t, table_name(t->table, c));
    *ret = (struct table_rows){names, rows, t->ncols, 0};
    while ((e = table_next(t->table, f)) == ERR_OK) {
        int64_t line = table_line(t->table);
        if (ret->nrows == most_rows) {
            *f = (struct table_fault){TABLE_FAULT_TOO_LARGE, line, 0, STR("more rows than are taken")};
            return ERR_LIMIT;
        }
        rows[ret->nrows++] = row_taken(t);
        if (t->nbytes <= t->most_bytes) continue;
        *f = (struct table_fault){TABLE_FAULT_TOO_LARGE, line, 0, STR("more text than is taken")};
        return ERR_LIMIT;
    }
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

enum err table_read_rows(struct arena *a, struct str bytes, size_t most_rows, size_t most_bytes, struct table_rows *ret,
                         struct table_fault *ret_fault)
{
    struct arena *room = arena_new(TABLE_ARENA_MAX);
    struct taking t = {.arena = a, .most_bytes = most_bytes};
    enum err e = table_open(room, bytes, &t.table, ret_fault);
    if (e == ERR_OK) {
        t.ncols = table_ncol(t.table);
        e = take_rows(&t, most_rows, ret, ret_fault);
    }
    if (e != ERR_OK) ret_fault->detail = str_copy(a, ret_fault->detail);
    arena_free(room);
    return e;
}
