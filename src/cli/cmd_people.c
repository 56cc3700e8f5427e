/* cmd_people.c — user and token: people, their grants and their API tokens from the command line, for the
 * first administrator and for scripts. */
#include <stdio.h>
#include <termios.h>
#include <unistd.h>

#include "cli/cli.h"
#include "rooms/account/account.h"

#define PEOPLE_PAGE  200
#define LINE_MAX_    512
#define ARENA_MAX    ((size_t)64 << 20)
#define GRANTS_SHOWN 40

struct people { /* one run of a sub-command */
    const struct options *o;
    struct arena *arena;
    struct str hash;     /* of the new password */
    struct str secret;   /* of a new token */
    struct account_id account;
    struct account_grant grant;
    struct opt_date to;
    bool had_totp;       /* a second step that went with the old password */
};

static struct actor by_command(void)
{
    return actor_system("system:command");
}

/* ---- asking ---- */

/* One line of stdin without its end; false when there is none. */
static bool read_line(char *out, size_t size)
{
    if (fgets(out, (int)size, stdin) == NULL) return false;
    out[strcspn(out, "\r\n")] = '\0';
    return true;
}

static bool ask_hidden(const char *what, char *out, size_t size)
{
    struct termios old, quiet;
    if (tcgetattr(STDIN_FILENO, &old) != 0) return false;
    quiet = old;
    quiet.c_lflag &= ~(tcflag_t)ECHO;
    fprintf(stderr, "%s: ", what);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
    bool is_read = read_line(out, size);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &old);
    fprintf(stderr, "\n");
    return is_read;
}

/* Typed twice at a terminal, the first line of stdin otherwise. */
static bool ask_password(struct arena *a, struct str *ret)
{
    char once[LINE_MAX_] = "", again[LINE_MAX_] = "";
    if (!isatty(STDIN_FILENO)) {
        if (!read_line(once, sizeof once)) {
            fprintf(stderr, "sarn: no password: write it as the first line of the input\n");
            return false;
        }
    } else if (!ask_hidden("password", once, sizeof once) || !ask_hidden("the same again", again, sizeof again) ||
               strcmp(once, again) != 0) {
        fprintf(stderr, "sarn: the two passwords are not the same; nothing was done\n");
        return false;
    }
    *ret = str_copy(a, str_of(once));
    return true;
}

static int say_password_fault(enum account_password_fault fault)
{
    static const char *const words[] = {
        [ACCOUNT_PASSWORD_SHORT] = "the password is too short: ten letters at least",
        [ACCOUNT_PASSWORD_LONG] = "the password is too long: 200 letters at most",
        [ACCOUNT_PASSWORD_COMMON] = "this password is one that everybody tries first; choose another",
        [ACCOUNT_PASSWORD_LOGIN] = "the password must not be the login",
    };
    fprintf(stderr, "sarn: %s\n", words[fault]);
    return EXIT_WRONG;
}

/* Asks, checks, and reckons the hash before any transaction begins. */
static int new_hash(struct people *p)
{
    struct str password;
    if (!ask_password(p->arena, &password)) return EXIT_WRONG;
    enum account_password_fault fault = account_password_fault(p->arena, str_of(p->o->words[1]), password);
    if (fault != ACCOUNT_PASSWORD_GOOD) return say_password_fault(fault);
    enum err e = account_password_hash(p->arena, password, &p->hash);
    return e == ERR_OK ? EXIT_GOOD : cli_fail("password", e);
}

/* ---- the grant of --role, --scope, --from, --to ---- */

static int say_roles(const char *role)
{
    fprintf(stderr, "sarn: there is no role '%s'; there are:", role);
    for (int r = 1; r < ROLE_COUNT; r++)
        fprintf(stderr, " %s", role_code((enum role)r));
    fprintf(stderr, "\n");
    return EXIT_WRONG;
}

static int read_day(const char *option, const char *text, struct date *ret)
{
    if (date_parse_iso(str_of(text), ret) == ERR_OK) return EXIT_GOOD;
    fprintf(stderr, "sarn: %s %s is no date; write YYYY-MM-DD\n", option, text);
    return EXIT_USAGE;
}

static int read_grant(struct people *p)
{
    struct str kind, code = str_of(p->o->scope);
    struct account_grant *g = &p->grant;
    if (role_of(str_of(p->o->role), &g->role) != ERR_OK) return say_roles(p->o->role);
    if (!str_split(&code, ':', &kind) || scope_kind_of(kind, &g->kind) != ERR_OK || str_is_empty(code)) {
        fprintf(stderr, "sarn: --scope %s is none; write fund:D0001, district:1203, province:12, region:R4, nation:TH "
                        "or org:O12\n", p->o->scope);
        return EXIT_WRONG;
    }
    g->code = code;
    g->from = clock_today();
    if (p->o->from != NULL && read_day("--from", p->o->from, &g->from) != EXIT_GOOD) return EXIT_USAGE;
    if (p->o->to == NULL) return EXIT_GOOD;
    g->to.has = true;
    return read_day("--to", p->o->to, &g->to.v);
}

static int grant_failed(const struct people *p, enum err e)
{
    if (e == ERR_NOT_FOUND)
        fprintf(stderr, "sarn: there is no %s %.*s\n", scope_code(p->grant.kind), STR_FMT(p->grant.code));
    else if (e == ERR_INPUT && p->grant.to.has && date_cmp(p->grant.to.v, p->grant.from) < 0)
        fprintf(stderr, "sarn: --to is before --from\n");
    else if (e == ERR_INPUT)
        fprintf(stderr, "sarn: a %s cannot stand on a %s\n", role_code(p->grant.role), scope_code(p->grant.kind));
    else
        return cli_fail("grant", e);
    return EXIT_WRONG;
}

static enum err act_grant(struct db *db, struct arena *a, void *ctx)
{
    struct people *p = ctx;
    struct actor by = by_command();
    struct account_grant_id id;
    return account_grant_add(db, a, &by, &p->grant, &id);
}

/* ---- user ---- */

static enum err act_add(struct db *db, struct arena *a, void *ctx)
{
    struct people *p = ctx;
    struct actor by = by_command();
    struct account_new n = {
        .login = str_of(p->o->words[1]), .name = str_of(p->o->name), .password_hash = p->hash};
    return account_add(db, a, &by, &n, &p->grant.account);
}

static enum err act_add_granted(struct db *db, struct arena *a, void *ctx)
{
    enum err e = act_add(db, a, ctx);
    if (e == ERR_INPUT) return ERR_REFUSED; /* told apart from a grant that cannot be */
    TRY(e);
    return act_grant(db, a, ctx);
}

static int user_add(struct db *db, struct people *p)
{
    if (p->o->name == NULL || (p->o->role == NULL) != (p->o->scope == NULL)) {
        fprintf(stderr, "sarn: user add wants --name NAME, and --role and --scope together or neither\n");
        return EXIT_USAGE;
    }
    int code = p->o->role == NULL ? EXIT_GOOD : read_grant(p);
    if (code == EXIT_GOOD) code = new_hash(p);
    if (code != EXIT_GOOD) return code;
    enum err e = cli_write(db, p->o->role == NULL ? act_add : act_add_granted, p);
    if (e == ERR_CONFLICT) {
        fprintf(stderr, "sarn: the login %s is taken\n", p->o->words[1]);
        return EXIT_WRONG;
    }
    if (e == ERR_REFUSED || (e == ERR_INPUT && p->o->role == NULL)) {
        fprintf(stderr, "sarn: %s is no login (or --name is empty): a login is 3 to 60 of a-z 0-9 . _ -, an e-mail "
                        "or a phone number\n", p->o->words[1]);
        return EXIT_WRONG;
    }
    if (e != ERR_OK) return p->o->role == NULL ? cli_fail("user add", e) : grant_failed(p, e);
    printf("added %s\n", p->o->words[1]);
    return EXIT_GOOD;
}

static int user_grant(struct db *db, struct people *p)
{
    if (p->o->role == NULL || p->o->scope == NULL) {
        fprintf(stderr, "sarn: user grant wants --role R and --scope KIND:CODE\n");
        return EXIT_USAGE;
    }
    int code = read_grant(p);
    if (code != EXIT_GOOD) return code;
    p->grant.account = p->account;
    enum err e = cli_write(db, act_grant, p);
    if (e != ERR_OK) return grant_failed(p, e);
    printf("granted\n");
    return EXIT_GOOD;
}

static enum err act_end(struct db *db, struct arena *a, void *ctx)
{
    struct people *p = ctx;
    struct actor by = by_command();
    struct account_grant_seen *rows = NULL;
    size_t n = 0;
    TRY(account_grant_list(db, a, p->account, GRANTS_SHOWN, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (rows[i].id.v == p->o->grant)
            return account_grant_end(db, a, &by, rows[i].id, date_add_days(clock_today(), -1));
    return ERR_NOT_FOUND;
}

static int user_end(struct db *db, struct people *p)
{
    enum err e = cli_write(db, act_end, p);
    if (e == ERR_NOT_FOUND) {
        fprintf(stderr, "sarn: %s has no grant %lld; 'sarn user list' shows them\n", p->o->words[1],
                (long long)p->o->grant);
        return EXIT_WRONG;
    }
    if (e != ERR_OK) return cli_fail("user end", e);
    printf("ended\n");
    return EXIT_GOOD;
}

static enum err act_password(struct db *db, struct arena *a, void *ctx)
{
    struct people *p = ctx;
    struct actor by = by_command();
    TRY(account_totp_lost(db, a, &by, p->account, &p->had_totp));
    return account_password_set(db, a, &by, p->account, p->hash, 0);
}

static int user_password(struct db *db, struct people *p)
{
    int code = new_hash(p);
    if (code != EXIT_GOOD) return code;
    enum err e = cli_write(db, act_password, p);
    if (e != ERR_OK) return cli_fail("user password", e);
    printf("changed; every session of %s has ended\n", p->o->words[1]);
    if (p->had_totp) printf("the code from the telephone is switched off; it can be switched on again at /me\n");
    return EXIT_GOOD;
}

static enum err act_erase(struct db *db, struct arena *a, void *ctx)
{
    struct people *p = ctx;
    struct actor by = by_command();
    return account_erase(db, a, &by, p->account);
}

/* It cannot be undone, so the login is to be typed once more. */
static int user_erase(struct db *db, struct people *p)
{
    char again[LINE_MAX_] = "";
    fprintf(stderr, "This erases the personal data of %s for good. Type the login again: ", p->o->words[1]);
    if (!read_line(again, sizeof again) || strcmp(again, p->o->words[1]) != 0) {
        fprintf(stderr, "\nsarn: not the same login; nothing was done\n");
        return EXIT_WRONG;
    }
    enum err e = cli_write(db, act_erase, p);
    if (e != ERR_OK) return cli_fail("user erase", e);
    printf("erased\n");
    return EXIT_GOOD;
}

static void print_day(const char *before, struct date d)
{
    printf("%s%04d-%02d-%02d", before, d.year, d.month, d.day);
}

static enum err print_person(struct db *db, struct arena *a, const struct account_seen *who)
{
    struct account_grant_seen *rows = NULL;
    size_t n = 0;
    TRY(account_grant_list(db, a, who->id, GRANTS_SHOWN, &rows, &n));
    printf("%lld\t%.*s\t%.*s\t%.*s\n", (long long)who->id.v, STR_FMT(who->login), STR_FMT(who->name),
           STR_FMT(who->state));
    for (size_t i = 0; i < n; i++) {
        printf("\tgrant %lld\t%.*s\t%.*s:%.*s", (long long)rows[i].id.v, STR_FMT(rows[i].role), STR_FMT(rows[i].kind),
               STR_FMT(rows[i].code));
        print_day("\tfrom ", rows[i].from);
        if (rows[i].to.has) print_day(" to ", rows[i].to.v);
        printf("\n");
    }
    return ERR_OK;
}

static enum err print_people(struct db *db, struct arena *a)
{
    struct account_id after = {0};
    for (;;) {
        struct account_seen *rows = NULL;
        size_t n = 0;
        TRY(account_list(db, a, after, PEOPLE_PAGE, &rows, &n));
        for (size_t i = 0; i < n; i++)
            TRY(print_person(db, a, &rows[i]));
        if (n < PEOPLE_PAGE) return ERR_OK;
        after = rows[n - 1].id;
        arena_reset(a);
    }
}

static int user_list(struct db *db, struct people *p)
{
    enum err e = db_begin(db, DB_TXN_READ);
    if (e == ERR_OK) {
        e = print_people(db, p->arena);
        db_rollback(db);
    }
    return e == ERR_OK ? EXIT_GOOD : cli_fail("user list", e);
}

/* ---- token ---- */

static enum err act_token(struct db *db, struct arena *a, void *ctx)
{
    struct people *p = ctx;
    struct actor by = by_command();
    struct str secret;
    TRY(account_token_add(db, a, &by, p->account, (struct account_grant_id){p->o->grant}, STR("sarn token"), p->o->days,
                          &secret));
    p->secret = str_copy(p->arena, secret);
    return ERR_OK;
}

/* Prints the token and nothing else: TOKEN=$(sarn token add …). */
static int token_add(struct db *db, struct people *p)
{
    if (p->o->days < 1) {
        fprintf(stderr, "sarn: token add wants --user LOGIN --days N\n");
        return EXIT_USAGE;
    }
    enum err e = cli_write(db, act_token, p);
    if (e == ERR_INPUT) {
        fprintf(stderr, "sarn: --days %lld is too long; ten years at most\n", (long long)p->o->days);
        return EXIT_WRONG;
    }
    if (e == ERR_NOT_FOUND) {
        fprintf(stderr, "sarn: %s has no grant %lld\n", p->o->user, (long long)p->o->grant);
        return EXIT_WRONG;
    }
    if (e != ERR_OK) return cli_fail("token add", e);
    printf("%.*s\n", STR_FMT(p->secret));
    return EXIT_GOOD;
}

static int token_list(struct db *db, struct people *p)
{
    struct account_token_seen *rows = NULL;
    size_t n = 0;
    enum err e = db_begin(db, DB_TXN_READ);
    if (e == ERR_OK) {
        e = account_token_list(db, p->arena, p->account, PEOPLE_PAGE, &rows, &n);
        db_rollback(db);
    }
    if (e != ERR_OK) return cli_fail("token list", e);
    for (size_t i = 0; i < n; i++) {
        bool is_open = !rows[i].ended_at.has && rows[i].expires_at.v > clock_now().v;
        printf("%lld\t%.*s", (long long)rows[i].id.v, STR_FMT(rows[i].name));
        print_day("\tuntil ", instant_date(rows[i].expires_at));
        printf("\t%s\n", is_open ? "open" : "ended");
    }
    return EXIT_GOOD;
}

static enum err act_token_end(struct db *db, struct arena *a, void *ctx)
{
    struct people *p = ctx;
    struct actor by = by_command();
    int64_t id = 0;
    TRY(str_to_int(str_of(p->o->words[1]), &id));
    return account_token_close(db, a, &by, p->account, (struct account_token_id){id});
}

static int token_end(struct db *db, struct people *p)
{
    enum err e = cli_write(db, act_token_end, p);
    if (e == ERR_NOT_FOUND || e == ERR_INPUT) {
        fprintf(stderr, "sarn: %s has no open token %s\n", p->o->user, p->o->words[1]);
        return EXIT_WRONG;
    }
    if (e != ERR_OK) return cli_fail("token end", e);
    printf("ended\n");
    return EXIT_GOOD;
}

/* ---- which ---- */

struct verb {
    const char *name;
    int words; /* with the verb itself */
    int (*run)(struct db *db, struct people *p);
    bool is_new; /* the person is not there yet, or not asked for */
};

static int run_verb(const struct options *o, const char *command, const char *login, const struct verb *v)
{
    struct people p = {.o = o, .arena = arena_new(ARENA_MAX)};
    struct db *db = cli_open(o->db, DB_READ_WRITE, CLI_CURRENT);
    int code = EXIT_WRONG;
    enum err e = ERR_OK;
    if (db != NULL && !v->is_new) {
        e = db_begin(db, DB_TXN_READ);
        if (e == ERR_OK) {
            e = account_find_login(db, p.arena, str_of(login), &p.account);
            db_rollback(db);
        }
    }
    if (e == ERR_NOT_FOUND)
        fprintf(stderr, "sarn: there is nobody with the login %s\n", login);
    else if (e != ERR_OK)
        cli_fail(command, e);
    else if (db != NULL)
        code = v->run(db, &p);
    if (db != NULL) db_close(db);
    arena_free(p.arena);
    return code;
}

static const struct verb *find_verb(const struct verb *verbs, size_t n, const struct options *o)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(verbs[i].name, o->words[0]) == 0 && verbs[i].words == o->nwords) return &verbs[i];
    return NULL;
}

int cmd_user(const struct options *o)
{
    static const struct verb verbs[] = {
        {"add", 2, user_add, true},  {"list", 1, user_list, true},           {"grant", 2, user_grant, false},
        {"end", 2, user_end, false}, {"password", 2, user_password, false}, {"erase", 2, user_erase, false},
    };
    const struct verb *v = find_verb(verbs, sizeof verbs / sizeof verbs[0], o);
    if (v != NULL) return run_verb(o, "user", o->words[1], v);
    fprintf(stderr, "sarn: usage: sarn user add|grant|end|password|erase LOGIN … or sarn user list\n");
    return EXIT_USAGE;
}

int cmd_token(const struct options *o)
{
    static const struct verb verbs[] = {
        {"add", 1, token_add, false}, {"list", 1, token_list, false}, {"end", 2, token_end, false}};
    const struct verb *v = find_verb(verbs, sizeof verbs / sizeof verbs[0], o);
    if (v != NULL && o->user != NULL) return run_verb(o, "token", o->user, v);
    fprintf(stderr, "sarn: usage: sarn token add|list --user LOGIN … or sarn token end ID --user LOGIN\n");
    return EXIT_USAGE;
}
