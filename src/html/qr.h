/* qr.h — a text as a QR code (libqrencode), for links and secrets that go from a screen or a paper to a
 * telephone. One SVG path, black on white in every colour scheme, with the quiet zone of four modules. */
#ifndef SARN_HTML_QR_H
#define SARN_HTML_QR_H

#include "html/html.h"

/* `label` is read aloud in its place. A text that is too long for a code (some 2,000 bytes): empty markup. */
struct html qr_svg(struct arena *a, const struct page *pg, struct str text, struct str label);

#endif
