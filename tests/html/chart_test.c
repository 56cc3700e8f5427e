/* Charts: what is drawn, what is said, and that no name can leave its place. */
#include "html/chart.h"

#include <stdio.h>

#include "../base/check.h"
#include "html/msg.h"

static struct page page_th(void)
{
    return (struct page){.lang = LANG_TH, .arena = arena};
}
static bool holds(struct html made, const char *part)
{
    return str_find(made.markup, str_of(part)) >= 0;
}
static struct html bars(const struct chart_bar *rows, size_t n, int64_t target)
{
    struct page pg = page_th();
    return chart_bars(arena, &pg, &(struct chart_bars){.bars = rows, .nbars = n, .target = target});
}

static void bars_share_one_scale(void **state)
{
    (void)state;
    const struct chart_bar rows[] = {
        {.name = STR("ก"),
         .value = 20000,
         .is_known = true,
         .text = STR("200 %"),
         .tone = CHART_ON_TARGET},
        {.name = STR("ข"),
         .value = 5000,
         .is_known = true,
         .text = STR("50 %"),
         .tone = CHART_BELOW},
    };
    struct html made = bars(rows, 2, 10000);
    assert_true(holds(made, "class=\"good\" height=\"16\" rx=\"3\" width=\"100.0%\""));
    assert_true(holds(made, "class=\"below\" height=\"16\" rx=\"3\" width=\"25.0%\""));
    assert_true(holds(made, "x=\"50.0%\"")); /* the mark of the target */
    assert_false(holds(made, "<a "));        /* no address, no link */
    assert_false(holds(made, "style"));
}

static void an_unknown_bar_is_not_drawn(void **state)
{
    (void)state;
    const struct chart_bar rows[] = {{.name = STR("ก"), .value = 7, .text = STR("ไม่ทราบ")}};
    struct html made = bars(rows, 1, 0);
    assert_false(holds(made, "class=\"plain\""));
    assert_false(holds(made, "class=\"track\"")); /* an empty track would say: nothing */
    assert_false(holds(made, "class=\"mark\""));
    assert_true(holds(made, "<b>ไม่ทราบ</b>"));
    assert_true(holds(bars(NULL, 0, 0), "<ul class=\"bars\"></ul>"));
}

static void names_are_escaped(void **state)
{
    (void)state;
    const struct chart_bar rows[] = {
        {.name = STR("<b>\"&"), .href = {STR("/areas/90")}, .text = STR("1")}};
    assert_true(holds(bars(rows, 1, 0), "<a href=\"/areas/90\">&lt;b&gt;&#34;&amp;</a>"));
    struct page pg = page_th();
    const struct chart_area area = {.code = STR("90"),
                                    .name = STR("ส<"),
                                    .d = STR("M0 0z"),
                                    .class_no = 5,
                                    .value = STR("9 %"),
                                    .href = {STR("/areas/90")}};
    struct html map = chart_choropleth(
        arena, &pg, &(struct chart_map){.width = 10, .height = 20, .areas = &area, .nareas = 1});
    assert_true(holds(map, "viewBox=\"0 0 10 20\""));
    assert_true(holds(map, "aria-hidden=\"true\""));
    assert_true(holds(
        map, "<a tabindex=\"-1\" href=\"/areas/90\"><path class=\"m5\" id=\"p90\" d=\"M0 0z\">"
             "<title>ส&lt; 9 %</title>"));
}

static void the_last_ten_columns_are_drawn(void **state)
{
    (void)state;
    struct page pg = page_th();
    struct chart_column columns[12] = {0};
    for (size_t i = 0; i < 12; i++)
        columns[i] = (struct chart_column){.label = str_printf(arena, "%zu", 2560 + i),
                                           .text = STR("t"),
                                           .value = (int64_t)i,
                                           .is_known = i != 11,
                                           .is_marked = i == 11};
    struct html made = chart_columns(arena, &pg, &(struct chart_columns){STR("ป<"), columns, 12});
    assert_true(holds(made, "role=\"img\"") && holds(made, "aria-label=\"ป&lt;\""));
    assert_false(holds(made, ">2561<"));
    assert_true(holds(made, ">2562<") && holds(made, ">2571<"));
    assert_true(holds(
        made, "class=\"col now\" x=\"332\" y=\"136\" width=\"21\" height=\"0\"")); /* unknown */
    made = chart_columns(arena, &pg, &(struct chart_columns){.title = STR("ว่าง")});
    assert_true(holds(made, "</svg>"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(bars_share_one_scale),
        TEST(an_unknown_bar_is_not_drawn),
        TEST(names_are_escaped),
        TEST(the_last_ten_columns_are_drawn),
    };
    return RUN(tests);
}
