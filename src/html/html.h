/* html.h — putting values into HTML: escaped by type and by place, never by memory.
 *
 * Templates (.html files) are compiled by tools/htmlc to functions that call these. A value reaches
 * the page only through html_text / html_attr / html_url, and which one is decided by htmlc from the
 * place where the {{ … }} stands; how it looks is decided here from its C type (_Generic).
 */
#ifndef SARN_HTML_HTML_H
#define SARN_HTML_HTML_H

#include "base/clock.h"
#include "base/money.h"
#include "db/types.h"

enum lang { LANG_TH, LANG_EN };
/* The English name where it is asked for and known; else the Thai one. */
static inline struct str lang_name(enum lang lang, struct str th, struct str en)
{
    return lang == LANG_EN && en.n > 0 ? en : th;
}

/* What every template may use besides its own view: set by app_handle(). */
struct page {
    enum lang lang;
    struct arena *arena;
};

/* Markup that this program made itself (a compiled template, a chart): the only type that is put
 * without escaping. html_made() is called by html/, charts and rendered Markdown only (lint). */
struct html {
    struct str markup;
};
static inline struct html html_made(struct str markup) { return (struct html){markup}; }
/* An address inside the site, built by href_… helpers: starts with one '/' (never '//'). */
struct href {
    struct str path;
};
/* Formats a path and query; each %s-like piece is percent-encoded: href_of(a, "/funds/{}", code).
 * Asserts that it starts with a single '/'. Arguments are struct str, as many as there are {}. */
struct href href_of(struct arena *a, const char *pattern, const struct str *args, size_t nargs);
/* A path (with its query) that came from outside and was checked to be ours: kept as it is, but for
 * bytes that may not stand in an address, which are percent-encoded. Asserts a single leading '/'. */
struct href href_of_path(struct arena *a, struct str path);
#define HREF(a, pattern, ...)                                                                      \
    href_of((a), (pattern), (const struct str[]){__VA_ARGS__},                                     \
            sizeof((const struct str[]){__VA_ARGS__}) / sizeof(struct str))

/* ---- one function a type and a place; html_text(out, pg, x) picks by type ---- */
void html_text_str(struct buf *b, const struct page *pg, struct str s); /* & < > " ' escaped */
void html_text_int(struct buf *b, const struct page *pg, int64_t v);    /* 1,234 */
void html_text_size(struct buf *b, const struct page *pg, size_t v);    /* 1,234 */
void html_text_satang(struct buf *b, const struct page *pg, struct satang v); /* 1,234.50 */
void html_text_bp(struct buf *b, const struct page *pg, struct bp v);         /* 48.4 */
void html_text_date(struct buf *b, const struct page *pg, struct date v);     /* by language */
void html_text_instant(struct buf *b, const struct page *pg, struct instant v);
void html_text_fy(struct buf *b, const struct page *pg, struct fiscal_year v); /* 2569 */
void html_text_opt_satang(struct buf *b, const struct page *pg, struct opt_satang v); /* or "ไม่ทราบ" */
void html_text_opt_count(struct buf *b, const struct page *pg, struct opt_count v);
void html_text_opt_bp(struct buf *b, const struct page *pg, struct opt_bp v);
void html_text_opt_date(struct buf *b, const struct page *pg, struct opt_date v);
void html_text_opt_fy(struct buf *b, const struct page *pg, struct opt_fiscal_year v);
void html_text_html(struct buf *b, const struct page *pg, struct html v);     /* as it is */
/* In an attribute: machine forms (no thousands mark, ISO dates); unknown is empty. */
void html_attr_str(struct buf *b, const struct page *pg, struct str s);
void html_attr_int(struct buf *b, const struct page *pg, int64_t v);
void html_attr_size(struct buf *b, const struct page *pg, size_t v);
void html_attr_satang(struct buf *b, const struct page *pg, struct satang v); /* 1234.50 */
void html_attr_bp(struct buf *b, const struct page *pg, struct bp v);         /* 40, 37.25 */
void html_attr_date(struct buf *b, const struct page *pg, struct date v);
void html_attr_instant(struct buf *b, const struct page *pg, struct instant v);
void html_attr_fy(struct buf *b, const struct page *pg, struct fiscal_year v);
void html_attr_opt_satang(struct buf *b, const struct page *pg, struct opt_satang v);
void html_attr_opt_count(struct buf *b, const struct page *pg, struct opt_count v);
void html_attr_opt_bp(struct buf *b, const struct page *pg, struct opt_bp v);
void html_attr_opt_date(struct buf *b, const struct page *pg, struct opt_date v);
/* A whole href/src/action value: only struct href is accepted. */
void html_url_href(struct buf *b, const struct page *pg, struct href v);
/* A piece of a query or path written inside a literal address: percent-encoded. */
void html_urlpart_str(struct buf *b, const struct page *pg, struct str s);
void html_urlpart_z(struct buf *b, const struct page *pg, const char *s);
void html_urlpart_int(struct buf *b, const struct page *pg, int64_t v);
void html_urlpart_size(struct buf *b, const struct page *pg, size_t v);
void html_urlpart_fy(struct buf *b, const struct page *pg, struct fiscal_year v);

/* A text in which telephone numbers and codes (081-234-5678, 69-L5221-2-01) are never broken at their hyphens. */
struct html html_whole(struct arena *a, const struct page *pg, struct str s);

/* Escaped text, read again: what html_text put, as it was. */
struct str html_read(struct arena *a, struct str text);

/* As plain text (arena), not escaped yet: arguments of messages, values in <title> or <option>. */
struct str html_arg_str(const struct page *pg, struct str s);
struct str html_arg_int(const struct page *pg, int64_t v);
struct str html_arg_size(const struct page *pg, size_t v);
struct str html_arg_satang(const struct page *pg, struct satang v);
struct str html_arg_bp(const struct page *pg, struct bp v);
struct str html_arg_date(const struct page *pg, struct date v);
struct str html_arg_instant(const struct page *pg, struct instant v);
struct str html_arg_fy(const struct page *pg, struct fiscal_year v);
struct str html_arg_opt_satang(const struct page *pg, struct opt_satang v);
struct str html_arg_opt_count(const struct page *pg, struct opt_count v);
struct str html_arg_opt_bp(const struct page *pg, struct opt_bp v);
struct str html_arg_opt_date(const struct page *pg, struct opt_date v);
struct str html_arg_opt_fy(const struct page *pg, struct opt_fiscal_year v);

/* clang-format off */
#define html_text(b, pg, x) _Generic((x),                                                          \
    struct str: html_text_str, struct satang: html_text_satang, struct bp: html_text_bp,           \
    struct date: html_text_date, struct instant: html_text_instant,                                \
    struct fiscal_year: html_text_fy, struct opt_satang: html_text_opt_satang,                     \
    struct opt_count: html_text_opt_count, struct opt_bp: html_text_opt_bp,                        \
    struct opt_date: html_text_opt_date, struct opt_fiscal_year: html_text_opt_fy,                 \
    struct html: html_text_html,                                                                   \
    int: html_text_int, int64_t: html_text_int,                                                    \
    unsigned: html_text_size, size_t: html_text_size)(b, pg, x)
#define html_attr(b, pg, x) _Generic((x),                                                          \
    struct str: html_attr_str, struct satang: html_attr_satang, struct bp: html_attr_bp,           \
    struct date: html_attr_date, struct instant: html_attr_instant,                                \
    struct fiscal_year: html_attr_fy, struct opt_satang: html_attr_opt_satang,                     \
    struct opt_count: html_attr_opt_count, struct opt_bp: html_attr_opt_bp,                        \
    struct opt_date: html_attr_opt_date,                                                           \
    int: html_attr_int, int64_t: html_attr_int,                                                    \
    unsigned: html_attr_size, size_t: html_attr_size)(b, pg, x)
#define html_url(b, pg, x) _Generic((x), struct href: html_url_href)(b, pg, x)
#define html_urlpart(b, pg, x) _Generic((x),                                                       \
    struct str: html_urlpart_str, struct fiscal_year: html_urlpart_fy,                             \
    const char *: html_urlpart_z,                                                                  \
    int: html_urlpart_int, int64_t: html_urlpart_int,                                              \
    unsigned: html_urlpart_size, size_t: html_urlpart_size)(b, pg, x)
#define html_arg(pg, x) _Generic((x),                                                              \
    struct str: html_arg_str, struct satang: html_arg_satang, struct bp: html_arg_bp,              \
    struct date: html_arg_date, struct instant: html_arg_instant,                                  \
    struct fiscal_year: html_arg_fy, struct opt_satang: html_arg_opt_satang,                       \
    struct opt_count: html_arg_opt_count, struct opt_bp: html_arg_opt_bp,                          \
    struct opt_date: html_arg_opt_date, struct opt_fiscal_year: html_arg_opt_fy,                   \
    int: html_arg_int, int64_t: html_arg_int,                                                      \
    unsigned: html_arg_size, size_t: html_arg_size)(pg, x)
#define html_plain(b, pg, x) html_text_str(b, pg, html_arg(pg, x))
/* clang-format on */

#endif
