/* model.c — what the rooms own: DEPS, then every schema.sql, into rooms, tables and columns. */
#include <dirent.h>
#include <stdlib.h>

#include "sqlc.h"

struct room *model_room(const struct model *m, struct str name)
{
    for (size_t i = 0; i < m->rooms.n; i++)
        if (str_eq(m->rooms.v[i]->name, name)) return m->rooms.v[i];
    return NULL;
}

struct table *model_table(const struct model *m, struct str name)
{
    for (size_t i = 0; i < m->tables.n; i++)
        if (str_eq_nocase(m->tables.v[i].name, name)) return &m->tables.v[i];
    return NULL;
}

struct column *table_column(const struct table *t, struct str name)
{
    for (size_t i = 0; i < t->columns.n; i++)
        if (str_eq_nocase(t->columns.v[i].name, name)) return &t->columns.v[i];
    return NULL;
}

const struct id_word *model_id(const struct model *m, struct str word)
{
    for (size_t i = 0; i < m->ids.n; i++)
        if (str_eq(m->ids.v[i].word, word)) return &m->ids.v[i];
    return NULL;
}

/* Own tables, tables of rooms named in DEPS (not of theirs), and what every request shares. */
bool room_may_read(const struct room *room, const struct room *owner)
{
    if (room == owner || !owner || owner->is_app) return true;
    for (size_t i = 0; i < room->deps.n; i++)
        if (str_eq(room->deps.v[i], owner->name)) return true;
    return false;
}

/* ---- DEPS ---- */

static struct room *add_room(struct model *m, struct str name, const char *dir, int line)
{
    struct room *r = ARENA_NEW(mem, struct room);
    *r = (struct room){.name = name, .dir = dir, .line = line};
    *PUSH(&m->rooms) = r;
    return r;
}

static void deps_line(struct model *m, const char *rooms_dir, struct str s, int line)
{
    ptrdiff_t hash = str_find_char(s, '#');
    if (hash >= 0) s = str_first(s, (size_t)hash);
    s = str_trim(s);
    if (s.n == 0) return;
    ptrdiff_t colon = str_find_char(s, ':');
    if (colon < 1) {
        complain(m->deps_file, line, "no room before a colon; write `room: dep dep`");
        return;
    }
    struct str name = str_trim(str_first(s, (size_t)colon));
    if (model_room(m, name)) {
        complain(m->deps_file, line, "the room %.*s stands here twice; give it one line",
                 STR_FMT(name));
        return;
    }
    struct room *r = add_room(m, name, path_join(rooms_dir, str_z(mem, name)), line);
    struct str rest = str_from(s, (size_t)colon + 1), dep;
    while (str_split(&rest, ' ', &dep)) {
        dep = str_trim(dep);
        if (dep.n) *PUSH(&r->deps) = dep;
    }
}

/* Depth first: a room comes after those it depends on; meeting one on the way again is a cycle. */
static void visit(struct model *m, struct room *r, struct room **sorted, size_t *n)
{
    if (r->visit == 2) return;
    r->visit = 1;
    for (size_t i = 0; i < r->deps.n; i++) {
        struct room *d = model_room(m, r->deps.v[i]);
        if (!d)
            complain(m->deps_file, r->line, "%.*s depends on %.*s, which has no line; add `%.*s:`",
                     STR_FMT(r->name), STR_FMT(r->deps.v[i]), STR_FMT(r->deps.v[i]));
        else if (d->is_app)
            complain(m->deps_file, r->line, "%.*s names app; every room may read it, leave it out",
                     STR_FMT(r->name));
        else if (d->visit == 1)
            complain(m->deps_file, r->line,
                     "a cycle: %.*s depends on %.*s and the other way round; turn one direction "
                     "into an event",
                     STR_FMT(r->name), STR_FMT(d->name));
        else
            visit(m, d, sorted, n);
    }
    r->visit = 2;
    sorted[(*n)++] = r;
}

static void read_deps(struct model *m, const char *rooms_dir)
{
    struct str text, line;
    m->deps_file = path_join(rooms_dir, "DEPS");
    if (!read_file(m->deps_file, &text)) {
        complain(m->deps_file, 1,
                 "cannot be read; it says which room may read which: `room: dep dep`");
        return;
    }
    int number = 0;
    while (str_split(&text, '\n', &line))
        deps_line(m, rooms_dir, line, ++number);
    struct room **sorted = ARENA_ARRAY(mem, struct room *, m->rooms.n);
    size_t n = 0;
    for (size_t i = 0; i < m->rooms.n; i++)
        visit(m, m->rooms.v[i], sorted, &n);
    m->rooms.v = sorted;
    m->rooms.cap = m->rooms.n; /* so that the next one moves to a larger array */
}

/* A folder with a schema that DEPS forgets would silently own nothing. */
static void find_unlisted(const struct model *m, const char *rooms_dir)
{
    DIR *dir = opendir(rooms_dir);
    if (!dir) return;
    for (const struct dirent *d; (d = readdir(dir)) != NULL;) {
        struct str name = str_copy(mem, str_of(d->d_name)), text;
        if (d->d_name[0] == '.' || model_room(m, name)) continue;
        const char *path = path_join(path_join(rooms_dir, d->d_name), "schema.sql");
        if (read_file(path, &text))
            complain(m->deps_file, 1, "the room %.*s has a schema but no line; add `%.*s:`",
                     STR_FMT(name), STR_FMT(name));
    }
    closedir(dir);
}

/* ---- schemas ---- */

void stmts_read(const char *file, struct str text, struct stmts *ret)
{
    struct toks all = lex(file, text, true);
    for (size_t at = 0; all.v[at].kind != T_END;) {
        size_t end = tok_statement(&all, at);
        if (all.v[end].kind == T_END && !tok_is(&all.v[end - 1], ";"))
            complain(file, all.v[at].line, "the statement has no end; close it with a semicolon");
        struct stmt *s = PUSH(ret);
        *s = (struct stmt){.file = file, .line = all.v[at].line};
        for (size_t i = at; i < end; i++)
            *PUSH(&s->all) = all.v[i];
        PUSH(&s->all)->line = all.v[end - 1].line;
        at = end;
    }
}

static struct toks both_parts(const struct stmt *s)
{
    return tok_filter(&s->all, 0, s->all.n, PART_SQLITE);
}

/* `id x_id PRIMARY KEY` makes `x_id` a type word. */
void model_add_ids(struct model *m, const struct stmt *s, bool is_migration)
{
    struct toks t = both_parts(s);
    struct create_table ct;
    if (!ddl_is_create_table(&t, &ct)) return;
    for (size_t i = 0; i < ct.items.n; i++) {
        struct span item = ct.items.v[i];
        if (!ddl_is_surrogate(&t, item)) continue;
        struct str word = t.v[item.from + 1].s;
        const struct id_word *old = model_id(m, word);
        if (old && is_migration) continue; /* a table that is rebuilt keeps its id */
        if (old)
            complain(s->file, t.v[item.from].line,
                     "%.*s is already the id of table %.*s; take a word of its own", STR_FMT(word),
                     STR_FMT(old->table));
        else
            *PUSH(&m->ids) = (struct id_word){word, ct.name};
    }
}

/* NOT NULL in the column, or a part of the primary key. */
static bool is_not_null(const struct toks *t, struct span item)
{
    return ddl_has(t, item, "NOT", "NULL") || ddl_has(t, item, "PRIMARY", "KEY");
}

static void add_column(const struct model *m, struct table *tb, const struct toks *t,
                       struct span item)
{
    if (item.to - item.from < 2 || t->v[item.from].kind != T_WORD ||
        t->v[item.from + 1].kind != T_WORD) {
        complain(tb->file, t->v[item.from].line,
                 "no column here; write `name word …` with a type word of the house");
        return;
    }
    struct str name = t->v[item.from].s, word = t->v[item.from + 1].s;
    int line = t->v[item.from].line;
    struct type type = type_of_word(word);
    bool is_native = t->v[item.from + 1].part != PART_BOTH;
    if (is_native && type.word == W_NONE)
        return; /* an engine's own type, out of the house's sight */
    if (type.word == W_NONE)
        complain(tb->file, line,
                 "unknown type word %.*s; the words are " TYPE_WORDS,
                 STR_FMT(word));
    else if (type.word == W_ID && !model_id(m, word))
        complain(tb->file, line, "%.*s is no table's id; some table must say `id %.*s PRIMARY KEY`",
                 STR_FMT(word), STR_FMT(word));
    else if (type.word == W_FLAG && !is_not_null(t, item))
        complain(tb->file, line,
                 "the flag %.*s may be NULL; say NOT NULL (unknown is a code of its own)",
                 STR_FMT(name));
    if (table_column(tb, name))
        complain(tb->file, line, "the column %.*s stands twice; drop one", STR_FMT(name));
    *PUSH(&tb->columns) = (struct column){name, type, !is_not_null(t, item), line};
}

/* The columns before and behind REFERENCES (at `at`) have the same words, one by one. */
static void check_pairs(const struct table *tb, const struct table *target, const struct toks *t,
                        struct span item, size_t at)
{
    size_t mine_from = item.from, mine_to = item.from + 1;
    int line = t->v[at].line;
    if (ddl_is_constraint(t, item)) { /* [CONSTRAINT c] FOREIGN KEY ( … ) */
        while (mine_from < at && !tok_is(&t->v[mine_from], "("))
            mine_from++;
        mine_to = tok_close(t, mine_from++);
    }
    struct spans mine = tok_list(t, mine_from, mine_to);
    struct spans theirs = tok_list(t, at + 3, tok_close(t, at + 2));
    for (size_t i = 0; i < mine.n && i < theirs.n; i++) {
        const struct column *a = table_column(tb, t->v[mine.v[i].from].s);
        const struct column *b = table_column(target, t->v[theirs.v[i].from].s);
        if (!b)
            complain(tb->file, line, "%.*s has no column %.*s; name one it has",
                     STR_FMT(target->name), STR_FMT(t->v[theirs.v[i].from].s));
        else if (a && !type_eq(a->type, b->type))
            complain(
                tb->file, line,
                "%.*s is %.*s but refers to %.*s.%.*s, which is %.*s; both must have the same word",
                STR_FMT(a->name), STR_FMT(a->type.name), STR_FMT(target->name), STR_FMT(b->name),
                STR_FMT(b->type.name));
    }
}

/* REFERENCES table(columns): the table must be known by now, and of the same type word. */
static void check_reference(const struct model *m, const struct table *tb, const struct toks *t,
                            struct span item)
{
    size_t at = item.from;
    while (at < item.to && !tok_is(&t->v[at], "REFERENCES"))
        at++;
    if (at == item.to) return;
    struct str name = t->v[at + 1].s;
    const struct table *target = str_eq(name, tb->name) ? tb : model_table(m, name);
    int line = t->v[at].line;
    if (!target) {
        complain(tb->file, line,
                 "the table %.*s is not known here; a reference goes to a table above, of app, or "
                 "of a room in DEPS",
                 STR_FMT(name));
        return;
    }
    if (tb->room && !room_may_read(tb->room, target->room))
        complain(tb->file, line,
                 "%.*s is a table of room %.*s, which is not in the DEPS of %.*s; add it there or "
                 "drop the reference",
                 STR_FMT(name), STR_FMT(target->room->name), STR_FMT(tb->room->name));
    if (!tok_is(&t->v[at + 2], "(")) {
        complain(tb->file, line, "the reference names no column; write %.*s(id)", STR_FMT(name));
        return;
    }
    check_pairs(tb, target, t, item, at);
}

static void key_columns_not_null(struct table *tb, const struct toks *t, struct span item)
{
    if (!ddl_has(t, item, "PRIMARY", "KEY")) return;
    size_t open = item.from;
    while (open < item.to && !tok_is(&t->v[open], "("))
        open++;
    for (size_t i = open + 1; i < item.to; i++) {
        struct column *c = table_column(tb, t->v[i].s);
        if (c) c->is_nullable = false;
    }
}

static void add_view(struct model *m, struct room *room, const struct stmt *s, const struct toks *t)
{
    size_t at = 1;
    while (at < 4 && !tok_is(&t->v[at], "VIEW"))
        at++;
    if (at == 4 || !tok_is(&t->v[0], "CREATE")) return;
    *PUSH(&m->tables) = (struct table){.name = t->v[at + 1].s,
                                       .room = room,
                                       .file = s->file,
                                       .line = s->line,
                                       .is_view = true,
                                       .body = *t};
}

void model_add_table(struct model *m, struct room *room, const struct stmt *s)
{
    struct toks t = both_parts(s);
    struct create_table ct;
    if (t.n < 4) return;
    if (!ddl_is_create_table(&t, &ct)) {
        add_view(m, room, s, &t);
        return;
    }
    const struct table *old = model_table(m, ct.name);
    if (old)
        complain(s->file, s->line, "the table %.*s is already defined at %s:%d; take another name",
                 STR_FMT(ct.name), old->file, old->line);
    struct table tb = {.name = ct.name, .room = room, .file = s->file, .line = s->line};
    for (size_t i = 0; i < ct.items.n; i++)
        if (!ddl_is_constraint(&t, ct.items.v[i])) add_column(m, &tb, &t, ct.items.v[i]);
    for (size_t i = 0; i < ct.items.n; i++) {
        if (ddl_is_constraint(&t, ct.items.v[i])) key_columns_not_null(&tb, &t, ct.items.v[i]);
        check_reference(m, &tb, &t, ct.items.v[i]);
    }
    *PUSH(&m->tables) = tb;
}

/* A schema says what is; only CREATE belongs there. */
static void check_statement(const struct stmt *s)
{
    struct toks shared = {};
    for (size_t i = 0; i < s->all.n; i++)
        if (s->all.v[i].part == PART_BOTH) *PUSH(&shared) = s->all.v[i];
    if (shared.n < 3) return; /* an engine's own statement */
    if (!tok_is(&shared.v[0], "CREATE")) {
        complain(s->file, s->line, "a schema only creates; put %.*s into a migration",
                 STR_FMT(shared.v[0].s));
        return;
    }
    bool is_known = tok_is(&shared.v[1], "TABLE") || tok_is(&shared.v[1], "INDEX") ||
                    tok_is(&shared.v[1], "VIEW") ||
                    (tok_is(&shared.v[1], "UNIQUE") && tok_is(&shared.v[2], "INDEX"));
    if (!is_known)
        complain(s->file, s->line,
                 "CREATE %.*s is not the same on both engines; write it twice, after `-- sqlite:` "
                 "and `-- pg:`, and end with `-- both:`",
                 STR_FMT(shared.v[1].s));
}

static void read_schema(struct room *r)
{
    const char *path = path_join(r->dir, "schema.sql");
    struct str text;
    if (!read_file(path, &text)) return; /* a room may own no table */
    stmts_read(path, text, &r->stmts);
}

void model_read(struct model *m, const char *rooms_dir, const char *app_dir)
{
    read_deps(m, rooms_dir);
    find_unlisted(m, rooms_dir);
    if (complaints) return; /* the order would be wrong, and every reference with it */
    struct room *app = add_room(m, STR("app"), app_dir, 0);
    app->is_app = true;
    memmove(m->rooms.v + 1, m->rooms.v, (m->rooms.n - 1) * sizeof *m->rooms.v);
    m->rooms.v[0] = app;
    for (size_t i = 0; i < m->rooms.n; i++)
        read_schema(m->rooms.v[i]);
    for (size_t i = 0; i < m->rooms.n; i++)
        for (size_t k = 0; k < m->rooms.v[i]->stmts.n; k++)
            model_add_ids(m, &m->rooms.v[i]->stmts.v[k], false);
    for (size_t i = 0; i < m->rooms.n; i++)
        for (size_t k = 0; k < m->rooms.v[i]->stmts.n; k++) {
            const struct stmt *s = &m->rooms.v[i]->stmts.v[k];
            check_statement(s);
            subset_check(s->file, &s->all);
            model_add_table(m, m->rooms.v[i], s);
        }
}
