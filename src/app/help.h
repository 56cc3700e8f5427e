/* help.h — the handbook in the program: help/, one file a topic, compiled by tools/helpc (docs/help.md).
 *
 * A topic's labels are the messages that the pages themselves show, so that the two cannot differ. */
#ifndef SARN_APP_HELP_H
#define SARN_APP_HELP_H

#include "app/who.h"
#include "html/msg.h"

enum help_span_kind {
    HELP_WORDS,
    HELP_LABEL, /* what stands on a button, a link or over a field: `label`, with `words` for its {0} */
    HELP_LINK,  /* to another topic */
    HELP_PATH,  /* to a page that everybody has: `words` is its path, `label` what it is called */
    HELP_CODE,  /* to be typed */
};
struct help_span {
    enum help_span_kind kind;
    enum msg label;
    int topic;
    struct str words;
};
enum help_kind { HELP_TEXT, HELP_STEP, HELP_BULLET, HELP_HEAD, HELP_CARE };
struct help_block {
    enum help_kind kind;
    const struct help_span *spans;
    size_t nspans;
};
struct help_text {
    struct str title, words; /* words: what people call it, apart by ", " */
    const struct help_block *blocks;
    size_t nblocks; /* the first is one sentence: what it is about */
};
enum help_group {
    HELP_GROUP_guide, /* a role's whole year */
    HELP_GROUP_start,
    HELP_GROUP_project,
    HELP_GROUP_report,
    HELP_GROUP_plan,
    HELP_GROUP_meeting,
    HELP_GROUP_agree,
    HELP_GROUP_money,
    HELP_GROUP_figures,
    HELP_GROUP_people,
    HELP_GROUPS
};
struct help_topic {
    struct str code; /* in addresses */
    enum help_group group;
    uint32_t roles; /* 1 << role; 0: everybody */
    const int *see;
    size_t nsee;
    struct help_text in[2]; /* by language */
};
/* Help beside a page: the route's path as routes.def has it. */
struct help_page {
    struct str path;
    int topic;
};
extern const struct help_topic help_topics[];
extern const size_t nhelp_topics;
extern const struct help_page help_pages[];
extern const size_t nhelp_pages;

/* The topic that tells how this page is used; NULL: none. */
const struct help_topic *help_of_page(struct str route_path);
/* What a person of this role does through the year. */
const struct help_topic *help_guide(enum role role);
/* The topic of this code; NULL: there is none. */
const struct help_topic *help_topic_find(struct str code);
/* Topics for these words, the best first; how many. ret: room for nhelp_topics. */
size_t help_find(struct arena *a, enum lang lang, struct str words, const struct help_topic **ret);
/* The words of a span, as they are shown. */
struct str help_span_words(struct arena *a, enum lang lang, const struct help_span *s);

#endif
