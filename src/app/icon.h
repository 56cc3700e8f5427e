/* icon.h — an icon of the sprite that web/build-assets.mjs makes; a part for templates. */
#ifndef SARN_APP_ICON_H
#define SARN_APP_ICON_H

#include "html/html.h"

/* {{ part icon("users") }}: decoration, hidden from readers; the words stand beside it. `name` must
 * be in web/icons.txt: a misspelt one shows nothing, and the browser test finds it. */
void icon_html(struct buf *out, const struct page *pg, struct str name);

#endif
