/* help_views.h — what help.html may see. */
#ifndef SARN_APP_HELP_VIEWS_H
#define SARN_APP_HELP_VIEWS_H

#include "app/help.h"
#include "app/views.h"

struct help_piece {
    enum help_span_kind kind;
    struct str words;
    struct href href;
};
struct help_line {
    const struct help_piece *pieces;
    size_t n;
};
/* One paragraph, heading or warning, or all steps or points that stand together. */
struct help_part {
    enum help_kind kind;
    struct help_line *lines;
    size_t n;
};
struct help_row {
    struct str title, lead;
    struct href href;
    bool is_now;
};
struct help_section {
    struct str title;
    struct help_row *rows;
    size_t n;
};
struct help_topic_view {
    struct str asked; /* none */
    struct str title, roles; /* roles: of whom it is, in words; none: everybody */
    bool is_guide;
    const struct help_part *parts;
    size_t nparts;
    struct help_section see;
};
struct help_view {
    struct str asked; /* what is looked for; none: nothing */
    struct help_section found, guides;
    struct help_section groups[HELP_GROUPS];
    size_t ngroups;
    struct help_topic_view mine; /* the guide of who looks */
};

#endif
