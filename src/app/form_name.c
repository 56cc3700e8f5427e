/* form_name.c — the summary of faults stands before the questions that it is about, and their words are known only when
 * the page is whole: here "please fill this in" becomes "please fill in the title". A label or a legend of
 * form.html has the id NAME-label; a label written elsewhere is found by what it is for. */
#include "app/app_internal.h"
#include "app/form.h"

#define LABEL_MAX 300 /* bytes; longer ones are no words of a question */

/* Where `what` begins at or behind `from`; the length of the page when it does not. */
static size_t find_from(struct str page, size_t from, struct str what)
{
    ptrdiff_t at = from < page.n ? str_find(str_from(page, from), what) : -1;
    return at < 0 ? page.n : from + (size_t)at;
}

/* The words between `mark` and the next tag; none when they are not there. They are escaped already. */
static struct str words_behind(struct str page, size_t from, struct str mark)
{
    size_t at = find_from(page, from, mark);
    if (at == page.n) return STR_NONE;
    struct str rest = str_from(page, at + mark.n);
    ptrdiff_t end = str_find_char(rest, '<');
    return end <= 0 || end > LABEL_MAX ? STR_NONE : str_trim(str_first(rest, (size_t)end));
}

struct str form_label_of(struct arena *a, struct str page, size_t from, const char *field)
{
    struct str label = words_behind(page, from, str_printf(a, "id=\"%s-label\">", field));
    return str_is_none(label) ? words_behind(page, from, str_printf(a, "<label for=\"%s\">", field)) : label;
}

static struct str named(const struct page *page, const struct fault_row *row, struct str label, struct str message)
{
    if (row->kind == FAULT_MISSING) return MSG_FORMAT(page->arena, page->lang, MSG_form_must_named, label);
    if (row->kind == FAULT_UNCHOSEN) return MSG_FORMAT(page->arena, page->lang, MSG_form_choose_named, label);
    return MSG_FORMAT(page->arena, page->lang, MSG_form_plain_named, label, message);
}

void form_name_faults(struct buf *body, const struct page *page, const struct fault_row *rows, size_t n)
{
    struct arena *a = page->arena;
    struct str whole = buf_str(body);
    size_t start = find_from(whole, 0, STR("<div class=\"error-summary\" id=\"errors\""));
    if (body->is_full || start == whole.n) return;
    whole = str_copy(a, whole);
    size_t end = find_from(whole, start, STR("</ul>")), done = start;
    body->n = start;
    for (size_t i = 0; i < n; i++) {
        struct str link = str_printf(a, "<li><a href=\"#%s\">", rows[i].field);
        size_t at = find_from(whole, done, link);
        if (rows[i].kind == FAULT_SAID || at >= end) continue;
        at += link.n;
        struct str label = form_label_of(a, whole, end, rows[i].field);
        struct str message = str_first(str_from(whole, at), find_from(whole, at, STR("<")) - at);
        if (str_is_empty(label)) continue;
        buf_put(body, (struct str){whole.p + done, at - done});
        buf_put(body, named(page, &rows[i], label, message));
        done = at + message.n;
    }
    buf_put(body, str_from(whole, done));
}
