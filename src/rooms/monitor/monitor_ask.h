/* monitor_ask.h — what every page and JSON door of a report begins and ends with: whose report it is (a project's or a
 * programme's), who may do what with it, its steps, and the lists to choose from. */
#ifndef SARN_ROOMS_MONITOR_MONITOR_ASK_H
#define SARN_ROOMS_MONITOR_MONITOR_ASK_H

#include "app/app.h"
#include "app/file.h"
#include "app/form.h"
#include "rooms/monitor/monitor.h"
#include "rooms/monitor/views.h"

#define MONITOR_OWN_LINES 3 /* money in own words, on the page */

struct monitor_group { struct str code, name; struct opt_count planned; };
struct monitor_here {
    bool is_programme;
    struct project p;
    struct project_whole w;     /* of a project */
    struct monitor_programme g; /* of a programme */
    struct str base;            /* "/funds/D0001/projects/k7m2p9xr", "/programmes/R4" */
    bool may_write, may_accept, may_close;
    bool is_public; /* shown to everybody: no text with somebody's number */
    bool has_report;
    struct monitor_report r; /* the report of the address */
    const struct monitor_group *groups;
    size_t ngroups;
};
/* The project of the route's first two parts with all of it, when the asker may see it; else ERR_NOT_FOUND, as if it
 * were not there. */
enum err monitor_here_project(struct rq *rq, struct monitor_here *ret);
/* The same without what it holds: no lists. */
enum err monitor_here_slim(struct rq *rq, struct monitor_here *ret);
enum err monitor_here_programme(struct rq *rq, struct monitor_here *ret);
/* The same with the report of the next part, and the target groups. */
enum err monitor_here_report(struct rq *rq, struct monitor_here *ret);
enum err monitor_groups_read(struct rq *rq, struct monitor_here *here);
/* The report of the address is this programme's or project's when its path begins so. */
bool monitor_is_programme(const struct rq *rq);
bool monitor_is_small(const struct monitor_here *here);
/* May its text be changed by this person now? */
bool monitor_may_edit(const struct monitor_here *here);

/* base + tail, "/reports/3" + tail. */
struct href monitor_href(struct rq *rq, const struct monitor_here *here, const char *tail);
struct href monitor_report_href(struct rq *rq, const struct monitor_here *here, const char *tail);
struct monitor_head monitor_head_of(struct rq *rq, const struct monitor_here *here, struct str last);
/* For everybody's eyes where here is; "" when it is withheld. */
struct str monitor_said(const struct monitor_here *here, struct str text);
/* A programme's title for everybody, and for who asks. */
struct str monitor_programme_open_title(struct rq *rq, const struct monitor_programme *g);
struct str monitor_title(struct rq *rq, const struct monitor_here *here);
struct str monitor_int(struct rq *rq, int64_t v);
struct str monitor_state_word(struct rq *rq, enum monitor_state s);
/* "12.50" of 1250; "12" of 1200. */
struct str monitor_x100(struct rq *rq, int64_t v);

/* ---- steps ---- */
enum monitor_section {
    SECTION_WHAT = 1, SECTION_DONE = 2, SECTION_RESULT = 4, SECTION_LEARNED = 8, SECTION_PEOPLE = 16, SECTION_MONEY = 32,
    SECTION_REACHED = 64, SECTION_PHOTOS = 128, SECTION_ALL = 255
};
struct monitor_step {
    const char *code;
    unsigned sections;
    enum msg title;
};
/* The steps of this kind of report, in order. */
const struct monitor_step *monitor_steps(const struct monitor_here *here, size_t *ret_n);
/* By ?step= or the form's; the first when there is none of that name. */
size_t monitor_step_at(const struct monitor_here *here, struct str code);

/* The page of the step that ?step= names (report_pages.c). */
enum err monitor_step_page(struct rq *rq, const struct monitor_here *here);

/* ---- reading what was sent (report_read.c) ---- */
/* The fields of these sections into r; the others stay as they are. Page and JSON alike. */
void monitor_read(struct form *f, const struct monitor_here *here, unsigned sections, struct monitor_report *r);

/* ---- photos (photo_pages.c) ---- */
struct monitor_uploads {
    struct upload files[MONITOR_PHOTOS_MAX];
    size_t n;
};
/* Of field "photos"; each good one is written to the store. No transaction may be open. */
enum err monitor_uploads_read(struct form *f, struct monitor_uploads *ret);
/* In the write transaction: attaches them to the report, with the place and time that came along. A fault beside the
 * field when there are too many. */
enum err monitor_uploads_put(struct form *f, struct monitor_report_id id, struct monitor_uploads *u);
/* Captions, who may see them and what is taken out, as the form says. */
enum err monitor_photos_change(struct form *f, const struct monitor_report *r);
const struct monitor_photo_row *monitor_photo_rows(struct form *f, const struct monitor_here *here, bool is_public, size_t *ret_n);

/* One transaction of a route of lane SELF. */
enum err monitor_txn(struct rq *rq, enum db_txn txn, enum err (*act)(struct rq *rq, void *ctx), void *ctx);

/* ---- JSON ---- */
void monitor_json(struct json_out *j, const char *key, struct rq *rq, const struct monitor_here *here, bool is_public);
enum err monitor_answer_api(struct rq *rq, const struct monitor_here *here, int status);
/* Filled for the page of one report, public or inside. */
void monitor_fill_show(struct rq *rq, const struct monitor_here *here, struct monitor_show_view *v);

#endif
