/* paper_parts.c — each part of a paper: how it looks, and what of it must stay together. */
#include "paper/paper_internal.h"

#define GAP        6.0
#define INDENT     36.0 /* first line of a paragraph */
#define NUMBER     22.0 /* where a numbered paragraph's text begins */
#define LABEL      124.0 /* where a field's value begins */
#define LABEL_HALF 84.0  /* and where two share the line */
#define CELL_PAD   3.5
#define CELL_PAD_Y 2.0
#define KEEP_BELOW 54.0 /* a section is not the last line of a page */
#define KEEP_WHOLE 80.0

static void title(struct flow *f, const struct part *p)
{
    for (int i = 0; i < 3; i++) {
        if (p->text[i].n == 0) continue;
        enum style style = i == 0 ? STYLE_BOLD : i == 1 ? STYLE_TITLE : STYLE_BODY;
        flow_pour(f, flow_layout(f, p->text[i], style, TEXT_WIDTH, PAPER_CENTRE), MARGIN_SIDE);
    }
    f->y += GAP;
}

static void lines(struct flow *f, struct str text, enum style style, enum paper_align align)
{
    flow_pour(f, flow_layout(f, text, style, TEXT_WIDTH, align), MARGIN_SIDE);
}

static void section(struct flow *f, const struct part *p)
{
    flow_need(f, GAP + KEEP_BELOW);
    if (f->y > MARGIN_TOP) f->y += GAP;
    lines(f, p->text[0], STYLE_BOLD, PAPER_LEFT);
    f->number = 1;
}

static void para(struct flow *f, const struct part *p)
{
    PangoLayout *l = flow_layout(f, p->text[0], STYLE_BODY, TEXT_WIDTH, PAPER_LEFT);
    pango_layout_set_indent(l, (int)(INDENT * PANGO_SCALE));
    flow_pour(f, l, MARGIN_SIDE);
    f->y += GAP / 2;
}

static void numbered(struct flow *f, const struct part *p)
{
    struct str number = str_printf(f->a, "%d.", f->number++);
    PangoLayout *head = flow_layout(f, number, STYLE_BODY, NUMBER, PAPER_LEFT);
    PangoLayout *body = flow_layout(f, p->text[0], STYLE_BODY, TEXT_WIDTH - NUMBER, PAPER_LEFT);
    double whole = layout_height(body); /* a short one stays whole */
    flow_need(f, whole <= KEEP_WHOLE ? whole : layout_height(head));
    flow_put(f, head, MARGIN_SIDE, f->y);
    flow_pour(f, body, MARGIN_SIDE + NUMBER);
}

/* Value beside its label, both from the same line down; returns the height. */
static double field(struct flow *f, struct str label, struct str value, double x, double width,
                    bool is_put)
{
    double left = width < TEXT_WIDTH ? LABEL_HALF : LABEL;
    PangoLayout *l = flow_layout(f, label, STYLE_BODY, left - 4, PAPER_LEFT);
    PangoLayout *v = flow_layout(f, value, STYLE_BODY, width - left, PAPER_LEFT);
    if (is_put) {
        flow_put(f, l, x, f->y);
        flow_put(f, v, x + left, f->y);
    }
    double a = layout_height(l), b = layout_height(v);
    return a > b ? a : b;
}

/* A value as long as a page is poured; all others stay whole. */
static void fields(struct flow *f, const struct part *p)
{
    bool is_shared = p->text[2].n > 0;
    double half = is_shared ? (TEXT_WIDTH - 12) / 2 : TEXT_WIDTH, right = MARGIN_SIDE + half + 12;
    int unknown = f->unknown;
    double height = field(f, p->text[0], p->text[1], MARGIN_SIDE, half, false);
    double other = is_shared ? field(f, p->text[2], p->text[3], right, half, false) : 0;
    f->unknown = unknown; /* measured only: counted when it is put */
    if (other > height) height = other;
    if (height > TEXT_BOTTOM - MARGIN_TOP) {
        for (int i = 0; i < 4; i++)
            if (p->text[i].n > 0) lines(f, p->text[i], STYLE_BODY, PAPER_LEFT);
        return;
    }
    flow_need(f, height);
    field(f, p->text[0], p->text[1], MARGIN_SIDE, half, true);
    if (is_shared) field(f, p->text[2], p->text[3], right, half, true);
    f->y += height;
}

static void box(struct flow *f, double x, double y, double x2, double y2)
{
    flow_rule(f, MARK_RULE, x, y, x2, y);
    flow_rule(f, MARK_RULE, x, y2, x2, y2);
    flow_rule(f, MARK_RULE, x, y, x, y2);
    flow_rule(f, MARK_RULE, x2, y, x2, y2);
}

static void sum(struct flow *f, const struct part *p)
{
    const double pad = 6, width = TEXT_WIDTH - 2 * pad, half = width / 2;
    PangoLayout *label = flow_layout(f, p->text[0], STYLE_BODY, half, PAPER_LEFT);
    PangoLayout *figures = flow_layout(f, p->text[1], STYLE_TITLE, half, PAPER_RIGHT);
    PangoLayout *words = flow_layout(f, p->text[2], STYLE_BOLD, width, PAPER_RIGHT);
    double top = layout_height(figures), side = layout_height(label);
    if (side > top) top = side;
    double height = top + layout_height(words) + 2 * pad;
    f->y += GAP;
    flow_need(f, height);
    flow_put(f, label, MARGIN_SIDE + pad, f->y + pad);
    flow_put(f, figures, MARGIN_SIDE + pad + half, f->y + pad);
    flow_put(f, words, MARGIN_SIDE + pad, f->y + pad + top);
    box(f, MARGIN_SIDE, f->y, MARGIN_SIDE + TEXT_WIDTH, f->y + height);
    f->y += height + GAP;
}

#define TICK_INDENT 14.0
#define TICK_SIDE   8.5
#define TICK_GAP    7.0

/* Boxes of one list stand under each other; the text of a long line begins behind its box again. */
static void tick(struct flow *f, const struct part *p)
{
    double left = MARGIN_SIDE + TICK_INDENT, text = left + TICK_SIDE + TICK_GAP;
    PangoLayout *l = flow_layout(f, p->text[0], STYLE_BODY, MARGIN_SIDE + TEXT_WIDTH - text, PAPER_LEFT);
    PangoLayout *mark = flow_layout(f, STR("√"), STYLE_BOLD, TICK_SIDE + 4, PAPER_LEFT);
    flow_need(f, layout_height(l) < KEEP_BELOW ? layout_height(l) : layout_height(mark));
    double base = f->y + (double)pango_layout_get_baseline(mark) / PANGO_SCALE;
    box(f, left, base - TICK_SIDE, left + TICK_SIDE, base);
    if (p->is_ticked) flow_put(f, mark, left + 0.5, f->y);
    flow_pour(f, l, text);
}

/* ---- tables ---- */
struct row {
    PangoLayout *cells[PAPER_COLS_MAX];
    double x[PAPER_COLS_MAX + 1];
    double height;
    size_t n;
    bool is_spanned; /* a heading: one cell from its place to the right edge */
};

/* A heading has but one text: it runs over the empty cells behind it. */
static bool is_alone(const struct part *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->table.ncols; i++) n += p->cells[i].n > 0;
    return p->row == PAPER_ROW_GROUP && n == 1;
}

static void row_measure(struct flow *f, const struct table *t, const struct str *cells,
                        bool is_bold, bool is_spanned, struct row *ret)
{
    *ret = (struct row){.n = t->ncols, .is_spanned = is_spanned};
    int all = 0;
    for (size_t i = 0; i < t->ncols; i++)
        all += t->cols[i].share;
    const double most = (TEXT_BOTTOM - MARGIN_TOP) / 2;
    double x = MARGIN_SIDE;
    for (size_t i = 0; i < t->ncols; i++) {
        double width = TEXT_WIDTH * t->cols[i].share / all;
        struct str text = cells ? cells[i] : t->cols[i].head;
        enum paper_align align = cells ? t->cols[i].align : PAPER_CENTRE;
        double room = is_spanned && text.n > 0 ? MARGIN_SIDE + TEXT_WIDTH - x : width;
        PangoLayout *l = flow_layout(f, text, is_bold ? STYLE_CELL_BOLD : STYLE_CELL,
                                     room - 2 * CELL_PAD, align);
        if (layout_height(l) > most) { /* the limit that the door states */
            pango_layout_set_height(l, (int)(most * PANGO_SCALE));
            pango_layout_set_ellipsize(l, PANGO_ELLIPSIZE_END);
        }
        ret->cells[i] = l;
        ret->x[i] = x;
        double height = layout_height(l) + 2 * CELL_PAD_Y;
        if (height > ret->height) ret->height = height;
        x += width;
    }
    ret->x[t->ncols] = MARGIN_SIDE + TEXT_WIDTH;
}

static void row_put(struct flow *f, const struct row *r, bool is_tinted)
{
    double bottom = f->y + r->height;
    if (is_tinted) flow_rule(f, MARK_TINT, r->x[0], f->y, r->x[r->n], bottom);
    for (size_t i = 0; i < r->n; i++) {
        flow_put(f, r->cells[i], r->x[i] + CELL_PAD, f->y + CELL_PAD_Y);
        if (!r->is_spanned || i == 0) flow_rule(f, MARK_RULE, r->x[i], f->y, r->x[i], bottom);
    }
    flow_rule(f, MARK_RULE, r->x[r->n], f->y, r->x[r->n], bottom);
    flow_rule(f, MARK_RULE, r->x[0], f->y, r->x[r->n], f->y);
    flow_rule(f, MARK_RULE, r->x[0], bottom, r->x[r->n], bottom);
    f->y = bottom;
}

/* The head goes where its first row goes: it is put by that row. */
static void row(struct flow *f, const struct part *p)
{
    struct row head, body;
    row_measure(f, &p->table, p->cells, p->row != PAPER_ROW, is_alone(p), &body);
    flow_need(f, body.height + (p->row == PAPER_ROW_GROUP ? KEEP_BELOW / 2 : 0)); /* a heading is not the last */
    if (!f->has_table_head) {
        row_measure(f, &p->table, NULL, true, false, &head);
        flow_need(f, head.height + body.height);
        row_put(f, &head, true);
        f->has_table_head = true;
    }
    row_put(f, &body, p->row == PAPER_ROW_GROUP);
    if (p->row == PAPER_ROW_SUM) {
        f->y += 1.5; /* the double line under a sum */
        flow_rule(f, MARK_RULE, body.x[0], f->y, body.x[body.n], f->y);
    }
}

/* ---- signatures ---- */
#define SIGN_ABOVE 14.0 /* room for the pen */
#define SIGN_STEP  21.0

static void dots(struct flow *f, double from, double to, double y)
{
    flow_rule(f, MARK_DOTS, from, y, to, y);
}

/* A word, then dots up to `to`; `base` is where a line's letters stand within the line. */
static void word_and_dots(struct flow *f, struct str word, double x, double to, double y)
{
    PangoLayout *l = flow_layout(f, word, STYLE_BODY, to - x, PAPER_LEFT);
    PangoRectangle r;
    pango_layout_get_extents(l, NULL, &r);
    flow_put(f, l, x, y);
    dots(f, x + (double)r.width / PANGO_SCALE + 3, to,
         y + (double)pango_layout_get_baseline(l) / PANGO_SCALE + 1);
}

static bool is_blank(struct str s)
{
    return str_eq(s, PAPER_BLANK);
}

static void sign_name(struct flow *f, const struct paper_sign *s, double x, double width, double y)
{
    if (s->name.n > 0) {
        struct str name = str_printf(f->a, "(%.*s)", STR_FMT(s->name));
        flow_put(f, flow_layout(f, name, STYLE_BODY, width, PAPER_CENTRE), x, y);
        return;
    }
    PangoLayout *open = flow_layout(f, STR("("), STYLE_BODY, 8, PAPER_LEFT);
    flow_put(f, open, x, y);
    flow_put(f, flow_layout(f, STR(")"), STYLE_BODY, 8, PAPER_RIGHT), x + width - 8, y);
    dots(f, x + 8, x + width - 8, y + (double)pango_layout_get_baseline(open) / PANGO_SCALE + 1);
}

/* Line, name and date; and the position when there is one. */
static double sign_height(const struct paper_sign *s)
{
    return SIGN_ABOVE + SIGN_STEP * (s->position.n > 0 ? 4 : 3);
}

static void sign(struct flow *f, const struct paper_sign *s, double x, double width)
{
    const struct paper_words *w = &f->paper->about.words;
    double role = width * 0.30, line = width - role, y = f->y + SIGN_ABOVE;
    word_and_dots(f, w->sign, x, x + line, y);
    flow_put(f, flow_layout(f, s->role, STYLE_BODY, role - 4, PAPER_LEFT), x + line + 4, y);
    double inner = x + 24, inner_width = line - 24;
    y += SIGN_STEP;
    sign_name(f, s, inner, inner_width, y);
    y += SIGN_STEP;
    if (is_blank(s->position))
        word_and_dots(f, w->position, inner, inner + inner_width, y);
    else if (s->position.n > 0)
        flow_put(f, flow_layout(f, s->position, STYLE_BODY, inner_width, PAPER_CENTRE), inner, y);
    if (s->position.n > 0) y += SIGN_STEP;
    word_and_dots(f, w->date, inner, inner + inner_width, y);
}

static void signs(struct flow *f, const struct part *p)
{
    const double gap = 18, half = (TEXT_WIDTH - gap) / 2, right = MARGIN_SIDE + half + gap;
    for (size_t i = 0; i < p->nsigns; i += 2) {
        bool is_alone = i + 1 == p->nsigns;
        double height = sign_height(&p->signs[i]);
        double other = is_alone ? 0 : sign_height(&p->signs[i + 1]);
        if (other > height) height = other;
        flow_need(f, height);
        sign(f, &p->signs[i], is_alone ? right : MARGIN_SIDE, half);
        if (!is_alone) sign(f, &p->signs[i + 1], right, half);
        f->y += height;
    }
}

static void right(struct flow *f, const struct part *p)
{
    lines(f, p->text[0], STYLE_BODY, PAPER_RIGHT);
}

static void note(struct flow *f, const struct part *p)
{
    lines(f, p->text[0], STYLE_NOTE, PAPER_LEFT);
}

static void gap(struct flow *f, const struct part *p)
{
    (void)p;
    f->y += GAP;
}

static void table(struct flow *f, const struct part *p)
{
    (void)p;
    f->y += GAP / 2;
    f->has_table_head = false;
}

static void next(struct flow *f, const struct part *p)
{
    flow_sheaf(f, p->about);
}

void flow_part(struct flow *f, const struct part *p)
{
    static void (*const parts[])(struct flow *, const struct part *) = {
        [PART_TITLE] = title, [PART_RIGHT] = right,   [PART_SECTION] = section,    [PART_PARA] = para,   [PART_NUMBERED] = numbered,
        [PART_NOTE] = note,   [PART_TICK] = tick,     [PART_PHOTOS] = part_photos, [PART_GAP] = gap,     [PART_FIELDS] = fields,
        [PART_SUM] = sum,     [PART_TABLE] = table,   [PART_ROW] = row,            [PART_SIGNS] = signs, [PART_NEXT] = next};
    parts[p->kind](f, p);
}
