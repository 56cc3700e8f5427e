/* events.h — events.def as functions: event_<name>() calls whoever is listed, in order, inside the
 * caller's transaction. The first failure is returned and undoes the whole act. */
#ifndef SARN_APP_EVENTS_H
#define SARN_APP_EVENTS_H

#include "db/db.h"

#define EVENT(name, listeners)                                                                     \
    struct name;                                                                                   \
    enum err event_##name(struct db *db, struct arena *a, const struct name *e);                   \
    listeners
#define ON(name, function) enum err function(struct db *db, struct arena *a, const struct name *e);
#include "app/events.def"
#undef ON
#undef EVENT

#endif
