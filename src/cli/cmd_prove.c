/* cmd_prove.c — verify and export: what a database holds, proven and written out. */
#include <stdio.h>

#include "cli/cli.h"
#include "rooms/fund/fund.h"
#include "rooms/ledger/ledger.h"
#include "rooms/project/project.h"
#include "rooms/report/report.h"
#include "table/table.h"

#define HEADS_BYTES_MAX ((size_t)64 << 20)

static void print_line(void *ctx, struct str line)
{
    fprintf(ctx, "%.*s\n", STR_FMT(line));
}

/* ---- verify ---- */

struct proving {
    struct db *db;
    struct arena *arena;
    struct str heads;
    int64_t bad;
};

static enum err prove(struct proving *p, const char *what, enum err (*act)(struct proving *p, int64_t *ret_bad))
{
    int64_t bad = 0;
    struct step s = step_begin(what);
    TRY(act(p, &bad));
    step_done(&s, "%lld difference%s", (long long)bad, bad == 1 ? "" : "s");
    p->bad += bad;
    return ERR_OK;
}

static enum err prove_ledger(struct proving *p, int64_t *ret_bad)
{
    return ledger_verify(p->db, p->arena, p->heads, print_line, stdout, ret_bad);
}

static enum err prove_figures(struct proving *p, int64_t *ret_bad)
{
    return report_verify(p->db, p->arena, print_line, stdout, ret_bad);
}

static enum err prove_all(struct proving *p, const struct options *o)
{
    int64_t bad_files = 0;
    TRY(db_begin(p->db, DB_TXN_READ));
    enum err e = prove(p, "ledgers against their chains", prove_ledger);
    if (e == ERR_OK && !o->is_ledger) e = prove(p, "figures against their sources", prove_figures);
    if (e == ERR_OK && !o->is_ledger) e = cli_verify_files(o, p->db, p->arena, &bad_files);
    p->bad += bad_files;
    db_rollback(p->db);
    return e;
}

int cmd_verify(const struct options *o)
{
    struct proving p = {.arena = arena_new((size_t)8 << 30)};
    enum err e = o->heads == NULL ? ERR_OK : file_read(p.arena, o->heads, HEADS_BYTES_MAX, &p.heads);
    if (e != ERR_OK) {
        arena_free(p.arena);
        return cli_fail(o->heads, e);
    }
    p.db = cli_open(o->db, DB_READ_ONLY, CLI_CURRENT);
    if (p.db != NULL) {
        e = prove_all(&p, o);
        db_close(p.db);
    }
    arena_free(p.arena);
    if (p.db == NULL) return EXIT_WRONG;
    if (e != ERR_OK) return cli_fail("verify", e);
    return p.bad == 0 ? EXIT_GOOD : EXIT_WRONG;
}

/* ---- export ---- */

static enum err write_chunk(void *ctx, struct str chunk)
{
    return fwrite(chunk.p, 1, chunk.n, ctx) == chunk.n ? ERR_OK : err_note(ERR_IO, "cannot write");
}

struct export {
    const char *what, *usage;
    bool wants_fund, wants_fy;
    enum err (*act)(struct db *db, struct arena *a, const struct options *o, struct buf *out, int64_t *ret_rows);
};

static enum err export_funds(struct db *db, struct arena *a, const struct options *o, struct buf *out,
                             int64_t *ret_rows)
{
    return fund_export_csv(db, a, fiscal_year((int32_t)o->fy), out, ret_rows);
}

static enum err export_projects(struct db *db, struct arena *a, const struct options *o, struct buf *out,
                                int64_t *ret_rows)
{
    return project_export_csv(db, a, (struct fiscal_year){(int32_t)o->fy}, out, ret_rows);
}

static enum err export_ledger(struct db *db, struct arena *a, const struct options *o, struct buf *out,
                              int64_t *ret_rows)
{
    return ledger_export_csv(db, a, str_of(o->fund), fiscal_year((int32_t)o->fy), out, ret_rows);
}

static enum err export_chain(struct db *db, struct arena *a, const struct options *o, struct buf *out,
                             int64_t *ret_rows)
{
    return ledger_export_chain(db, a, str_of(o->fund), out, ret_rows);
}

static enum err export_heads(struct db *db, struct arena *a, const struct options *o, struct buf *out,
                             int64_t *ret_rows)
{
    (void)o;
    return ledger_export_heads(db, a, out, ret_rows);
}

static const struct export exports[] = {
    {"funds", "funds FILE.csv --fy N", false, true, export_funds},
    {"projects", "projects FILE.csv [--fy N]", false, false, export_projects},
    {"ledger", "ledger --fund CODE --fy N FILE.csv", true, true, export_ledger},
    {"chain", "chain --fund CODE FILE.tsv", true, false, export_chain},
    {"heads", "heads FILE", false, false, export_heads},
};

static enum err export_to(const struct export *x, struct db *db, const struct options *o, FILE *file,
                          int64_t *ret_rows)
{
    struct arena *a = arena_new((size_t)4 << 30);
    struct buf out = buf_to(a, 65536, write_chunk, file);
    enum err e = db_begin(db, DB_TXN_READ);
    if (e == ERR_OK) {
        e = x->act(db, a, o, &out, ret_rows);
        db_rollback(db);
    }
    if (e == ERR_OK) e = buf_flush(&out);
    arena_free(a);
    return e;
}

static int run_export(const struct export *x, const struct options *o)
{
    int64_t rows = 0;
    struct db *db = cli_open(o->db, DB_READ_ONLY, CLI_CURRENT);
    if (db == NULL) return EXIT_WRONG;
    FILE *file = fopen(o->words[1], "wb");
    if (file == NULL) {
        db_close(db);
        return cli_fail(o->words[1], ERR_IO);
    }
    enum err e = export_to(x, db, o, file, &rows);
    if (fclose(file) != 0 && e == ERR_OK) e = err_note(ERR_IO, "cannot write %s", o->words[1]);
    db_close(db);
    if (e == ERR_NOT_FOUND && x->wants_fund) {
        fprintf(stderr, "sarn: there is no fund %s\n", o->fund);
        return EXIT_WRONG;
    }
    if (e != ERR_OK) return cli_fail("export", e);
    printf("%lld rows\n", (long long)rows);
    return EXIT_GOOD;
}

int cmd_export(const struct options *o)
{
    for (size_t i = 0; i < sizeof exports / sizeof exports[0]; i++) {
        const struct export *x = &exports[i];
        if (strcmp(x->what, o->words[0]) != 0) continue;
        bool has_fy = o->fy >= FISCAL_YEAR_MIN && o->fy <= FISCAL_YEAR_MAX;
        if ((x->wants_fund && o->fund == NULL) || (!has_fy && (x->wants_fy || o->fy != 0))) {
            fprintf(stderr, "sarn: usage: sarn export %s\n", x->usage);
            return EXIT_USAGE;
        }
        return run_export(x, o);
    }
    fprintf(stderr, "sarn: usage:\n");
    for (size_t i = 0; i < sizeof exports / sizeof exports[0]; i++)
        fprintf(stderr, "  sarn export %s\n", exports[i].usage);
    return EXIT_USAGE;
}
