/* events.c — see events.h. */
#include "app/events.h"

#define ON(name, function) TRY(function(db, a, e));
#define EVENT(name, listeners)                                                                     \
    enum err event_##name(struct db *db, struct arena *a, const struct name *e)                    \
    {                                                                                              \
        (void)db, (void)a, (void)e; /* nobody may listen */                                        \
        listeners return ERR_OK;                                                                   \
    }
#include "app/events.def"
