/* app_internal.h — what the files of the pipeline share: app.c, walk.c, gate.c, repeat.c, kept.c.
 * Rooms see app.h. */
#ifndef SARN_APP_APP_INTERNAL_H
#define SARN_APP_APP_INTERNAL_H

#include "app/app.h"
#include "app/file.h"
#include "app/route.h"
#include "app/views.h"

#define APP_SECRET_BYTES 32

struct app {
    struct db_pool *pool;
    unsigned workers;
    bool is_demo;
    struct file_store files;
    uint8_t secret[APP_SECRET_BYTES]; /* signs cookies; made at the first start, kept in app_setting */
    struct app_cost *last_cost;       /* one a worker */
    struct arena *arena;              /* lives as long as the app */
};

/* ---- form_name.c ---- */
/* Gives each row of the summary the words of its question; the page is whole by now. */
/* The words of the question `field` on a page, escaped as they stand there; none: it is not asked there. */
struct str form_label_of(struct arena *a, struct str page, size_t from, const char *field);
void form_name_faults(struct buf *body, const struct page *page, const struct fault_row *rows, size_t n);

/* ---- walk.c ---- */
/* From the transaction to the answer, for a route that was found. A failure is not answered yet. */
enum err walk_route(struct rq *rq);

/* ---- gate.c: before the handler exists ---- */
enum gate {
    GATE_OPEN,
    GATE_SHUT, /* the answer is made */
};
/* A POST that another site made the browser send is refused (403). */
enum gate gate_csrf(struct rq *rq);
/* The acting grant holds the route's capability and the place in its path, inside the open transaction. */
enum err gate_enter(struct rq *rq, enum gate *ret);
/* A token that was shown but is none: 401, so that a script hears why. */
enum gate gate_token(struct rq *rq);
/* Does the route show what not everybody may see? */
bool gate_is_private(const struct rq *rq);
/* "value.signature", and the value of such a text again; ERR_INPUT: not signed by this house. */
struct str gate_sign(struct rq *rq, const char *purpose, struct str value);
enum err gate_unsign(struct rq *rq, const char *purpose, struct str text, struct str *ret);
bool gate_is_same(struct str a, struct str b); /* in constant time */

/* ---- repeat.c: the same key, the same answer ---- */
/* Reads the key of the request; a malformed one is answered (400): GATE_SHUT. */
enum gate repeat_read(struct rq *rq);
/* In the write transaction, before the handler: takes the key, or finds that it is taken and answers
 * with what was answered then; rq->repeat.is_found. */
enum err repeat_take(struct rq *rq);
/* The same look without taking it: for the read transaction before a handler of lane SELF. */
enum err repeat_look(struct rq *rq);
/* In the same transaction, after the handler: stores the answer. */
enum err repeat_store(struct rq *rq);

/* ---- kept_words.c ---- */
/* Gives the fields of a form kept for `path` the words of the page that it was typed on, and the files that are
 * chosen there; where that page is no more, or not for who asks, the names stay. */
enum err kept_name_fields(struct rq *rq, struct str path, struct kept_field *fields, size_t n, struct kept_view *v);

/* ---- kept.c: forms of sessions that had ended ---- */
/* Keeps what was sent, in the open write transaction, and leads to the log-in. ERR_NOT_FOUND: there
 * was nothing that could be kept. */
enum err kept_take(struct rq *rq);
/* Whose form this is, when it was made for another session than the one that sends it; 0: of this one, or not ours. */
int64_t gate_form_owner(struct rq *rq);
/* After a POST that succeeded: forgets the kept form that it was. */
enum err kept_done(struct rq *rq);

#endif
