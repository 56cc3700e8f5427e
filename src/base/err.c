/* err.c — names of failures, and one remembered detail a thread. */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>

/* Long enough for a path and an engine's message; what is longer is cut, never refused. */
static _Thread_local char detail[512];

/* No default in the switch: the compiler then names the member that was forgotten here. */
const char *err_name(enum err e)
{
    switch (e) {
    case ERR_OK: return "ok";
    case ERR_NOT_FOUND: return "not_found";
    case ERR_CONFLICT: return "conflict";
    case ERR_REFUSED: return "refused";
    case ERR_INPUT: return "input";
    case ERR_LIMIT: return "limit";
    case ERR_UNAVAILABLE: return "unavailable";
    case ERR_AGAIN: return "again";
    case ERR_DISK: return "disk";
    case ERR_IO: return "io";
    case ERR_INTERNAL: return "internal";
    }
    /* Reached only by a number that is no member: a log line must not make things worse. */
    return "unknown";
}

/* No memory is taken: this runs when the disk is full and when memory is short. */
enum err err_note(enum err e, const char *format, ...)
{
    /* Formatted aside first: a caller may pass err_detail() itself to put more before it. */
    char fresh[sizeof detail];
    va_list ap;
    va_start(ap, format);
    int n = vsnprintf(fresh, sizeof fresh, format, ap);
    va_end(ap);
    if (n < 0) fresh[0] = '\0';
    snprintf(detail, sizeof detail, "%s", fresh);
    return e;
}

/* Valid until this thread notes again; other threads have their own. */
const char *err_detail(void)
{
    return detail;
}
