/* kept_words.c — a kept form in the words of its own page. What was kept are names and values; what people know are the
 * questions and the answers to choose from. So the page that the form stands on is made once more, for its owner and
 * through the same gate, and read: labels as form.html writes them, the words of what was chosen, files to choose again. */
#include "app/app_internal.h"
#include "app/form.h"

#define PAGES_MAX 4     /* made for one kept form */
#define ROWS_MAX  99    /* what is greater behind "_" is a code, not a row */
#define FILES_MAX 8

/* The page at `path` as who asks would see it; none: there is none, or not for them. */
static enum err page_at(struct rq *rq, struct str path, struct str step, struct str *ret)
{
    struct web_field asked = {STR("step"), step};
    struct web_request web = *rq->web;
    struct web_response res = {0};
    struct rq sub = *rq;
    enum gate gate = GATE_SHUT;
    *ret = STR_NONE;
    if (str_eq(path, rq->path) || route_find(WEB_GET, path, &sub.route, sub.args) != ROUTE_FOUND) return ERR_OK;
    if (sub.route->lane != ROUTE_FAST && sub.route->lane != ROUTE_SLOW) return ERR_OK;
    web.path = path;
    web.query = STR("");
    web.params = (struct web_fields){&asked, str_is_none(step) ? 0 : 1};
    sub.web = &web;
    sub.res = &res;
    sub.path = path;
    TRY(gate_enter(&sub, &gate));
    if (gate == GATE_SHUT) return ERR_OK;
    enum err e = sub.route->handler(&sub);
    if (e == ERR_NOT_FOUND || e == ERR_INPUT) return ERR_OK;
    TRY(e);
    if (res.status == 200 && !res.body.is_full) *ret = buf_str(&res.body);
    return ERR_OK;
}

/* From the tag of the form that posts to `path` to its end. */
static struct str form_in(struct arena *a, struct str page, struct str path)
{
    ptrdiff_t at = str_find(page, str_printf(a, "method=\"post\" action=\"%.*s\"", STR_FMT(path)));
    if (at < 0) return STR_NONE;
    struct str form = str_from(page, (size_t)at);
    ptrdiff_t end = str_find(form, STR("</form>"));
    return end < 0 ? form : str_first(form, (size_t)end);
}

static struct str parent_of(struct str path)
{
    size_t n = path.n;
    while (n > 0 && path.p[n - 1] != '/') n--;
    return n > 1 ? str_first(path, n - 1) : STR("/");
}

/* A form stands at its own address, at /new of it, or on the page above. */
static enum err form_of(struct rq *rq, struct str path, struct str step, struct str *ret)
{
    struct str above = parent_of(path);
    struct str places[PAGES_MAX] = {path, str_concat(rq->arena, (const struct str[]){path, STR("/new")}, 2), above, parent_of(above)};
    *ret = STR_NONE;
    for (size_t i = 0; i < PAGES_MAX && str_is_none(*ret); i++) {
        struct str page = STR_NONE;
        TRY(page_at(rq, places[i], step, &page));
        if (!str_is_none(page)) *ret = form_in(rq->arena, page, path);
    }
    return ERR_OK;
}

/* ---- reading it ---- */

/* The words right behind the tag that has `mark` in it; `tag`: one that stands between. */
static struct str words_behind(struct arena *a, struct str form, struct str mark, struct str tag)
{
    ptrdiff_t at = str_find(form, mark);
    if (at < 0) return STR_NONE;
    struct str rest = str_from(form, (size_t)at + mark.n);
    ptrdiff_t end = str_find_char(rest, '>');
    if (end < 0) return STR_NONE;
    rest = str_from(rest, (size_t)end + 1);
    if (!str_starts(rest, tag)) return STR_NONE;
    rest = str_from(rest, tag.n);
    end = str_find_char(rest, '<');
    return html_read(a, str_trim(end < 0 ? rest : str_first(rest, (size_t)end)));
}

static bool is_asked(struct arena *a, struct str form, struct str name)
{
    return str_find(form, str_printf(a, "name=\"%.*s\"", STR_FMT(name))) >= 0;
}

/* "words" and 3 of "words_3"; 0: no row. */
static int64_t row_of(struct str name, struct str *ret_stem)
{
    int64_t row = 0;
    size_t at = name.n;
    while (at > 0 && name.p[at - 1] != '_') at--;
    *ret_stem = name;
    if (at < 2 || str_to_int(str_from(name, at), &row) != ERR_OK || row < 1 || row > ROWS_MAX) return 0;
    *ret_stem = str_first(name, at - 1);
    return row;
}

/* The label of a question; of a row that the page has no more, the label of its first row. */
static struct str label_of(struct arena *a, struct str form, struct str name)
{
    struct str stem, label = form_label_of(a, form, 0, str_z(a, name));
    if (str_is_none(label) && row_of(name, &stem) > 0)
        label = form_label_of(a, form, 0, str_z(a, str_printf(a, "%.*s_1", STR_FMT(stem))));
    return str_is_none(label) ? label : html_read(a, label);
}

/* What a list or a few buttons call this value. */
static struct str chosen_in(struct arena *a, struct str form, struct str name, struct str value)
{
    if (str_is_empty(value)) return STR_NONE;
    struct str option = str_printf(a, "<option value=\"%.*s\"", STR_FMT(value));
    struct str list = str_printf(a, "<select id=\"%.*s\"", STR_FMT(name));
    ptrdiff_t at = str_find(form, list);
    if (at < 0)
        return words_behind(a, form, str_printf(a, "name=\"%.*s\" value=\"%.*s\"", STR_FMT(name), STR_FMT(value)), STR("<span>"));
    struct str rest = str_from(form, (size_t)at);
    ptrdiff_t end = str_find(rest, STR("</select>"));
    return words_behind(a, end < 0 ? rest : str_first(rest, (size_t)end), option, STR(""));
}

static void set_label(struct kept_field *f, struct str label)
{
    f->has_label = !str_is_none(label);
    f->label = label;
}

/* Three fields are one day: shown with the first of them. False: `f` is none of the three. */
static bool name_day(struct arena *a, struct str form, struct kept_field *fields, size_t n, size_t at)
{
    struct kept_field *f = &fields[at];
    static const char *const tails[] = {"_d", "_m", "_y"};
    for (size_t i = 0; i < 3; i++) {
        if (!str_ends(f->name, str_of(tails[i])) || !is_asked(a, form, f->name)) continue;
        struct str base = str_first(f->name, f->name.n - 2), label = label_of(a, form, base);
        if (str_is_none(label)) return false;
        f->is_inner = i > 0;
        if (i > 0) return true;
        set_label(f, label);
        struct str month = at + 1 < n ? chosen_in(a, form, str_concat(a, (const struct str[]){base, STR("_m")}, 2), fields[at + 1].value) : STR_NONE;
        struct str year = at + 2 < n ? fields[at + 2].value : STR_NONE;
        f->chosen = str_trim(str_printf(a, "%.*s %.*s %.*s", STR_FMT(f->value), STR_FMT(month), STR_FMT(year)));
        f->is_chosen = f->chosen.n > 0; /* the value itself is sent on as it was typed */
        return true;
    }
    return false;
}

static void name_field(struct rq *rq, struct str form, struct kept_field *f)
{
    struct arena *a = rq->arena;
    struct str stem, label = label_of(a, form, f->name), chosen = chosen_in(a, form, f->name, f->value);
    f->row = row_of(f->name, &stem);
    f->is_inner = f->is_inner || str_find(form, str_printf(a, "type=\"hidden\" name=\"%.*s\"", STR_FMT(f->name))) >= 0;
    if (str_is_none(label) && !str_is_none(chosen)) { /* a box: its words say all of it */
        label = chosen;
        chosen = msg_text(MSG_kept_ticked, rq->page.lang);
    }
    set_label(f, label);
    if (str_is_none(chosen)) return;
    f->is_chosen = true;
    f->chosen = chosen;
}

static void name_files(struct arena *a, struct str form, struct kept_view *v)
{
    static const char mark[] = "type=\"file\" id=\"";
    struct kept_file *files = ARENA_ARRAY(a, struct kept_file, FILES_MAX);
    struct str whole = form;
    for (ptrdiff_t at = str_find(form, str_of(mark)); at >= 0 && v->nfiles < FILES_MAX; at = str_find(form, str_of(mark))) {
        form = str_from(form, (size_t)at + sizeof mark - 1);
        ptrdiff_t end = str_find_char(form, '"');
        struct str label = end < 0 ? STR_NONE : label_of(a, whole, str_first(form, (size_t)end));
        if (!str_is_none(label)) files[v->nfiles++].label = label;
    }
    v->files = files;
}

enum err kept_name_fields(struct rq *rq, struct str path, struct kept_field *fields, size_t n, struct kept_view *v)
{
    struct arena *a = rq->arena;
    struct str form, step = STR_NONE;
    for (size_t i = 0; i < n; i++)
        if (str_eq(fields[i].name, STR("step"))) step = fields[i].value;
    TRY(form_of(rq, path, step, &form));
    if (str_is_none(form)) return ERR_OK;
    for (size_t i = 0; i < n; i++)
        if (!name_day(a, form, fields, n, i)) name_field(rq, form, &fields[i]);
    name_files(a, form, v);
    return ERR_OK;
}
