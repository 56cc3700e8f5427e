/* Whatever is typed as a day: no crash, and what is taken is a real day that prints and reads back.
 * A '/' divides the three fields. */
#include "base/clock.h"

#include <stdlib.h>

static void must(bool is_true)
{
    if (!is_true) abort();
}

static void check_day(struct arena *a, struct date d)
{
    must(date_is_valid(d.year, d.month, d.day));
    must(date_cmp(date_of_days(date_days(d)), d) == 0);
    struct buf b = buf_in(a, 100);
    buf_date_iso(&b, d);
    struct date back;
    must(date_parse_iso(buf_str(&b), &back) == ERR_OK && date_cmp(back, d) == 0);
    struct fiscal_year fy = date_fiscal_year(d);
    if (fy.v >= FISCAL_YEAR_MIN && fy.v <= FISCAL_YEAR_MAX)
        must(date_cmp(fiscal_year_first(fy), d) <= 0 && date_cmp(d, fiscal_year_last(fy)) <= 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *a;
    if (a == NULL) a = arena_new(1 << 20);
    struct str in = {(const char *)data, size}, rest = in;
    struct date d;
    if (date_parse_iso(in, &d) == ERR_OK) check_day(a, d);
    struct str day = STR_NONE, month = STR_NONE, year = STR_NONE;
    if (str_split(&rest, '/', &day) && str_split(&rest, '/', &month)) str_split(&rest, '/', &year);
    if (date_parse_fields(day, month, year, &d) == ERR_OK) {
        check_day(a, d);
        must(d.year >= 1857 && d.year <= 2100);
    }
    struct fiscal_year fy;
    if (fiscal_year_parse(in, &fy) == ERR_OK)
        must(fy.v >= FISCAL_YEAR_MIN && fy.v <= FISCAL_YEAR_MAX);
    arena_reset(a);
    return 0;
}
