/* main.c — sub-commands of sqlc. Exit 0 good, 1 complaints, 2 usage. */
#include <dirent.h>
#include <stdlib.h>

#include "base/sha.h"
#include "sqlc.h"

struct options {
    const char *rooms, *app, *room, *dir, *dialect, *out, *out_h, *out_c, *include;
};

static const char usage[] =
    "sqlc room --rooms DIR --app DIR --room NAME --out-h F.h --out-c F.c [--include NAME.h]\n"
    "sqlc ids --rooms DIR --app DIR --out F.h\n"
    "sqlc schema --rooms DIR --app DIR --dialect sqlite|pg|source\n"
    "sqlc migrations --dir DIR --out-c F.c\n"
    "sqlc check-deps --rooms DIR --app DIR\n"
    "sqlc help                                 (manual: docs/sqlc.md)\n";

static bool read_options(int argc, char **argv, struct options *o)
{
    const struct {
        const char *name;
        const char **value;
    } known[] = {{"--rooms", &o->rooms}, {"--app", &o->app},         {"--room", &o->room},
                 {"--dir", &o->dir},     {"--dialect", &o->dialect}, {"--out", &o->out},
                 {"--out-h", &o->out_h}, {"--out-c", &o->out_c},     {"--include", &o->include}};
    for (int i = 2; i < argc; i += 2) {
        bool is_known = false;
        for (size_t k = 0; k < sizeof known / sizeof *known; k++)
            if (i + 1 < argc && strcmp(argv[i], known[k].name) == 0) {
                *known[k].value = argv[i + 1];
                is_known = true;
            }
        if (!is_known) {
            fprintf(stderr, "sqlc: %s is no option here, or has no value\n", argv[i]);
            return false;
        }
    }
    return true;
}

static int wrote(bool is_good)
{
    return complaints || !is_good ? 1 : 0;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* ROOM.sql and ROOM_*.sql in the order of their names: a room may have no queries, and many by subject. */
static void read_queries(const struct room *room, struct queries *qs)
{
    struct {
        const char **v;
        size_t n, cap;
    } names = {};
    struct str first = str_printf(mem, "%.*s.sql", STR_FMT(room->name)), more = str_printf(mem, "%.*s_", STR_FMT(room->name));
    DIR *dir = opendir(room->dir);
    for (struct dirent *d; dir && (d = readdir(dir));) {
        struct str name = str_copy(mem, str_of(d->d_name));
        if (str_eq(name, first) || (str_starts(name, more) && str_ends(name, STR(".sql")))) *PUSH(&names) = str_z(mem, name);
    }
    if (dir) closedir(dir);
    if (names.n > 0) qsort(names.v, names.n, sizeof *names.v, by_text);
    for (size_t i = 0; i < names.n; i++) {
        struct str text;
        const char *path = path_join(room->dir, names.v[i]);
        if (read_file(path, &text)) queries_read(path, text, room->name, qs);
    }
}

static int run_room(const struct options *o)
{
    struct model m = {};
    model_read(&m, o->rooms, o->app);
    const struct room *room = model_room(&m, str_of(o->room));
    if (!room) {
        complain(m.deps_file, 1, "there is no room %s; add `%s:`", o->room, o->room);
        return 1;
    }
    if (complaints) return 1; /* a faulty schema would only be complained about again */
    struct checker c;
    checker_open(&c, &m, room);
    struct queries qs = {};
    read_queries(room, &qs);
    for (size_t i = 0; i < qs.n; i++)
        checker_query(&c, &qs.v[i]);
    checker_close(&c);
    if (complaints) return 1;
    const char *slash = strrchr(o->out_h, '/');
    const char *header = o->include ? o->include : slash ? slash + 1 : o->out_h;
    return wrote(write_file(o->out_h, emit_header(room->name, &qs)) &&
                 write_file(o->out_c, emit_source(room->name, header, &qs)));
}

static int run_ids(const struct options *o)
{
    struct model m = {};
    model_read(&m, o->rooms, o->app);
    if (complaints) return 1;
    struct buf b = buf_in(mem, (size_t)1 << 20);
    BUF_LIT(&b, "/* Made by sqlc from every schema.sql: do not edit. A table's id is a type of its "
                "own. */\n"
                "#ifndef SARN_DB_IDS_H\n#define SARN_DB_IDS_H\n\n#include <stdint.h>\n\n");
    for (size_t i = 0; i < m.ids.n; i++)
        buf_printf(&b, "struct %.*s {\n    int64_t v;\n};\n", STR_FMT(m.ids.v[i].word));
    BUF_LIT(&b, "\n#endif\n");
    return wrote(write_file(o->out, buf_str(&b)));
}

static int run_schema(const struct options *o)
{
    struct model m = {};
    model_read(&m, o->rooms, o->app);
    struct checker c;
    if (!complaints) {
        checker_open(&c, &m, m.rooms.v[0]);
        checker_close(&c);
    }
    if (complaints) return 1;
    if (strcmp(o->dialect, "source") == 0) { /* for a first migration */
        for (size_t i = 0; i < m.rooms.n; i++) {
            struct str text;
            const char *path = path_join(m.rooms.v[i]->dir, "schema.sql");
            if (read_file(path, &text))
                printf("-- %.*s\n%.*s\n", STR_FMT(m.rooms.v[i]->name), STR_FMT(text));
        }
        return 0;
    }
    struct str sql = ddl_schema(&m, strcmp(o->dialect, "pg") == 0 ? PART_PG : PART_SQLITE);
    return fwrite(sql.p, 1, sql.n, stdout) == sql.n ? 0 : 1;
}

/* ---- migrations ---- */

struct file {
    int number;
    struct str name; /* without number and .sql */
    const char *path;
    struct stmts stmts;
    struct sha256 sha;
};
struct files {
    struct file *v;
    size_t n, cap;
};

static int by_number(const void *a, const void *b)
{
    const struct file *x = a, *y = b;
    return x->number < y->number ? -1 : x->number > y->number;
}

/* NNNN_name.sql */
static void add_file(struct files *fs, const char *dir, const char *entry)
{
    struct str name = str_copy(mem, str_of(entry));
    if (!str_ends(name, STR(".sql"))) return;
    const char *path = path_join(dir, entry);
    int64_t number;
    if (name.n < 10 || name.p[4] != '_' || str_to_int(str_first(name, 4), &number) != ERR_OK ||
        number < 1) {
        complain(path, 1, "no name of a migration; write NNNN_name.sql, from 0001 on");
        return;
    }
    struct file *f = PUSH(fs);
    *f = (struct file){.number = (int)number, .name = {name.p + 5, name.n - 9}, .path = path};
}

static void read_files(struct files *fs, const char *dir_name)
{
    DIR *dir = opendir(dir_name);
    if (!dir) {
        complain(dir_name, 1, "cannot be read; it holds NNNN_name.sql");
        return;
    }
    for (const struct dirent *d; (d = readdir(dir)) != NULL;)
        add_file(fs, dir_name, d->d_name);
    closedir(dir);
    if (fs->n) qsort(fs->v, fs->n, sizeof *fs->v, by_number);
    for (size_t i = 0; i < fs->n; i++) {
        struct str text;
        if (fs->v[i].number != (int)i + 1)
            complain(fs->v[i].path, 1,
                     "the numbers have a gap or a double before %d; count on from 0001",
                     fs->v[i].number);
        if (!read_file(fs->v[i].path, &text)) {
            complain(fs->v[i].path, 1, "cannot be read");
            continue;
        }
        fs->v[i].sha = sha256_of(text);
        stmts_read(fs->v[i].path, text, &fs->v[i].stmts);
    }
}

static void put_script(struct buf *b, const struct model *m, const struct file *f,
                       enum part dialect)
{
    struct buf sql = buf_in(mem, (size_t)16 << 20);
    for (size_t i = 0; i < f->stmts.n; i++)
        ddl_put(&sql, m, &f->stmts.v[i], dialect);
    put_c_string(b, buf_str(&sql));
}

/* Replayed here on SQLite, so that a fault shows at build time with its line. */
static void replay(const struct model *m, const struct files *fs)
{
    sqlite3 *db;
    if (sqlite3_open(":memory:", &db) != SQLITE_OK) complain("sqlite", 1, "no database in memory");
    for (size_t i = 0; i < fs->n; i++)
        ddl_run(db, m, &fs->v[i].stmts);
    sqlite3_close(db);
}

static void put_migration(struct buf *b, const struct model *m, const struct file *f)
{
    buf_printf(b, "    {.number = %d,\n     .name = ", f->number);
    put_c_string(b, f->name);
    BUF_LIT(b, ",\n     .sqlite = ");
    put_script(b, m, f, PART_SQLITE);
    BUF_LIT(b, ",\n     .pg = ");
    put_script(b, m, f, PART_PG);
    BUF_LIT(b, ",\n     .sha256 = \"");
    buf_hex(b, f->sha.b, sizeof f->sha.b);
    BUF_LIT(b, "\"},\n");
}

static int run_migrations(const struct options *o)
{
    struct model m = {};
    struct files fs = {};
    read_files(&fs, o->dir);
    for (size_t i = 0; i < fs.n; i++)
        for (size_t k = 0; k < fs.v[i].stmts.n; k++)
            model_add_ids(&m, &fs.v[i].stmts.v[k], true);
    for (size_t i = 0; i < fs.n; i++)
        for (size_t k = 0; k < fs.v[i].stmts.n; k++)
            subset_check(fs.v[i].path, &fs.v[i].stmts.v[k].all);
    if (!complaints) replay(&m, &fs);
    if (complaints) return 1;
    struct buf b = buf_in(mem, (size_t)64 << 20);
    BUF_LIT(&b, "/* Made by sqlc from migrations/: do not edit. */\n#include "
                "\"db/migrate.h\"\n\nconst struct migration migrations[] = {\n");
    for (size_t i = 0; i < fs.n; i++)
        put_migration(&b, &m, &fs.v[i]);
    BUF_LIT(&b, "    {.number = 0},\n};\n");
    return wrote(write_file(o->out_c, buf_str(&b)));
}

static int run_check_deps(const struct options *o)
{
    struct model m = {};
    model_read(&m, o->rooms, o->app);
    if (complaints) return 1;
    for (size_t i = 0; i < m.rooms.n; i++)
        printf("%.*s%s", STR_FMT(m.rooms.v[i]->name), i + 1 < m.rooms.n ? " " : "\n");
    return 0;
}

/* Which options a command cannot do without. */
static bool has_room(const struct options *o)
{
    return o->rooms && o->app && o->room && o->out_h && o->out_c;
}
static bool has_ids(const struct options *o)
{
    return o->rooms && o->app && o->out;
}
static bool has_schema(const struct options *o)
{
    return o->rooms && o->app && o->dialect;
}
static bool has_house(const struct options *o)
{
    return o->rooms && o->app;
}
static bool has_migrations(const struct options *o)
{
    return o->dir && o->out_c;
}

static const struct {
    const char *name;
    bool (*has)(const struct options *o);
    int (*run)(const struct options *o);
} commands[] = {{"room", has_room, run_room},
                {"ids", has_ids, run_ids},
                {"schema", has_schema, run_schema},
                {"check-deps", has_house, run_check_deps},
                {"migrations", has_migrations, run_migrations}};

int main(int argc, char **argv)
{
    mem = arena_new((size_t)1 << 30);
    struct options o = {};
    const char *command = argc > 1 ? argv[1] : "";
    if (strcmp(command, "help") == 0 || strcmp(command, "--help") == 0) {
        fputs(usage, stdout);
        return 0;
    }
    bool is_good = argc > 1 && read_options(argc, argv, &o);
    for (size_t i = 0; is_good && i < sizeof commands / sizeof *commands; i++)
        if (strcmp(command, commands[i].name) == 0 && commands[i].has(&o))
            return commands[i].run(&o);
    fputs(usage, stderr);
    return 2;
}
