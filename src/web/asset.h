/* asset.h — files that browsers fetch (style, script, faces, icons), compiled into the program.
 *
 * tools/embed takes a folder and writes the table: the file as it is and gzip -9 of it by .incbin,
 * and a path that carries the hash of its content, so a browser may keep it for ever and still gets
 * the new one after an upgrade.
 */
#ifndef SARN_WEB_ASSET_H
#define SARN_WEB_ASSET_H

#include "web/web.h"

struct asset {               /* all static */
    struct str name;         /* "app.css", "fonts/sarabun-400.woff2" */
    struct str path;         /* "/assets/app-1f0c9a3e.css" */
    struct str content_type; /* "text/css; charset=utf-8" */
    struct str bytes;
    struct str gzip; /* none when it is not smaller */
    struct str etag; /* with quotes */
};

/* Generated; sorted by name. */
extern const struct asset asset_table[];
extern const size_t asset_count;

/* The address of a file, for templates. Asserts that it exists: a misspelt name is a bug, and the
 * first test that renders the page finds it. Static. */
struct str asset_path(const char *name);
/* NULL when there is none with that path. */
const struct asset *asset_find(struct str path);
/* Fills an answer that may be kept for ever: 200, bytes, type, ETag, Cache-Control. */
void asset_answer(const struct asset *asset, struct web_response *res);

#endif
