/* paper_photos.c — pictures on a paper: three a row, each as large as its frame lets it be, the caption
 * under it. A JPEG goes into the PDF as it is: nothing is decoded here, where a mistake would cost
 * the whole server (src/image made it anew in its own locked-in process). */
#include "paper/paper_internal.h"

#define PHOTOS_A_ROW 3
#define PHOTO_GAP    12.0
#define PHOTO_HIGH   0.75 /* of the width: what phones take lying */
#define CAPTION_LINES 2

static double frame_width(void)
{
    return (TEXT_WIDTH - (PHOTOS_A_ROW - 1) * PHOTO_GAP) / PHOTOS_A_ROW;
}

static PangoLayout *caption(struct flow *f, const struct paper_photo *photo)
{
    PangoLayout *l = flow_layout(f, photo->caption, STYLE_NOTE, frame_width(), PAPER_CENTRE);
    pango_layout_set_height(l, -CAPTION_LINES);
    pango_layout_set_ellipsize(l, PANGO_ELLIPSIZE_END);
    return l;
}

/* In the middle of its frame, never larger. */
static void put(struct flow *f, const struct paper_photo *photo, double x)
{
    double width = frame_width(), high = width * PHOTO_HIGH;
    double scale = photo->width > 0 && photo->height > 0 ? width / photo->width : 0;
    if (scale * photo->height > high) scale = high / photo->height;
    double w = scale * photo->width, h = scale * photo->height;
    double left = x + (width - w) / 2, top = f->y + (high - h) / 2;
    flow_photo(f, photo, left, top, left + w, top + h);
}

void part_photos(struct flow *f, const struct part *p)
{
    double high = frame_width() * PHOTO_HIGH;
    f->y += PHOTO_GAP / 3;
    for (size_t i = 0; i < p->nphotos; i += PHOTOS_A_ROW) {
        PangoLayout *captions[PHOTOS_A_ROW];
        double words = 0;
        size_t n = p->nphotos - i < PHOTOS_A_ROW ? p->nphotos - i : PHOTOS_A_ROW;
        for (size_t k = 0; k < n; k++) {
            captions[k] = caption(f, &p->photos[i + k]);
            if (p->photos[i + k].caption.n > 0 && layout_height(captions[k]) > words) words = layout_height(captions[k]);
        }
        flow_need(f, high + words + PHOTO_GAP);
        for (size_t k = 0; k < n; k++) {
            double x = MARGIN_SIDE + (double)k * (frame_width() + PHOTO_GAP);
            put(f, &p->photos[i + k], x);
            if (p->photos[i + k].caption.n > 0) flow_put(f, captions[k], x, f->y + high + 2);
        }
        f->y += high + words + PHOTO_GAP;
    }
}

/* Cairo copies the JPEG behind a stand-in of one pixel, which the frame stretches. */
void draw_photo(cairo_t *c, const struct mark *m)
{
    cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 1, 1);
    cairo_surface_set_mime_data(s, CAIRO_MIME_TYPE_JPEG, (const unsigned char *)m->photo->jpeg.p, m->photo->jpeg.n, NULL,
                                NULL);
    cairo_save(c);
    cairo_translate(c, m->x, m->y);
    cairo_scale(c, m->x2 - m->x, m->y2 - m->y);
    cairo_set_source_surface(c, s, 0, 0);
    cairo_paint(c);
    cairo_restore(c);
    cairo_surface_destroy(s);
}
