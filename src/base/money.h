/* money.h — integer satang (1/100 baht) in a type of its own, so that money never meets a count. */
#ifndef SARN_BASE_MONEY_H
#define SARN_BASE_MONEY_H

#include "base/buf.h"

struct satang {
    int64_t v;
};
struct opt_satang { /* unknown is not zero */
    bool has;
    struct satang v;
};
/* Hundredths of a percent: 40 % is 4000. */
struct bp {
    int64_t v;
};
struct opt_bp {
    bool has;
    struct bp v;
};

#define SATANG_MAX INT64_C(9000000000000000) /* 90 million million baht: beyond any budget */

static inline struct satang satang(int64_t v) { return (struct satang){v}; }
static inline struct opt_satang some_satang(struct satang v) { return (struct opt_satang){true, v}; }
static inline struct bp bp(int64_t v) { return (struct bp){v}; }

/* Checked arithmetic: asserts on overflow (inputs are limited to SATANG_MAX, so that is a bug). */
struct satang satang_add(struct satang a, struct satang b);
struct satang satang_sub(struct satang a, struct satang b);
struct satang satang_times(struct satang a, int64_t times);
/* `percent` of `base`, rounded half up to whole baht: the rule of every real matching row
 * (146,622 = 366,556 × 40 %; shared facts, "Allocation and matching"). base >= 0. */
struct satang satang_percent_whole_baht(struct satang base, struct bp percent);
/* a ÷ b in hundredths of a percent, half up; has == false when b == 0. Beyond
 * ±SATANG_MAX it stays there. */
struct opt_bp satang_share(struct satang a, struct satang b);
struct opt_bp count_share(int64_t a, int64_t b);

/* "1,234.50", "๑,๒๓๔.๕๐", "1234", "฿1,234" → satang. At most two decimals, commas only in threes,
 * no sign. ERR_INPUT not a sum; ERR_LIMIT too large. */
enum err satang_parse(struct str s, struct satang *ret);
/* "40", "40 %", "37.5" → bp, 0 … 1000 %. */
enum err bp_parse(struct str s, struct bp *ret);
void buf_satang(struct buf *b, struct satang v);       /* 1,234.50 */
void buf_satang_plain(struct buf *b, struct satang v); /* 1234.50: CSV, no thousands mark */
/* Short form for cards: value and unit apart, as "3,951.7" + ล้านบาท. below one million: "731,600"
 * and *ret_is_million=false. Rounded half up. */
void buf_satang_short(struct buf *b, struct satang v, bool *ret_is_million);
void buf_count(struct buf *b, int64_t v);              /* 1,234,567 */
void buf_bp(struct buf *b, struct bp v);               /* one decimal: 48.4 (half up) */

#endif
