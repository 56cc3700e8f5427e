/* paper_glyphs.c — a line of glyphs into the PDF, with what they mean.
 *
 * Pango gives cairo each Thai mark as a letter of its own. A reader that takes the text out then goes by
 * where the glyph stands: a tone mark lifted over a vowel looks to it like another line, and "ยี่สิบ"
 * comes out in three pieces. So a letter and its marks go as one cluster, which cairo writes as
 * /ActualText: the reader gets the letters as they were typed, and their box.
 *
 * That box ends where the last glyph does. Over ป ฝ ฟ the marks stand to the left, the box would end too
 * early, and the reader would put a space into "ปั๊ม": there a blank glyph that ends with the letter
 * closes the cluster.
 */
#include <hb.h>
#include <pango/pangocairo.h>

#include "paper/paper_internal.h"

/* What belongs to the letter before it: ั ำ ิ ี ึ ื ุ ู ฺ, ็ and the tone marks, ์ ํ ๎, and Latin's. */
static bool is_mark(gunichar c)
{
    return c == 0x0E31 || (c >= 0x0E33 && c <= 0x0E3A) || (c >= 0x0E47 && c <= 0x0E4E) ||
           g_unichar_ismark(c);
}

struct run {
    const char *text; /* of the whole layout, from the item on */
    int nbytes;
    const PangoGlyphString *glyphs;
    hb_codepoint_t blank; /* the glyph of a space, and how wide it is */
    double blank_width;
};

/* First byte behind the cluster of glyph `i`: where the next glyph of another cluster begins. */
static int cluster_end(const struct run *r, int i)
{
    int at = r->glyphs->log_clusters[i];
    for (; i < r->glyphs->num_glyphs; i++)
        if (r->glyphs->log_clusters[i] != at) return r->glyphs->log_clusters[i];
    return r->nbytes;
}

struct shown { /* the arrays have room for twice as many glyphs as the run has */
    cairo_glyph_t *glyphs;
    cairo_text_cluster_t *clusters;
    int nglyphs, nclusters;
    bool is_shifted; /* the last glyph stands left of where the pen is */
};

static void add_glyph(struct shown *s, unsigned long glyph, double x, double y)
{
    s->glyphs[s->nglyphs++] = (cairo_glyph_t){glyph, x, y};
    s->clusters[s->nclusters - 1].num_glyphs++;
}

/* The letter at hand is whole; the pen stands at `at`. */
static void close_cluster(struct shown *s, const struct run *r, double at, double y)
{
    if (s->is_shifted) add_glyph(s, r->blank, at - r->blank_width, y);
    s->is_shifted = false;
}

/* Glyphs with their places, and letter by letter which bytes they stand for. */
static void gather(const struct run *r, double at, double y, struct shown *s)
{
    int before = -1;
    for (int i = 0; i < r->glyphs->num_glyphs; i++) {
        const PangoGlyphInfo *g = &r->glyphs->glyphs[i];
        int from = r->glyphs->log_clusters[i];
        if (from != before) {
            if (s->nclusters == 0 || !is_mark(g_utf8_get_char(r->text + from))) {
                close_cluster(s, r, at, y);
                s->clusters[s->nclusters++] = (cairo_text_cluster_t){0, 0};
            }
            s->clusters[s->nclusters - 1].num_bytes += cluster_end(r, i) - from;
            before = from;
        }
        if (g->glyph != PANGO_GLYPH_EMPTY) {
            add_glyph(s, g->glyph, at + (double)g->geometry.x_offset / PANGO_SCALE,
                      y + (double)g->geometry.y_offset / PANGO_SCALE);
            s->is_shifted = g->geometry.x_offset < 0;
        }
        at += (double)g->geometry.width / PANGO_SCALE;
    }
    close_cluster(s, r, at, y);
}

static void show_run(struct arena *a, cairo_t *c, const char *text, const PangoGlyphItem *item,
                     double x, double y)
{
    PangoFont *font = item->item->analysis.font;
    hb_font_t *hb = pango_font_get_hb_font(font);
    struct run r = {text + item->item->offset, item->item->length, item->glyphs, 0, 0};
    if (hb_font_get_nominal_glyph(hb, ' ', &r.blank))
        r.blank_width = (double)hb_font_get_glyph_h_advance(hb, r.blank) / PANGO_SCALE;
    size_t most = (size_t)r.glyphs->num_glyphs * 2;
    struct shown s = {ARENA_ARRAY(a, cairo_glyph_t, most),
                      ARENA_ARRAY(a, cairo_text_cluster_t, most), 0, 0, false};
    gather(&r, x, y, &s);
    cairo_set_scaled_font(c, pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(font)));
    cairo_show_text_glyphs(c, r.text, r.nbytes, s.glyphs, s.nglyphs, s.clusters, s.nclusters, 0);
}

void draw_line(struct arena *a, cairo_t *c, PangoLayoutLine *line, double x, double y)
{
    const char *text = pango_layout_get_text(line->layout);
    for (GSList *l = line->runs; l != NULL; l = l->next) {
        const PangoGlyphItem *item = l->data;
        show_run(a, c, text, item, x, y);
        x += (double)pango_glyph_string_get_width(item->glyphs) / PANGO_SCALE;
    }
}
