/* paper_flow.c — from words to lines on pages.
 *
 * Pango breaks Thai lines by libthai's dictionary. Text is left-aligned and never spread: a line
 * without spaces would be spread letter by letter, which looks wrong and cannot be taken out again.
 */
#include <utf8proc.h>

#include "paper/paper_internal.h"

/* 12 pt of this face have the height of the 16 pt of TH Sarabun that papers of the state are typed in:
 * Google's Sarabun is drawn larger on its body. The pitch leaves room for two marks over a letter. */
static const struct {
    double size;
    bool is_bold;
    double pitch; /* from line to line; 0: the face's own */
} styles[] = {
    [STYLE_BODY] = {12, false, 18.5},       [STYLE_BOLD] = {12, true, 18.5},
    [STYLE_TITLE] = {16, true, 24},         [STYLE_CELL] = {10.5, false, 14.5},
    [STYLE_CELL_BOLD] = {10.5, true, 14.5}, [STYLE_NOTE] = {9, false, 12.5},
    [STYLE_WATERMARK] = {96, true, 0},
};

static bool is_latin(int32_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Has the word at `at` a Latin letter? Then it is a code, and a code is copied as it stands. */
static bool is_code(struct str s, size_t at)
{
    for (; at < s.n && s.p[at] != ' ' && s.p[at] != '\n'; at++)
        if (is_latin(s.p[at])) return true;
    return false;
}

/* Text as it is drawn: letters that the face has, Thai digits where they are asked for. */
static struct str drawable(struct flow *f, struct str s)
{
    bool may_be_thai = f->paper->about.has_thai_digits, is_thai = false;
    struct buf b = buf_in(f->a, s.n * 3 + 1);
    bool is_word_start = true;
    for (size_t i = 0; i < s.n;) {
        int32_t c = 0;
        utf8proc_ssize_t n =
            utf8proc_iterate((const uint8_t *)s.p + i, (utf8proc_ssize_t)(s.n - i), &c);
        if (is_word_start) is_thai = may_be_thai && !is_code(s, i);
        if (n <= 0 || (c != '\n' && !pango_font_has_char(f->face->font, (gunichar)c))) {
            buf_putc(&b, PAPER_UNKNOWN);
            f->unknown++;
        } else if (is_thai && c >= '0' && c <= '9') {
            const char digit[3] = {'\xE0', '\xB9', (char)(0x90 + (c - '0'))};
            buf_put(&b, (struct str){digit, sizeof digit});
        } else {
            buf_put(&b, (struct str){s.p + i, (size_t)n});
        }
        is_word_start = c == ' ' || c == '\n';
        i += n > 0 ? (size_t)n : 1;
    }
    return buf_str(&b);
}

static void set_attributes(PangoLayout *l, enum style style)
{
    PangoAttrList *list = pango_attr_list_new();
    /* No hyphens: Thai has none, and a copied number must not gain one. Figures of one width. */
    pango_attr_list_insert(list, pango_attr_insert_hyphens_new(FALSE));
    pango_attr_list_insert(list, pango_attr_font_features_new("tnum"));
    if (styles[style].pitch > 0)
        pango_attr_list_insert(
            list, pango_attr_line_height_new_absolute((int)(styles[style].pitch * PANGO_SCALE)));
    pango_layout_set_attributes(l, list);
    pango_attr_list_unref(list);
}

PangoLayout *flow_layout(struct flow *f, struct str text, enum style style, double width,
                         enum paper_align align)
{
    PangoLayout *l = pango_layout_new(f->face->context);
    struct held *h = ARENA_NEW(f->a, struct held);
    *h = (struct held){l, f->held};
    f->held = h;
    PangoFontDescription *d = pango_font_description_new();
    pango_font_description_set_family_static(d, FACE_FAMILY);
    pango_font_description_set_size(d, (gint)(styles[style].size * PANGO_SCALE));
    pango_font_description_set_weight(d, styles[style].is_bold ? PANGO_WEIGHT_BOLD
                                                               : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(l, d);
    pango_font_description_free(d);
    set_attributes(l, style);
    pango_layout_set_width(l, (int)(width * PANGO_SCALE));
    pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(l, align == PAPER_LEFT     ? PANGO_ALIGN_LEFT
                                  : align == PAPER_CENTRE ? PANGO_ALIGN_CENTER
                                                          : PANGO_ALIGN_RIGHT);
    pango_layout_set_auto_dir(l, FALSE);
    struct str s = drawable(f, str_is_none(text) ? STR("") : text);
    pango_layout_set_text(l, s.n ? s.p : "", (int)s.n);
    return l;
}

double layout_height(PangoLayout *l)
{
    PangoRectangle r;
    pango_layout_get_extents(l, NULL, &r);
    return (double)r.height / PANGO_SCALE;
}

static void next_page(struct flow *f)
{
    if (f->page + 1 >= PAPER_PAGES_MAX) {
        f->is_over = true; /* what follows is laid over this page and never drawn */
    } else {
        f->page++;
    }
    f->y = MARGIN_TOP;
    f->has_table_head = false;
}

void flow_sheaf(struct flow *f, const struct paper_about *about)
{
    struct sheaf *s = ARENA_NEW(f->a, struct sheaf);
    if (f->sheaf != NULL) next_page(f);
    *s = (struct sheaf){f->page, about, f->sheaf};
    f->sheaf = s;
    f->number = 1;
}

void flow_need(struct flow *f, double height)
{
    if (f->y + height > TEXT_BOTTOM && f->y > MARGIN_TOP) next_page(f);
}

static struct mark *add(struct flow *f, enum mark_kind kind)
{
    struct mark *m = ARENA_NEW(f->a, struct mark);
    m->kind = kind;
    m->page = f->page;
    if (f->last)
        f->last->next = m;
    else
        f->first = m;
    f->last = m;
    return m;
}

static void put_line(struct flow *f, PangoLayoutIter *i, double x, double top, double y)
{
    PangoRectangle r;
    pango_layout_iter_get_line_extents(i, NULL, &r);
    struct mark *m = add(f, MARK_LINE);
    m->line = pango_layout_iter_get_line_readonly(i);
    m->x = x + (double)r.x / PANGO_SCALE;
    m->y = y + (double)pango_layout_iter_get_baseline(i) / PANGO_SCALE - top;
}

void flow_put(struct flow *f, PangoLayout *l, double x, double y)
{
    PangoLayoutIter *i = pango_layout_get_iter(l);
    do
        put_line(f, i, x, 0, y);
    while (pango_layout_iter_next_line(i));
    pango_layout_iter_free(i);
}

void flow_pour(struct flow *f, PangoLayout *l, double x)
{
    PangoLayoutIter *i = pango_layout_get_iter(l);
    do {
        int from = 0, to = 0;
        pango_layout_iter_get_line_yrange(i, &from, &to);
        double height = (double)(to - from) / PANGO_SCALE;
        flow_need(f, height);
        put_line(f, i, x, (double)from / PANGO_SCALE, f->y);
        f->y += height;
    } while (!f->is_over && pango_layout_iter_next_line(i));
    pango_layout_iter_free(i);
}

void flow_rule(struct flow *f, enum mark_kind kind, double x, double y, double x2, double y2)
{
    struct mark *m = add(f, kind);
    m->x = x;
    m->y = y;
    m->x2 = x2;
    m->y2 = y2;
}

void flow_photo(struct flow *f, const struct paper_photo *photo, double x, double y, double x2, double y2)
{
    flow_rule(f, MARK_PHOTO, x, y, x2, y2);
    f->last->photo = photo;
}

void flow_free(struct flow *f)
{
    for (struct held *h = f->held; h != NULL; h = h->next)
        g_object_unref(h->layout);
    f->held = NULL;
}
