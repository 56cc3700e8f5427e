/* paper_draw.c — the pages as PDF: marks, and what every page has (footer, QR, watermark). */
#include <cairo-pdf.h>
#include <math.h>
#include <qrencode.h>

#include "paper/paper_internal.h"

#define RULE_WIDTH  0.5
#define FOOTER_TOP  (TEXT_BOTTOM + 4 * MM)
#define QR_SIZE     (13 * MM)
#define GREY_FOOTER 0.30
#define GREY_TINT   0.93
#define GREY_WATER  0.94
#define WATER_WIDTH   560.0
#define WATER_SCALE_MAX 1.6
#define WATER_ANGLE (-G_PI / 4)

static void grey(cairo_t *c, double v)
{
    cairo_set_source_rgb(c, v, v, v);
}

static void draw_mark(struct arena *a, cairo_t *c, const struct mark *m)
{
    grey(c, m->kind == MARK_TINT ? GREY_TINT : 0);
    if (m->kind == MARK_LINE) {
        draw_line(a, c, m->line, m->x, m->y);
        return;
    }
    if (m->kind == MARK_PHOTO) {
        draw_photo(c, m);
        return;
    }
    if (m->kind == MARK_TINT) {
        cairo_rectangle(c, m->x, m->y, m->x2 - m->x, m->y2 - m->y);
        cairo_fill(c);
        return;
    }
    const double dots[] = {0, 2.4};
    bool is_dotted = m->kind == MARK_DOTS;
    cairo_set_line_cap(c, is_dotted ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_SQUARE);
    cairo_set_line_width(c, is_dotted ? 0.8 : RULE_WIDTH);
    cairo_set_dash(c, dots, is_dotted ? 2 : 0, 0);
    cairo_move_to(c, m->x, m->y);
    cairo_line_to(c, m->x2, m->y2);
    cairo_stroke(c);
}

/* Runs of dark modules as one bar each: a third of the bytes. The margin of the page is its quiet zone. */
static void draw_qr(cairo_t *c, struct str link)
{
    QRcode *q = QRcode_encodeData((int)link.n, (const unsigned char *)link.p, 0, QR_ECLEVEL_M);
    if (q == NULL) return; /* longer than any QR: the words beside it say the same */
    double unit = QR_SIZE / q->width, x = PAGE_WIDTH - MARGIN_SIDE - QR_SIZE,
           y = TEXT_BOTTOM + 2 * MM;
    for (int row = 0; row < q->width; row++) {
        for (int col = 0, end; col < q->width; col = end) {
            end = col + 1;
            if (!(q->data[row * q->width + col] & 1)) continue;
            while (end < q->width && (q->data[row * q->width + end] & 1))
                end++;
            cairo_rectangle(c, x + col * unit, y + row * unit, (end - col) * unit, unit);
        }
    }
    grey(c, 0);
    cairo_fill(c);
    QRcode_free(q);
}

/* The first line, which is all that footers and watermarks have. */
static void draw_layout(struct flow *f, cairo_t *c, PangoLayout *l, double x, double y)
{
    PangoLayoutIter *i = pango_layout_get_iter(l);
    PangoRectangle r;
    pango_layout_iter_get_line_extents(i, NULL, &r);
    draw_line(f->a, c, pango_layout_iter_get_line_readonly(i), x + (double)r.x / PANGO_SCALE,
              y + (double)pango_layout_iter_get_baseline(i) / PANGO_SCALE);
    pango_layout_iter_free(i);
}

static void draw_text(struct flow *f, cairo_t *c, struct str text, double x, double y, double width,
                      enum paper_align align)
{
    PangoLayout *l = flow_layout(f, text, STYLE_NOTE, width, align);
    pango_layout_set_height(l, -1); /* one line: a footer never grows into the edge */
    pango_layout_set_ellipsize(l, PANGO_ELLIPSIZE_END);
    draw_layout(f, c, l, x, y);
}

/* "{0}" and "{1}" of the words become page and pages. */
static struct str page_words(struct flow *f, int page, int npages)
{
    struct str s = f->paper->about.words.page;
    struct buf b = buf_in(f->a, s.n + 32);
    for (size_t i = 0; i < s.n; i++) {
        struct str rest = str_from(s, i);
        if (str_starts(rest, STR("{0}")) || str_starts(rest, STR("{1}"))) {
            buf_int(&b, rest.p[1] == '0' ? page + 1 : npages);
            i += 2;
        } else {
            buf_putc(&b, s.p[i]);
        }
    }
    return buf_str(&b);
}

static void draw_footer(struct flow *f, cairo_t *c, const struct paper_about *about, int page, int npages)
{
    bool has_qr = about->link.n > 0 && about->link.n <= PAPER_LINK_MAX;
    double right = has_qr ? QR_SIZE + 3 * MM : 0, page_width = 32 * MM;
    double width = TEXT_WIDTH - right - page_width;
    grey(c, GREY_FOOTER);
    draw_text(f, c, about->footer, MARGIN_SIDE, FOOTER_TOP, width, PAPER_LEFT);
    draw_text(f, c, about->check, MARGIN_SIDE, FOOTER_TOP + 12, TEXT_WIDTH - right, PAPER_LEFT);
    draw_text(f, c, page_words(f, page, npages), MARGIN_SIDE + width, FOOTER_TOP, page_width,
              PAPER_RIGHT);
    if (has_qr) draw_qr(c, about->link);
}

/* As large as the page's width lets the words be. */
static void draw_watermark(struct flow *f, cairo_t *c, struct str words)
{
    if (words.n == 0) return;
    PangoRectangle r;
    PangoLayout *l = flow_layout(f, words, STYLE_WATERMARK, PAGE_WIDTH, PAPER_LEFT);
    pango_layout_set_width(l, -1);
    pango_layout_get_extents(l, NULL, &r);
    double width = (double)r.width / PANGO_SCALE, scale = WATER_WIDTH / (width > 1 ? width : 1);
    if (scale > WATER_SCALE_MAX) scale = WATER_SCALE_MAX;
    cairo_save(c);
    grey(c, GREY_WATER);
    cairo_translate(c, PAGE_WIDTH / 2, PAGE_HEIGHT / 2);
    cairo_rotate(c, WATER_ANGLE);
    cairo_scale(c, scale, scale);
    draw_layout(f, c, l, -width / 2, -layout_height(l) / 2);
    cairo_restore(c);
}

/* A full buf stops cairo at once. */
static cairo_status_t take(void *ctx, const unsigned char *data, unsigned n)
{
    struct buf *out = ctx;
    buf_put(out, (struct str){(const char *)data, n});
    return out->is_full ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static void set_about(struct flow *f, cairo_surface_t *s)
{
    const struct paper_about *about = &f->paper->about;
    if (about->title.n)
        cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_TITLE, str_z(f->a, about->title));
    if (about->author.n)
        cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_AUTHOR, str_z(f->a, about->author));
    cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_CREATOR, "Sarn");
    /* Cairo would write the time of day: the same words must give the same bytes. */
    cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_CREATE_DATE, "");
}

/* Of which paper of the file a page is, and *ret_end: the first page that is not. */
static const struct sheaf *sheaf_of(const struct flow *f, int page, int npages, int *ret_end)
{
    const struct sheaf *s = f->sheaf;
    for (*ret_end = npages; s->first > page; s = s->next) *ret_end = s->first;
    return s;
}

static void draw_pages(struct flow *f, cairo_t *c, int npages)
{
    const struct mark *m = f->first;
    for (int page = 0, end = 0; page < npages && cairo_status(c) == CAIRO_STATUS_SUCCESS; page++) {
        const struct sheaf *s = sheaf_of(f, page, npages, &end);
        draw_watermark(f, c, s->about->watermark);
        for (; m != NULL && m->page == page; m = m->next)
            draw_mark(f->a, c, m);
        draw_footer(f, c, s->about, page - s->first, end - s->first);
        cairo_show_page(c);
    }
}

enum err paper_draw(struct flow *f, int npages, struct buf *out)
{
    cairo_surface_t *s = cairo_pdf_surface_create_for_stream(take, out, PAGE_WIDTH, PAGE_HEIGHT);
    cairo_t *c = cairo_create(s);
    set_about(f, s);
    draw_pages(f, c, npages);
    cairo_status_t drawn = cairo_status(c);
    cairo_destroy(c);
    cairo_surface_finish(s);
    cairo_status_t written = cairo_surface_status(s);
    cairo_surface_destroy(s);
    if (out->is_full) return err_note(ERR_LIMIT, "a PDF of more than %zu bytes", out->max);
    if (drawn != CAIRO_STATUS_SUCCESS || written != CAIRO_STATUS_SUCCESS)
        return err_note(ERR_INTERNAL, "cairo: %s, %s", cairo_status_to_string(drawn),
                        cairo_status_to_string(written));
    return ERR_OK;
}
