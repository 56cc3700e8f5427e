/* cli.h — the program's sub-commands. Exit 0 good, 1 found something wrong, 2 usage. */
#ifndef SARN_CLI_CLI_H
#define SARN_CLI_CLI_H

#include "db/db.h"

enum { EXIT_GOOD = 0, EXIT_WRONG = 1, EXIT_USAGE = 2 };

/* Every option of every sub-command; each states which it knows. Set to its default when absent. */
struct options {
    const char *db;      /* --db PATH|postgres://…; default data/sarn.db */
    const char *listen;  /* --listen ADDR:PORT; default 127.0.0.1:8080 */
    const char *proxy;   /* --proxy ADDR */
    const char *today;   /* --today YYYY-MM-DD */
    const char *files;   /* --files db|DIR; NULL: as the database says */
    int64_t workers;     /* --workers N; 0: by the machine */
    int64_t fy;          /* --fy N; 0: not given */
    int64_t seed;        /* --seed N; default 1 */
    const char *name, *role, *scope, *from, *to; /* --name --role --scope KIND:CODE --from --to DAY */
    const char *user;                            /* --user LOGIN */
    const char *fund, *heads;                    /* --fund CODE, --heads FILE */
    int64_t grant, days;                         /* --grant ID, --days N; 0: not given */
    const char *scale;                           /* --scale national; NULL: the small demo */
    int64_t funds, years;                        /* --funds N, --years N; 0: not given */
    bool is_ledger; /* --ledger */
    bool is_dry_run, is_partial, is_check, no_rate_limit, is_demo_public, no_sandbox;
    const char *words[4]; /* what is no option, in order */
    int nwords;
};

struct command {
    const char *name;
    const char *usage; /* what follows the name */
    const char *what;  /* one line of help */
    const char *known; /* options it takes, separated by blanks */
    int min_words, max_words;
    int (*run)(const struct options *o);
};

int cmd_init(const struct options *o);
int cmd_demo(const struct options *o);
int cmd_migrate(const struct options *o);
int cmd_import(const struct options *o);
int cmd_export(const struct options *o);
int cmd_verify(const struct options *o);
int cmd_backup(const struct options *o);
int cmd_restore(const struct options *o);
int cmd_sweep(const struct options *o);
int cmd_serve(const struct options *o);
int cmd_user(const struct options *o);
int cmd_token(const struct options *o);

/* ---- files (cmd_archive.c) ---- */
/* Inside a transaction: tells each file that is missing or damaged. */
enum err cli_verify_files(const struct options *o, struct db *db, struct arena *a, int64_t *ret_bad);
/* Remembers --files, if it was given. */
enum err cli_keep_files(const struct options *o);
/* Begins a sweep that nobody waits for; `o` lives as long as the process. */
void cli_sweep_in_background(const struct options *o);

/* Is `url` a path where there is nothing yet? */
bool cli_is_missing(const char *url);
/* Is this setting there: "reference" when that data was loaded to its end, "demo" in a demo? */
bool cli_has_setting(struct db *db, struct str key);
/* The path of an SQLite address, without its "sqlite:". */
const char *cli_path(const char *url);
/* What a sub-command wants of its database; else it is told what to type. */
enum cli_wants {
    CLI_ANY,    /* a new one is made where there is none */
    CLI_THERE,  /* with or without pending migrations */
    CLI_CURRENT /* there, and of this program's schema */
};
/* Opens the database, or says in plain words why not and gives NULL. */
struct db *cli_open(const char *url, enum db_mode mode, enum cli_wants wants);
/* "sarn: WHAT: reason (detail)" to stderr, after the line of a step that did not end; returns
 * EXIT_WRONG. */
int cli_fail(const char *what, enum err e);
/* A step that may take over a second: prints its name at once, its time when done. */
struct step {
    const char *name;
    int64_t begun_us;
};
struct step step_begin(const char *name);
void step_done(const struct step *s, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Runs `act` in one write transaction; commits when it says so. */
enum err cli_write(struct db *db, enum err (*act)(struct db *db, struct arena *a, void *ctx), void *ctx);
/* The same in an arena of the caller's, which is reset first. */
enum err cli_write_in(struct db *db, struct arena *a, enum err (*act)(struct db *db, struct arena *a, void *ctx), void *ctx);

/* ---- the national demo (cmd_national.c) ---- */
/* Fills a database that has its reference data and no demo. Commits as it goes: what was broken off is begun anew in
 * another database. */
enum err cli_fill_nation(struct db *db, uint64_t seed, struct date today, int64_t funds, int64_t years);

#endif
