/* who_view.h — who is here, in words, for the head of every page; used by answer.c. */
#ifndef SARN_APP_WHO_VIEW_H
#define SARN_APP_WHO_VIEW_H

#include "app/app.h"

void who_view_fill(struct rq *rq, struct who_view *ret);
/* "เจ้าหน้าที่กองทุน", in the reader's language; static. */
struct str who_role_name(enum lang lang, enum role r);
/* "เจ้าหน้าที่กองทุน · อบต.บางม่วง". */
struct str who_grant_label(struct rq *rq, const struct grant *g);

#endif
