/* pango.c — what Pango and cairo alone need for a page: the lines of a text file, each laid out and drawn on A4 by
 * the same two faces as Sarn's papers (every fourth line is bold), into a PDF that is thrown away. A form feed begins
 * a new page. pango TEXT FACE BOLD SECONDS prints papers a second, made in one warm process. */
#include <cairo-pdf.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static cairo_status_t count(void *closure, const unsigned char *bytes, unsigned int n)
{
    (void)bytes;
    *(size_t *)closure += n;
    return CAIRO_STATUS_SUCCESS;
}

static size_t paper(const char *text, PangoFontDescription *const faces[2])
{
    size_t size = 0, nth = 0;
    double y = 56;
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(count, &size, 595, 842);
    cairo_t *cr = cairo_create(surface);
    PangoLayout *layout = pango_cairo_create_layout(cr);
    pango_layout_set_width(layout, 482 * PANGO_SCALE);
    for (const char *line = text; *line != '\0';) {
        size_t n = strcspn(line, "\n\f");
        int height = 0;
        if (n > 0) {
            pango_layout_set_font_description(layout, faces[nth++ % 4 == 0]);
            pango_layout_set_text(layout, line, (int)n);
            pango_layout_get_size(layout, NULL, &height);
            cairo_move_to(cr, 56, y);
            pango_cairo_show_layout(cr, layout);
            y += (double)height / PANGO_SCALE;
        }
        line += n;
        if (*line == '\f' || y > 760) {
            cairo_show_page(cr);
            y = 56;
        }
        line += *line != '\0';
    }
    g_object_unref(layout);
    cairo_destroy(cr);
    cairo_surface_finish(surface);
    cairo_surface_destroy(surface);
    return size;
}

int main(int argc, char **argv)
{
    gchar *text = NULL;
    if (argc != 5 || !g_file_get_contents(argv[1], &text, NULL, NULL)) return 2;
    for (int i = 2; i < 4; i++)
        if (!FcConfigAppFontAddFile(FcConfigGetCurrent(), (const FcChar8 *)argv[i])) return 1;
    PangoFontDescription *faces[2] = {pango_font_description_from_string("Sarabun 12"), pango_font_description_from_string("Sarabun Bold 12")};
    double begun = now(), seconds = (double)strtol(argv[4], NULL, 10);
    long n = 0;
    size_t size = 0;
    while (now() - begun < seconds) size = paper(text, faces), n++;
    printf("%.2f %zu\n", (double)n / (now() - begun), size);
    for (int i = 0; i < 2; i++) pango_font_description_free(faces[i]);
    g_free(text);
    return 0;
}
