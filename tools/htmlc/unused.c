/* unused.c — sentences that nobody says: keys of the catalogue that no source file uses. */
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "htmlc.h"

static bool has_suffix(const char *z, const char *suffix)
{
    size_t n = strlen(z), m = strlen(suffix);
    return n >= m && strcmp(z + n - m, suffix) == 0;
}

static void use(struct catalogue *c, const char *p, size_t n)
{
    struct message *m = catalogue_find(c, copy_n(p, n));
    if (m) m->is_used = true;
}

/* MSG_key, wherever it stands; a bare word counts too in .def tables, which paste MSG_ before it. */
static void use_words(struct catalogue *c, const char *z, bool bare)
{
    while (*z) {
        size_t n = 0;
        while (is_word(z[n]))
            n++;
        if (n > 4 && memcmp(z, "MSG_", 4) == 0)
            use(c, z + 4, n - 4);
        else if (n > 0 && bare)
            use(c, z, n);
        z += n ? n : 1;
    }
}

/* t "key" in a template. */
static void use_quoted(struct catalogue *c, const char *z)
{
    for (const char *p = z; (p = strchr(p, '"')) != NULL; p++) {
        const char *q = p;
        while (q > z && is_blank(q[-1]))
            q--;
        size_t n = 0;
        while (is_word(p[1 + n]))
            n++;
        bool is_t = q - z >= 2 && q[-1] == 't' && !is_word(q[-2]);
        if (is_t && p[1 + n] == '"') use(c, p + 1, n);
    }
}

static void read_dir(struct catalogue *c, const char *dir);

static void read_path(struct catalogue *c, const char *path)
{
    struct stat st;
    if (stat(path, &st) != 0) return;
    if (S_ISDIR(st.st_mode)) {
        read_dir(c, path);
        return;
    }
    bool is_def = has_suffix(path, ".def");
    if (has_suffix(path, ".html"))
        use_quoted(c, file_read(path).p);
    else if (is_def || has_suffix(path, ".c") || has_suffix(path, ".h"))
        use_words(c, file_read(path).p, is_def);
}

static void read_dir(struct catalogue *c, const char *dir)
{
    DIR *d = opendir(dir);
    where = (struct where){dir, 0};
    if (!d) fail("cannot be opened");
    for (struct dirent *e; (e = readdir(d)) != NULL;) {
        if (e->d_name[0] == '.') continue;
        struct text path = {0};
        text_printf(&path, "%s/%s", dir, e->d_name);
        read_path(c, path.p);
    }
    closedir(d);
}

bool catalogue_print_unused(struct catalogue *c, char **dirs, int ndirs)
{
    bool any = false;
    for (int i = 0; i < ndirs; i++)
        read_dir(c, dirs[i]);
    for (size_t i = 0; i < c->n; i++) {
        if (c->rows[i].is_used) continue;
        any = true;
        printf("%s:%d: \"%s\" is never used\n", c->file, c->rows[i].line, c->rows[i].key);
    }
    return any;
}
