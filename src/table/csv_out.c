/* csv_out.c — CSV that Excel opens as it is meant: UTF-8 with BOM, CRLF, and no text that becomes a
 * formula. The guard (a leading ') is for what people typed; numbers that we print have none. */
#include "table/table.h"

struct csv csv_begin(struct buf *out)
{
    BUF_LIT(out, "\xEF\xBB\xBF"); /* without it Excel reads Thai as Windows-874 */
    return (struct csv){.out = out, .is_first = true};
}

static void separate(struct csv *c)
{
    if (!c->is_first) buf_putc(c->out, ',');
    c->is_first = false;
}

/* What a spreadsheet would take for a formula when it opens the file. */
static bool is_dangerous(struct str s)
{
    return s.n > 0 && (s.p[0] == '=' || s.p[0] == '+' || s.p[0] == '-' || s.p[0] == '@' ||
                       s.p[0] == '\t' || s.p[0] == '\r');
}

static bool needs_quotes(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == ',' || s.p[i] == '"' || s.p[i] == '\r' || s.p[i] == '\n' || s.p[i] == '\t')
            return true;
    /* Some readers trim what is not quoted. */
    return s.n > 0 && (s.p[0] == ' ' || s.p[s.n - 1] == ' ');
}

void csv_text(struct csv *c, struct str s)
{
    separate(c);
    bool is_guarded = is_dangerous(s);
    if (!needs_quotes(s)) {
        if (is_guarded) buf_putc(c->out, '\'');
        buf_put(c->out, s);
        return;
    }
    buf_putc(c->out, '"');
    if (is_guarded) buf_putc(c->out, '\'');
    for (ptrdiff_t at; (at = str_find_char(s, '"')) >= 0; s = str_from(s, (size_t)at + 1)) {
        buf_put(c->out, str_first(s, (size_t)at));
        BUF_LIT(c->out, "\"\"");
    }
    buf_put(c->out, s);
    buf_putc(c->out, '"');
}

void csv_int(struct csv *c, int64_t v)
{
    separate(c);
    buf_int(c->out, v);
}

void csv_satang(struct csv *c, int64_t v)
{
    separate(c);
    buf_satang_plain(c->out, satang(v));
}

void csv_blank(struct csv *c)
{
    separate(c);
}

void csv_opt_satang(struct csv *c, struct opt_satang v)
{
    if (v.has) csv_satang(c, v.v.v);
    else csv_blank(c);
}

void csv_row_end(struct csv *c)
{
    BUF_LIT(c->out, "\r\n");
    c->is_first = true;
}
