/* events.c — see events.h. The listeners are declared by their own lines, so that app/ needs no
 * room's header. */
#include "app/events.h"

#define EVENT(name, listeners) listeners
#define ON(name, function) enum err function(struct db *db, struct arena *a, const struct name *e);
#include "app/events.def"
#undef ON
#undef EVENT

#define ON(name, function) TRY(function(db, a, e));
#define EVENT(name, listeners)                                                                     \
    enum err event_##name(struct db *db, struct arena *a, const struct name *e)                    \
    {                                                                                              \
        listeners return ERR_OK;                                                                   \
    }
#include "app/events.def"
