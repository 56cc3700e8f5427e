/* main.c — htmlc's command line. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "htmlc.h"

static const char usage_text[] =
    "htmlc template --in F.html --out-c F.c --out-h F.h --messages messages.tsv\n"
    "htmlc messages --in messages.tsv --out-h msg_keys.h --out-c msg_table.c\n"
    "htmlc unused --messages messages.tsv --src DIR…   prints keys that nothing uses; exit 1 if "
    "any\n";

__attribute__((noreturn)) static void usage(const char *what)
{
    fprintf(stderr, "htmlc: %s\n%s", what, usage_text);
    exit(2);
}

struct options {
    const char *in, *out_c, *out_h, *messages;
    char **src;
    int nsrc;
};

static const char **option_place(struct options *o, const char *name)
{
    if (strcmp(name, "--in") == 0) return &o->in;
    if (strcmp(name, "--out-c") == 0) return &o->out_c;
    if (strcmp(name, "--out-h") == 0) return &o->out_h;
    if (strcmp(name, "--messages") == 0) return &o->messages;
    return NULL;
}

static struct options read_options(int argc, char **argv)
{
    struct options o = {0};
    for (int i = 2; i < argc; i++) {
        if (strcmp(argv[i], "--src") == 0) {
            o.src = argv + i + 1;
            while (i + 1 < argc && strncmp(argv[i + 1], "--", 2) != 0)
                i++, o.nsrc++;
            continue;
        }
        const char **place = option_place(&o, argv[i]);
        if (!place || i + 1 == argc) usage(argv[i]);
        *place = argv[++i];
    }
    return o;
}

static bool is_command(char **argv, const char *name)
{
    return strcmp(argv[1], name) == 0;
}

int main(int argc, char **argv)
{
    if (argc < 2) usage("what to do?");
    struct options o = read_options(argc, argv);
    bool has_out = o.in && o.out_c && o.out_h;
    if (is_command(argv, "template") && has_out && o.messages) {
        struct catalogue msgs = catalogue_read(o.messages);
        template_compile(o.in, o.out_c, o.out_h, &msgs);
        return 0;
    }
    if (is_command(argv, "messages") && has_out) {
        struct catalogue msgs = catalogue_read(o.in);
        catalogue_emit(&msgs, o.out_h, o.out_c);
        return 0;
    }
    if (is_command(argv, "unused") && o.messages && o.nsrc > 0) {
        struct catalogue msgs = catalogue_read(o.messages);
        return catalogue_print_unused(&msgs, o.src, o.nsrc) ? 1 : 0;
    }
    usage("these options do not fit together");
}
