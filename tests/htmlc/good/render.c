/* render.c — prints the golden pages: without an argument their names, with one that page. */
#include <stdio.h>

#include "blanks.h"
#include "layout.h"
#include "list.h"

static const struct row rows[] = {
    {{STR("/funds/L1?a=1&b=2")},
     STR("<b>ก & \"ข\" 'ค'</b>"),
     STR("L\"1"),
     {true, {123456750}},
     {true, 1234},
     ROW_BIG},
    {{STR("/funds/L2")}, STR(""), STR("L2"), {false, {0}}, {false, 0}, ROW_PLAIN},
};

static struct list_view view(void)
{
    return (struct list_view){
        .title = STR("เกาะ<แต้ว>"),
        .query = STR("\"><script>alert(1)</script> ก/&"),
        .memo = STR("\nสอง </textarea></pre>"),
        .rows = rows,
        .nrows = 2,
        .fy = {2569},
        .on = {2026, 11, 22},
        .has_filter = true,
        .chart = html_made(STR("<svg></svg>")),
        .selected = 0,
    };
}

static void list_th(struct buf *out, struct page *pg)
{
    struct list_view v = view();
    list_page_html(out, pg, &v);
}

static void list_en(struct buf *out, struct page *pg)
{
    pg->lang = LANG_EN;
    list_th(out, pg);
}

static void list_empty(struct buf *out, struct page *pg)
{
    struct list_view v = view();
    v.nrows = 0;
    v.has_filter = false;
    list_page_html(out, pg, &v);
}

static void layout(struct buf *out, struct page *pg)
{
    layout_begin_html(out, pg, STR("</title><b>"));
    layout_end_html(out, pg);
}

static void blanks(struct buf *out, struct page *pg)
{
    struct list_view v = view();
    v.selected = 3;
    blanks_html(out, pg, &v);
}

static const struct {
    const char *name;
    void (*print)(struct buf *out, struct page *pg);
} pages[] = {
    {"list_th", list_th}, {"list_en", list_en}, {"list_empty", list_empty},
    {"layout", layout},   {"blanks", blanks},
};

int main(int argc, char **argv)
{
    struct arena *a = arena_new((size_t)1 << 20);
    struct page pg = {.lang = LANG_TH, .arena = a};
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        if (argc < 2) puts(pages[i].name);
        if (argc < 2 || strcmp(argv[1], pages[i].name) != 0) continue;
        struct buf out = buf_in(a, (size_t)1 << 19);
        pages[i].print(&out, &pg);
        fwrite(out.p, 1, out.n, stdout);
        putchar('\n');
    }
    arena_free(a);
    return 0;
}
