/* err.h — expected failures are values.
 *
 * There are four kinds of trouble and no fifth:
 *   - an expected failure (row not there, database busy): an `enum err`, returned and checked;
 *   - bad input from a person: a fault shown beside its field (app/fault.h);
 *   - a bug: an assert, which stays on in production;
 *   - no memory: base/arena.h stops the worker, the supervisor starts another.
 */
#ifndef SARN_BASE_ERR_H
#define SARN_BASE_ERR_H

enum [[nodiscard]] err {
    ERR_OK = 0,
    ERR_NOT_FOUND,   /* no such row, file or page */
    ERR_CONFLICT,    /* a unique key or a version says that somebody else was first */
    ERR_REFUSED,     /* a CHECK or foreign key of the database refused */
    ERR_INPUT,       /* the input is not of the stated form */
    ERR_LIMIT,       /* a stated limit would be passed */
    ERR_UNAVAILABLE, /* busy, restarting: the same call may go through in a moment */
    ERR_AGAIN,       /* the engine undid the transaction so that another writer could go on: done anew, it goes through */
    ERR_DISK,        /* full, or it cannot be written: reading goes on, writing when it is mended */
    ERR_IO,          /* the operating system refused a file or a socket */
    ERR_INTERNAL     /* the engine reports something that a correct program never causes */
};

/* Passes a failure on to the caller. */
#define TRY(expr)                                                                                  \
    do {                                                                                           \
        enum err try_err_ = (expr);                                                                \
        if (try_err_ != ERR_OK) return try_err_;                                                   \
    } while (0)

/* A short English name for logs, static. */
const char *err_name(enum err e);

/* Remembers, for this thread, what exactly went wrong (an engine's own message, a file's name),
 * and returns `e`, so that one line both says it and fails:  return err_note(ERR_IO, "open %s", p);
 * The text is for logs and the command line; a page never shows it. */
enum err err_note(enum err e, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The last noted text of this thread, "" when none; borrowed until the next err_note. */
const char *err_detail(void);

#endif
