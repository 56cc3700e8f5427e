/* face.c — the face of papers, compiled in and loaded privately.
 *
 * A paper must look the same on every machine: what fonts a server has, or that it has none, must not
 * matter. So fontconfig gets a configuration of ours that reads no file of the system and knows just
 * the two compiled-in files. It wants names of files; they lie in memory (memfd) and are named by
 * /proc/self/fd.
 *
 * The configuration is one a process. Pango's font map belongs to one thread, so each worker makes its
 * own on its first paper.
 */
#include "paper/face.h"

#include <assert.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/arena.h"
#include "paper/faces.h"

#ifdef __SANITIZE_ADDRESS__
/* Fontconfig keeps pointers as distances from the pattern that holds them, so the leak checker does not
 * see that its memory is still in use. What it holds is the two faces and a cache of patterns, bounded. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig.so\n";
}
#endif

static pthread_once_t once = PTHREAD_ONCE_INIT;
static FcConfig *config; /* static: as long as the process; NULL when it could not be made */
static pthread_key_t key;

/* The descriptor stays open as long as the process: its path is what fontconfig remembers. */
static bool add_file(FcConfig *c, const struct faces_file *f)
{
    int fd = memfd_create(f->name, MFD_CLOEXEC);
    if (fd < 0) return false;
    size_t n = (size_t)(f->end - f->begin);
    for (size_t at = 0; at < n;) {
        ssize_t wrote = write(fd, f->begin + at, n - at);
        if (wrote <= 0) {
            close(fd);
            return false;
        }
        at += (size_t)wrote;
    }
    char path[40];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    return FcConfigAppFontAddFile(c, (const FcChar8 *)path);
}

static void face_free(void *p)
{
    struct face *f = p;
    if (f->font) g_object_unref(f->font);
    if (f->context) g_object_unref(f->context);
    if (f->map) g_object_unref(f->map);
    g_free(f);
}

static void make_config(void)
{
    bool is_made = pthread_key_create(&key, face_free) == 0;
    assert(is_made);
    FcConfig *c = FcConfigCreate();
    if (c == NULL) return;
    for (size_t i = 0; i < nfaces_files; i++) {
        if (!add_file(c, &faces_files[i])) {
            FcConfigDestroy(c);
            return;
        }
    }
    /* Pango asks fontconfig to begin with what the system has, unless there is one already. */
    if (FcConfigSetCurrent(c)) config = c;
}

/* Exact outlines and widths: hints are for screens and would differ by version of FreeType. */
static void set_options(PangoContext *context)
{
    cairo_font_options_t *o = cairo_font_options_create();
    cairo_font_options_set_hint_style(o, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(o, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(o, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(context, o);
    cairo_font_options_destroy(o);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(context, pango_language_from_string("th"));
    pango_context_set_base_dir(context, PANGO_DIRECTION_LTR);
}

static struct face *face_new(void)
{
    struct face *f = g_new0(struct face, 1);
    f->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    if (f->map == NULL) {
        face_free(f);
        return NULL;
    }
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(f->map), config);
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(f->map), 72);
    f->context = pango_font_map_create_context(f->map);
    set_options(f->context);
    PangoFontDescription *d = pango_font_description_from_string(FACE_FAMILY " 12");
    f->font = pango_context_load_font(f->context, d);
    pango_font_description_free(d);
    if (f->font == NULL) {
        face_free(f);
        return NULL;
    }
    return f;
}

enum err face_get(struct face **ret)
{
    pthread_once(&once, make_config);
    if (config == NULL) return err_note(ERR_INTERNAL, "the face of papers could not be loaded");
    struct face *f = pthread_getspecific(key);
    if (f == NULL) {
        f = face_new();
        if (f == NULL) return err_note(ERR_INTERNAL, "no font map for papers");
        pthread_setspecific(key, f);
    }
    *ret = f;
    return ERR_OK;
}
