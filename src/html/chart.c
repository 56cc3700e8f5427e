/* chart.c — see chart.h. Widths are percents with one decimal, so bars follow their card. */
#include "html/chart.h"

#include <assert.h>

#define CHART_BYTES_MAX ((size_t)256 << 10)
#define COLUMNS_MAX     10

static struct html made(const struct buf *b)
{
    assert(!b->is_full); /* the callers' rows are limited */
    return html_made(buf_str(b));
}

/* value ÷ most in tenths of a percent, 0 … 1000. */
static int64_t tenths(int64_t value, int64_t most)
{
    if (most <= 0 || value <= 0) return 0;
    if (value >= most) return 1000;
    return (int64_t)(((__int128)value * 1000 + most / 2) / most);
}

static void put_percent(struct buf *b, int64_t tenths_of)
{
    buf_printf(b, "%lld.%lld%%", (long long)(tenths_of / 10), (long long)(tenths_of % 10));
}

/* ---- map ---- */

static void put_area(struct buf *b, const struct page *pg, const struct chart_area *area)
{
    BUF_LIT(b, "<a tabindex=\"-1\" href=\"");
    html_url_href(b, pg, area->href);
    buf_printf(b, "\"><path class=\"m%d\" id=\"p", area->class_no);
    html_attr_str(b, pg, area->code);
    BUF_LIT(b, "\" d=\"");
    html_attr_str(b, pg, area->d);
    BUF_LIT(b, "\"><title>");
    html_text_str(b, pg, area->name);
    BUF_LIT(b, " ");
    html_text_str(b, pg, area->value);
    BUF_LIT(b, "</title></path></a>");
}

struct html chart_choropleth(struct arena *a, const struct page *pg, const struct chart_map *map)
{
    struct buf b = buf_in(a, CHART_BYTES_MAX);
    buf_printf(
        &b,
        "<svg class=\"map\" aria-hidden=\"true\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\">",
        map->width, map->height, map->width, map->height);
    for (size_t i = 0; i < map->nareas; i++) {
        assert(map->areas[i].class_no >= 0 && map->areas[i].class_no <= 5);
        put_area(&b, pg, &map->areas[i]);
    }
    BUF_LIT(&b, "</svg>");
    return made(&b);
}

/* ---- bars ---- */

/* The scale's end: the longest bar, and some room behind the target. */
static int64_t bars_most(const struct chart_bars *chart)
{
    int64_t most = chart->target + chart->target / 5;
    if (chart->most > 0) return chart->most;
    for (size_t i = 0; i < chart->nbars; i++)
        if (chart->bars[i].is_known && chart->bars[i].value > most) most = chart->bars[i].value;
    return most;
}

static void put_bar(struct buf *b, const struct page *pg, const struct chart_bar *bar,
                    int64_t target, int64_t most)
{
    static const char *const tones[] = {
        [CHART_PLAIN] = "plain", [CHART_ON_TARGET] = "good", [CHART_BELOW] = "below"};
    bool has_link = !str_is_none(bar->href.path);
    BUF_LIT(b, "<li>");
    if (has_link) {
        BUF_LIT(b, "<a href=\"");
        html_url_href(b, pg, bar->href);
        BUF_LIT(b, "\">");
        html_text_str(b, pg, bar->name);
        BUF_LIT(b, "</a>");
    } else {
        BUF_LIT(b, "<span>");
        html_text_str(b, pg, bar->name);
        BUF_LIT(b, "</span>");
    }
    BUF_LIT(b, "<svg class=\"bar\" aria-hidden=\"true\" width=\"100%\" height=\"16\">");
    if (bar->is_known) { /* an empty track would say: nothing */
        BUF_LIT(b, "<rect class=\"track\" width=\"100%\" height=\"16\" rx=\"3\"/>");
        buf_printf(b, "<rect class=\"%s\" height=\"16\" rx=\"3\" width=\"", tones[bar->tone]);
        put_percent(b, tenths(bar->value, most));
        BUF_LIT(b, "\"/>");
    }
    if (target > 0 && bar->is_known) {
        BUF_LIT(b, "<rect class=\"mark\" width=\"2\" height=\"16\" x=\"");
        put_percent(b, tenths(target, most));
        BUF_LIT(b, "\"/>");
    }
    BUF_LIT(b, "</svg><b>");
    html_text_str(b, pg, bar->text);
    BUF_LIT(b, "</b></li>");
}

struct html chart_bars(struct arena *a, const struct page *pg, const struct chart_bars *chart)
{
    struct buf b = buf_in(a, CHART_BYTES_MAX);
    int64_t most = bars_most(chart);
    BUF_LIT(&b, "<ul class=\"bars\">");
    for (size_t i = 0; i < chart->nbars; i++)
        put_bar(&b, pg, &chart->bars[i], chart->target, most);
    BUF_LIT(&b, "</ul>");
    return made(&b);
}

/* ---- columns ---- */

enum { COLUMNS_WIDTH = 360, COLUMNS_TOP = 24, COLUMNS_FLOOR = 136, COLUMNS_HEIGHT = 160 };

static void put_column(struct buf *b, const struct page *pg, const struct chart_column *column,
                       int middle, int width, int64_t most)
{
    int room = COLUMNS_FLOOR - COLUMNS_TOP;
    int height = column->is_known ? (int)(tenths(column->value, most) * room / 1000) : 0;
    if (column->is_known && height == 0) height = 1; /* known and small is not unknown */
    buf_printf(b, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"2\"/>",
               column->is_marked ? "col now" : "col", middle - width / 2, COLUMNS_FLOOR - height,
               width, height);
    buf_printf(b, "<text class=\"figure\" x=\"%d\" y=\"%d\">", middle, COLUMNS_FLOOR - height - 6);
    html_text_str(b, pg, column->text);
    buf_printf(b, "</text><text x=\"%d\" y=\"%d\">", middle, COLUMNS_HEIGHT - 6);
    html_text_str(b, pg, column->label);
    BUF_LIT(b, "</text>");
}

struct html chart_columns(struct arena *a, const struct page *pg, const struct chart_columns *chart)
{
    struct buf b = buf_in(a, CHART_BYTES_MAX);
    size_t n = chart->ncolumns < COLUMNS_MAX ? chart->ncolumns : COLUMNS_MAX;
    const struct chart_column *columns = chart->columns + (chart->ncolumns - n);
    int step = n == 0 ? COLUMNS_WIDTH : COLUMNS_WIDTH / (int)n, width = step * 3 / 5;
    int64_t most = 0;
    if (width > 48) width = 48;
    for (size_t i = 0; i < n; i++)
        if (columns[i].is_known && columns[i].value > most) most = columns[i].value;

    buf_printf(&b,
               "<svg class=\"columns\" role=\"img\" viewBox=\"0 0 %d %d\" width=\"%d\" "
               "height=\"%d\" aria-label=\"",
               COLUMNS_WIDTH, COLUMNS_HEIGHT, COLUMNS_WIDTH, COLUMNS_HEIGHT);
    html_attr_str(&b, pg, chart->title);
    buf_printf(&b, "\"><rect class=\"floor\" y=\"%d\" width=\"%d\" height=\"1\"/>", COLUMNS_FLOOR,
               COLUMNS_WIDTH);
    for (size_t i = 0; i < n; i++)
        put_column(&b, pg, &columns[i], (int)i * step + step / 2, width, most);
    BUF_LIT(&b, "</svg>");
    return made(&b);
}

/* ---- groups of columns ---- */

/* Across in tenths of a percent of the card, so that the words keep their size however wide it is. */
enum { GROUPS_ALL = 1000, GROUPS_TOP = 20, GROUPS_FLOOR = 170, GROUPS_HEIGHT = 194, GROUP_COLUMN_MAX = 62, GROUP_GAP = 4 };

static void put_across(struct buf *b, const char *name, int tenths_of)
{
    buf_printf(b, " %s=\"", name);
    put_percent(b, tenths_of);
    BUF_LIT(b, "\"");
}

static void put_group(struct buf *b, const struct page *pg, const struct chart_group *group, int middle,
                      int width, int64_t most)
{
    int x = middle - width * CHART_SERIES / 2;
    for (int k = 0; k < CHART_SERIES && group->is_known; k++, x += width) {
        int height = (int)(tenths(group->values[k], most) * (GROUPS_FLOOR - GROUPS_TOP) / 1000);
        if (height == 0) height = 1; /* known and small is not unknown */
        buf_printf(b, "<rect class=\"g%d\" y=\"%d\" height=\"%d\" rx=\"2\"", k + 1, GROUPS_FLOOR - height, height);
        put_across(b, "x", x);
        put_across(b, "width", width - GROUP_GAP);
        BUF_LIT(b, "/>");
    }
    buf_printf(b, "<text%s y=\"%d\"", group->is_marked ? " class=\"now\"" : "", GROUPS_HEIGHT - 6);
    put_across(b, "x", middle);
    BUF_LIT(b, ">");
    html_text_str(b, pg, group->label);
    BUF_LIT(b, "</text>");
}

static int64_t groups_most(const struct chart_groups *chart)
{
    int64_t most = chart->most;
    for (size_t i = 0; i < chart->ngroups && chart->most == 0; i++)
        for (int k = 0; k < CHART_SERIES; k++)
            if (chart->groups[i].is_known && chart->groups[i].values[k] > most) most = chart->groups[i].values[k];
    return most;
}

struct html chart_groups(struct arena *a, const struct page *pg, const struct chart_groups *chart)
{
    struct buf b = buf_in(a, CHART_BYTES_MAX);
    size_t n = chart->ngroups < COLUMNS_MAX ? chart->ngroups : COLUMNS_MAX;
    const struct chart_group *groups = chart->groups + (chart->ngroups - n);
    int step = n == 0 ? GROUPS_ALL : GROUPS_ALL / (int)n, width = step * 4 / 5 / CHART_SERIES;
    int64_t most = groups_most(chart);
    if (width > GROUP_COLUMN_MAX) width = GROUP_COLUMN_MAX;

    buf_printf(&b, "<svg class=\"groups\" role=\"img\" width=\"100%%\" height=\"%d\" aria-label=\"", GROUPS_HEIGHT);
    html_attr_str(&b, pg, chart->title);
    BUF_LIT(&b, "\">");
    if (!str_is_none(chart->top)) {
        buf_printf(&b, "<rect class=\"track\" y=\"%d\" width=\"100%%\" height=\"1\"/><text class=\"top\" x=\"0\" y=\"%d\">",
                   GROUPS_TOP, GROUPS_TOP - 6);
        html_text_str(&b, pg, chart->top);
        BUF_LIT(&b, "</text>");
    }
    buf_printf(&b, "<rect class=\"floor\" y=\"%d\" width=\"100%%\" height=\"1\"/>", GROUPS_FLOOR);
    for (size_t i = 0; i < n; i++) put_group(&b, pg, &groups[i], (int)i * step + step / 2, width, most);
    BUF_LIT(&b, "</svg>");
    return made(&b);
}
