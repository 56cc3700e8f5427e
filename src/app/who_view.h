/* who_view.h — who is here, in words, for the head of every page; used by answer.c. */
#ifndef SARN_APP_WHO_VIEW_H
#define SARN_APP_WHO_VIEW_H

#include "app/app.h"

void who_view_fill(struct rq *rq, struct who_view *ret);

#endif
