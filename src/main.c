/* main.c — the program: one name, its sub-commands. `sarn help` lists them. */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "image/image.h"

static int cmd_help(const struct options *o);
static int cmd_version(const struct options *o);
static int cmd_image_helper(const struct options *o);

static const struct command commands[] = {
    {"serve", "[--listen ADDR:PORT] [--workers N] [--proxy ADDR] [--no-rate-limit] [--today DAY] [--demo-public] [--no-sandbox]",
     "serve the pages and the JSON doors", "--db --listen --workers --proxy --no-rate-limit --today --files --demo-public --no-sandbox", 0,
     0, cmd_serve},
    {"init", "", "make a database: schema, reference data, the real funds", "--db", 0, 0, cmd_init},
    {"demo", "[--seed N] [--today YYYY-MM-DD] [--scale national [--funds N] [--years N]]",
     "add the demo's invented funds, marked on every page; national: thousands, for twenty years, to measure with",
     "--db --seed --today --scale --funds --years", 0, 0, cmd_demo},
    {"import", "funds FILE --fy N [--dry-run] [--partial]",
     "take funds and fund-years from a TSV, CSV or XLSX file", "--db --fy --dry-run --partial", 2, 2,
     cmd_import},
    {"export", "funds FILE.csv --fy N | projects FILE.csv [--fy N] | ledger --fund CODE --fy N FILE.csv | chain --fund CODE FILE.tsv | heads FILE",
     "write funds and their fund-year, what is public of projects, a fund's books, their chain, or every chain's head", "--db --fy --fund", 2, 2,
     cmd_export},
    {"verify", "[--ledger] [--heads FILE]",
     "recompute every book and figure from its sources and name each difference; --heads: as exported before",
     "--db --ledger --heads --files", 0, 0, cmd_verify},
    {"backup", "FILE.zip", "write an archive that either database engine can restore", "--db --files", 1, 1,
     cmd_backup},
    {"restore", "FILE.zip", "fill an empty database from an archive", "--db --files", 1, 1, cmd_restore},
    {"sweep", "", "remove files that nothing has used for a day", "--db --files", 0, 0, cmd_sweep},
    {"migrate", "[--check]", "bring the schema up to this program; --check only tells", "--db --check",
     0, 0, cmd_migrate},
    {"user", "add|list|grant|end|password|erase [LOGIN] [--name N] [--role R --scope KIND:CODE] [--from D] [--to D] [--grant ID]",
     "people and their roles; a password is typed twice, or the first line of the input",
     "--db --name --role --scope --from --to --grant", 1, 2, cmd_user},
    {"token", "add|list|end [ID] --user LOGIN [--days N] [--grant ID]",
     "API tokens; add prints the token and nothing else", "--db --user --days --grant", 1, 2, cmd_token},
    {"image-helper", "", "(started by serve for each photo: standard input to standard output)", "", 0, 0,
     cmd_image_helper},
    {"help", "", "this text", "", 0, 1, cmd_help},
    {"version", "", "the version", "", 0, 0, cmd_version},
};
#define NCOMMANDS (sizeof commands / sizeof commands[0])

static int cmd_help(const struct options *o)
{
    (void)o;
    printf("Sarn (สาน) — local health security funds: money, plans, projects, people, meetings\n\n");
    for (size_t i = 0; i < NCOMMANDS; i++)
        printf("  sarn %s %s\n      %s\n", commands[i].name, commands[i].usage, commands[i].what);
    printf("\n--db PATH or --db postgres://… names the database (default data/sarn.db).\n"
           "--files db|DIR names where photos and papers are kept (default PATH.files, on PostgreSQL db).\n"
           "Options may stand in any order. Exit: 0 good, 1 something is wrong, 2 usage.\n");
    return EXIT_GOOD;
}

static int cmd_version(const struct options *o)
{
    (void)o;
    printf("sarn %s\n", SARN_VERSION);
    return EXIT_GOOD;
}

static int cmd_image_helper(const struct options *o)
{
    (void)o;
    image_helper_main();
}

struct option {
    const char *name;
    const char **text;
    int64_t *number;
    bool *flag;
};

/* Is `name` one of the words of `known`? */
static bool knows(const char *known, const char *name)
{
    struct str rest = str_of(known), one;
    while (str_split(&rest, ' ', &one))
        if (str_eq(one, str_of(name))) return true;
    return false;
}

/* Takes the option at argv[*at] and its value. False: not known, no value, or no number. */
static bool take_option(const struct command *c, struct options *o, int argc, char **argv, int *at)
{
    const struct option all[] = {
        {"--db", &o->db, NULL, NULL},           {"--listen", &o->listen, NULL, NULL},
        {"--proxy", &o->proxy, NULL, NULL},     {"--today", &o->today, NULL, NULL},
        {"--files", &o->files, NULL, NULL},
        {"--workers", NULL, &o->workers, NULL}, {"--fy", NULL, &o->fy, NULL},
        {"--seed", NULL, &o->seed, NULL},       {"--dry-run", NULL, NULL, &o->is_dry_run},
        {"--check", NULL, NULL, &o->is_check},  {"--partial", NULL, NULL, &o->is_partial},
        {"--no-rate-limit", NULL, NULL, &o->no_rate_limit},
        {"--no-sandbox", NULL, NULL, &o->no_sandbox},
        {"--fund", &o->fund, NULL, NULL},       {"--heads", &o->heads, NULL, NULL},
        {"--ledger", NULL, NULL, &o->is_ledger},
        {"--demo-public", NULL, NULL, &o->is_demo_public},
        {"--name", &o->name, NULL, NULL},       {"--role", &o->role, NULL, NULL},
        {"--scope", &o->scope, NULL, NULL},     {"--from", &o->from, NULL, NULL},
        {"--to", &o->to, NULL, NULL},           {"--user", &o->user, NULL, NULL},
        {"--grant", NULL, &o->grant, NULL},     {"--days", NULL, &o->days, NULL},
        {"--scale", &o->scale, NULL, NULL},     {"--funds", NULL, &o->funds, NULL},
        {"--years", NULL, &o->years, NULL},
    };
    const char *name = argv[*at];
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        if (strcmp(all[i].name, name) != 0 || !knows(c->known, name)) continue;
        if (all[i].flag != NULL) return *all[i].flag = true;
        if (++*at >= argc) return false;
        if (all[i].text != NULL) return (*all[i].text = argv[*at]) != NULL;
        return str_to_int(str_of(argv[*at]), all[i].number) == ERR_OK && *all[i].number >= 0;
    }
    return false;
}

static bool read_options(const struct command *c, struct options *o, int argc, char **argv)
{
    for (int i = 2; i < argc; i++) {
        if (argv[i][0] == '-' && argv[i][1] != '\0') {
            if (!take_option(c, o, argc, argv, &i)) return false;
        } else if (o->nwords < 4) {
            o->words[o->nwords++] = argv[i];
        } else {
            return false;
        }
    }
    return o->nwords >= c->min_words && o->nwords <= c->max_words;
}

int main(int argc, char **argv)
{
    struct options o = {.db = "data/sarn.db", .listen = "127.0.0.1:8080", .seed = 1};
    const char *name = argc > 1 ? argv[1] : "help";
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) name = "help";
    if (strcmp(name, "--version") == 0) name = "version";
    for (size_t i = 0; i < NCOMMANDS; i++) {
        if (strcmp(commands[i].name, name) != 0) continue;
        if (read_options(&commands[i], &o, argc, argv)) return commands[i].run(&o);
        fprintf(stderr, "usage: sarn %s%s%s%s\n", name, *commands[i].usage ? " " : "",
                commands[i].usage, knows(commands[i].known, "--db") ? " [--db PATH|postgres://…]" : "");
        return EXIT_USAGE;
    }
    fprintf(stderr, "sarn: there is no '%s'; 'sarn help' lists what there is\n", name);
    return EXIT_USAGE;
}
