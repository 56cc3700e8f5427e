/* answer.h — how a request ends, used by app_handle() only; handlers see app.h. */
#ifndef SARN_APP_ANSWER_H
#define SARN_APP_ANSWER_H

#include "app/app.h"

/* Replaces whatever was begun by the page (or JSON) of that status: 400 404 405 409 500 503. */
void answer_error(struct rq *rq, int status);
/* The answer to a handler that returned a failure. */
void answer_failure(struct rq *rq, enum err e);
/* Sets what every answer has: type, ETag, cache rule, Retry-After. */
void answer_finish(struct rq *rq);
/* web_app.plain_error: the wrapper's own refusals, without a request. */
void answer_plain_error(void *ctx, bool is_api, int status, struct web_response *res);

#endif
