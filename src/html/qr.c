/* qr.c — see qr.h. */
#include "html/qr.h"

#include <qrencode.h>

#define QUIET 4 /* modules of white around it: readers want them */
#define QR_BYTES_MAX ((size_t)256 << 10)

/* The dark modules of a row as bars, so that neighbours show no hair line between them. */
static void put_row(struct buf *b, const QRcode *code, int y)
{
    for (int x = 0; x < code->width; x++) {
        int from = x;
        while (x < code->width && (code->data[y * code->width + x] & 1) != 0)
            x++;
        if (x > from) buf_printf(b, "M%d %dh%dv1h-%dz", from + QUIET, y + QUIET, x - from, x - from);
    }
}

struct html qr_svg(struct arena *a, const struct page *pg, struct str text, struct str label)
{
    QRcode *code = QRcode_encodeString8bit(str_z(a, text), 0, QR_ECLEVEL_M);
    struct buf b = buf_in(a, QR_BYTES_MAX);
    if (code == NULL) return html_made(STR(""));
    int side = code->width + 2 * QUIET;
    buf_printf(&b, "<svg class=\"qr\" role=\"img\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" aria-label=\"", side,
               side, side * 5, side * 5);
    html_attr_str(&b, pg, label);
    buf_printf(&b, "\"><rect width=\"%d\" height=\"%d\" fill=\"#fff\"/><path fill=\"#000\" d=\"", side, side);
    for (int y = 0; y < code->width; y++)
        put_row(&b, code, y);
    BUF_LIT(&b, "\"/></svg>");
    QRcode_free(code);
    return html_made(buf_str(&b));
}
