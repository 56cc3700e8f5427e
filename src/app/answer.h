/* answer.h — how a request ends, used by app_handle() only; handlers see app.h. */
#ifndef SARN_APP_ANSWER_H
#define SARN_APP_ANSWER_H

#include "app/app.h"

/* Replaces whatever was begun by the page (or JSON) of that status: 400 401 403 404 405 409 422 429 500 503. */
void answer_error(struct rq *rq, int status);
/* The answer to a handler that returned a failure. */
void answer_failure(struct rq *rq, enum err e);
/* The same with a code and a sentence that say more than the status does. */
void answer_error_text(struct rq *rq, int status, const char *code, enum msg text);
/* 403: the acting grant does not hold it, but `other` of the same person does. */
void answer_wrong_grant(struct rq *rq, const struct grant *other);
/* JSON 400 with every fault of a form. */
void answer_faults(struct rq *rq, const struct fault_row *faults, size_t n);
/* /login?next=… */
struct href gate_log_in_href(struct rq *rq, struct str next);
/* Sets what every answer has: type, ETag, cache rule, Retry-After. */
void answer_finish(struct rq *rq);
/* web_app.plain_error: the wrapper's own refusals, without a request. */
void answer_plain_error(void *ctx, bool is_api, int status, struct web_response *res);

#endif
