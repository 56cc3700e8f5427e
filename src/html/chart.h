/* chart.h — charts as markup: they work without script, print, and are read aloud.
 *
 * SVG attributes and classes only (strict CSP: no style=); colours stand in web/css/app.css. Every
 * chart has its text: bars and columns print their figures, the map stands beside its table. */
#ifndef SARN_HTML_CHART_H
#define SARN_HTML_CHART_H

#include "html/html.h"

/* ---- provinces ---- */
struct chart_area {
    struct str code; /* id of the path: "p90" */
    struct str name;
    struct str d;     /* path data, of the viewBox of reference/README.md */
    int class_no;     /* 0 no data, 1 least … 5 most */
    struct str value; /* as shown: "48.4 %", "ไม่ทราบ" */
    struct href href;
};
struct chart_map {
    int width, height; /* viewBox: 510 × 930 */
    const struct chart_area *areas;
    size_t nareas;
};
/* Hidden from readers (aria-hidden; its links are for the pointer and no tab stops): put a select
 * and a table beside it. */
struct html chart_choropleth(struct arena *a, const struct page *pg, const struct chart_map *map);

/* ---- horizontal bars: a list, each line name, bar and figure ---- */
enum chart_tone { CHART_PLAIN, CHART_ON_TARGET, CHART_BELOW };
struct chart_bar {
    struct str name;
    struct href href; /* path none: no link */
    int64_t value;    /* any unit, the same in all; >= 0 */
    bool is_known;    /* false: no bar */
    struct str text;  /* as shown: "69.9 %", "ไม่ทราบ" */
    enum chart_tone tone;
};
struct chart_bars {
    const struct chart_bar *bars;
    size_t nbars;
    int64_t target; /* in the same unit: a mark; 0: none */
    int64_t most;   /* end of the scale; 0: from the values and the target */
};
struct html chart_bars(struct arena *a, const struct page *pg, const struct chart_bars *chart);

/* ---- small columns, one a year ---- */
struct chart_column {
    struct str label; /* "2569" */
    struct str text;  /* over the column, short: "1.2 ล้าน" */
    int64_t value;
    bool is_known;
    bool is_marked; /* the year that the page is of */
};
struct chart_columns {
    struct str title; /* read aloud: what it shows; figures follow in the table */
    const struct chart_column *columns;
    size_t ncolumns; /* at most 10 are drawn: the last ones */
};
struct html chart_columns(struct arena *a, const struct page *pg,
                          const struct chart_columns *chart);

/* ---- three columns side by side, a group a year: classes g1, g2, g3 ---- */
#define CHART_SERIES 3
struct chart_group {
    struct str label;            /* "2569" */
    int64_t values[CHART_SERIES]; /* below zero is drawn as nothing */
    bool is_known;
    bool is_marked; /* the year that the page is of: its label is bold */
};
struct chart_groups {
    struct str title;  /* read aloud: what it shows; figures follow in the table */
    struct str top;    /* what the top line stands for: "12.5 ล้าน"; none: no line */
    int64_t most;      /* the top line's value; 0: the largest value */
    const struct chart_group *groups;
    size_t ngroups; /* at most 10 are drawn: the last ones */
};
struct html chart_groups(struct arena *a, const struct page *pg, const struct chart_groups *chart);

#endif
