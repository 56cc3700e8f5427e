/* views.h — what the golden templates see. */
#ifndef SARN_TESTS_HTMLC_VIEWS_H
#define SARN_TESTS_HTMLC_VIEWS_H
#include "html/html.h"

enum row_kind { ROW_PLAIN, ROW_BIG };
struct row {
    struct href href;
    struct str name, code;
    struct opt_satang amount;
    struct opt_count people;
    enum row_kind kind;
};
struct list_view {
    struct str title, query, memo;
    const struct row *rows;
    size_t nrows;
    struct fiscal_year fy;
    struct date on;
    bool has_filter;
    struct html chart;
    int selected;
};
#endif
