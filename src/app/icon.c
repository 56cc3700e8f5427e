/* icon.c — see icon.h. One sprite, fetched once and kept: 40 bytes an icon on the page. */
#include "app/icon.h"

#include "web/asset.h"

void icon_html(struct buf *out, const struct page *pg, struct str name)
{
    BUF_LIT(out, "<svg class=\"icon\" aria-hidden=\"true\"><use href=\"");
    html_attr_str(out, pg, asset_path("icons.svg"));
    BUF_LIT(out, "#");
    html_urlpart_str(out, pg, name);
    BUF_LIT(out, "\"/></svg>");
}
