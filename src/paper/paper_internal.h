/* paper_internal.h — inside only: what was said (parts), and where it lies (marks on pages). */
#ifndef SARN_PAPER_INTERNAL_H
#define SARN_PAPER_INTERNAL_H

#include <cairo.h>

#include "paper/face.h"
#include "paper/paper.h"

/* ---- what was said: paper.c writes it down ---- */
enum part_kind {
    PART_TITLE,
    PART_RIGHT,
    PART_SECTION,
    PART_PARA,
    PART_NUMBERED,
    PART_NOTE,
    PART_TICK,
    PART_GAP,
    PART_FIELDS,
    PART_SUM,
    PART_TABLE,
    PART_ROW,
    PART_SIGNS,
    PART_PHOTOS,
    PART_NEXT /* another paper begins */
};
struct table {
    const struct paper_col *cols;
    size_t ncols;
};
struct part {
    enum part_kind kind;
    struct str text[4];
    struct table table; /* PART_TABLE and its rows */
    enum paper_row_kind row;
    const struct str *cells;
    bool is_ticked;
    const struct paper_sign *signs;
    size_t nsigns;
    const struct paper_photo *photos;
    size_t nphotos;
    const struct paper_about *about; /* PART_NEXT */
    struct part *next;
};
struct paper {
    struct arena *a;
    struct paper_about about;
    struct part *first, *last;
    struct table table; /* the last one */
    size_t bytes;       /* of text */
};

/* ---- the page, in points; A4, margins 18/15/20 mm as pages print ---- */
#define MM            (72.0 / 25.4)
#define PAGE_WIDTH    (210 * MM)
#define PAGE_HEIGHT   (297 * MM)
#define MARGIN_TOP    (18 * MM)
#define MARGIN_SIDE   (15 * MM)
#define MARGIN_BOTTOM (20 * MM)
#define TEXT_WIDTH    (PAGE_WIDTH - 2 * MARGIN_SIDE)
#define TEXT_BOTTOM   (PAGE_HEIGHT - MARGIN_BOTTOM)

enum style {
    STYLE_BODY,
    STYLE_BOLD,
    STYLE_TITLE,
    STYLE_CELL,
    STYLE_CELL_BOLD,
    STYLE_NOTE,
    STYLE_WATERMARK
};

/* ---- where it lies: paper_flow.c, drawn by paper_draw.c ---- */
enum mark_kind { MARK_LINE, MARK_RULE, MARK_DOTS, MARK_TINT, MARK_PHOTO };
struct mark {
    enum mark_kind kind;
    int page;              /* from 0 */
    double x, y, x2, y2;   /* a line of text: x and baseline y */
    PangoLayoutLine *line; /* borrowed from its layout */
    const struct paper_photo *photo;
    struct mark *next;
};
struct sheaf { /* the pages of one paper of a file */
    int first;    /* its first page */
    const struct paper_about *about;
    struct sheaf *next;
};
struct held { /* a layout lives until the last page is drawn */
    PangoLayout *layout;
    struct held *next;
};
struct flow {
    struct paper *paper;
    struct arena *a;
    struct face *face;
    struct mark *first, *last;
    struct held *held;
    struct sheaf *sheaf; /* the last one first */
    int page;
    double y;
    int number; /* of the next numbered paragraph */
    int unknown;
    bool is_over;        /* a limit was passed: nothing more is laid out */
    bool has_table_head; /* the rows that follow have their head on this page */
};

/* A layout that flow_free() releases; `width` in points. */
PangoLayout *flow_layout(struct flow *f, struct str text, enum style style, double width,
                         enum paper_align align);
double layout_height(PangoLayout *l);
void flow_sheaf(struct flow *f, const struct paper_about *about); /* begins on a page of its own */
/* Begins a new page unless `height` still fits on this one. */
void flow_need(struct flow *f, double height);
/* All lines at (x, y) of the present page; the flow's own y stays. */
void flow_put(struct flow *f, PangoLayout *l, double x, double y);
/* Line by line, over the end of the page if need be; y follows. */
void flow_pour(struct flow *f, PangoLayout *l, double x);
void flow_rule(struct flow *f, enum mark_kind kind, double x, double y, double x2, double y2);
void flow_photo(struct flow *f, const struct paper_photo *photo, double x, double y, double x2, double y2);
void flow_part(struct flow *f, const struct part *p); /* paper_parts.c */
void part_photos(struct flow *f, const struct part *p); /* paper_photos.c */
void draw_photo(cairo_t *c, const struct mark *m);
void flow_free(struct flow *f);

/* One line at (x, baseline y), its text able to be taken out as it was typed (paper_glyphs.c). */
void draw_line(struct arena *a, cairo_t *c, PangoLayoutLine *line, double x, double y);
/* Draws everything into a PDF. */
enum err paper_draw(struct flow *f, int npages, struct buf *out);

#endif
