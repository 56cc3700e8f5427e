/* clock.c — "now", from the system or fixed. Thailand is UTC+7 all year round, so no zone database
 * is asked: a server set to UTC, or without tzdata, shows the same day. */
#include "base/clock.h"

#include <assert.h>
#include <stdatomic.h>
#include <time.h>

#define MS_A_MINUTE INT64_C(60000)
#define MS_A_DAY    (24 * 60 * MS_A_MINUTE)
#define BANGKOK_MS  (7 * 60 * MS_A_MINUTE)
#define NOT_FIXED   INT64_MIN

/* Atomic: a test fixes the clock while workers read it. */
static _Atomic int64_t fixed_ms = NOT_FIXED;

/* Relaxed order is enough: the one value depends on nothing else. */
struct instant clock_now(void)
{
    int64_t fixed = atomic_load_explicit(&fixed_ms, memory_order_relaxed);
    if (fixed != NOT_FIXED) return (struct instant){fixed};
    struct timespec ts;
    int rc = clock_gettime(CLOCK_REALTIME, &ts);
    assert(rc == 0);
    return (struct instant){(int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000};
}

struct date clock_today(void)
{
    return instant_date(clock_now());
}

/* Never fixed: a limit or a measurement must go on even when a test holds the day. */
int64_t clock_monotonic_us(void)
{
    struct timespec ts;
    int rc = clock_gettime(CLOCK_MONOTONIC, &ts);
    assert(rc == 0);
    return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

/* Splits `ms` into whole days and the rest, which is never negative. */
static int32_t split_days(int64_t ms, int64_t *ret_rest)
{
    int64_t days = ms / MS_A_DAY, rest = ms % MS_A_DAY;
    if (rest < 0) days--, rest += MS_A_DAY;
    *ret_rest = rest;
    return (int32_t)days;
}

/* The day that a clerk in Thailand had on the wall at that moment. */
struct date instant_date(struct instant t)
{
    int64_t rest;
    return date_of_days(split_days(t.v + BANGKOK_MS, &rest));
}

/* In Bangkok time, because tests and the demo speak of working days. */
struct instant instant_at(struct date day, int hour, int minute)
{
    assert(hour >= 0 && hour < 24 && minute >= 0 && minute < 60);
    return (struct instant){date_days(day) * MS_A_DAY + (hour * 60 + minute) * MS_A_MINUTE - BANGKOK_MS};
}

void clock_fix(struct date day, int hour, int minute)
{
    atomic_store_explicit(&fixed_ms, instant_at(day, hour, minute).v, memory_order_relaxed);
}

void clock_unfix(void)
{
    atomic_store_explicit(&fixed_ms, NOT_FIXED, memory_order_relaxed);
}

struct opt_instant clock_fixed(void)
{
    int64_t fixed = atomic_load_explicit(&fixed_ms, memory_order_relaxed);
    return (struct opt_instant){fixed != NOT_FIXED, {fixed != NOT_FIXED ? fixed : 0}};
}

void clock_fix_again(struct opt_instant at)
{
    atomic_store_explicit(&fixed_ms, at.has ? at.v.v : NOT_FIXED, memory_order_relaxed);
}

static void put_2(struct buf *b, int64_t v)
{
    char out[2] = {(char)('0' + v / 10), (char)('0' + v % 10)};
    buf_put(b, (struct str){out, sizeof out});
}

static void put_hour_minute(struct buf *b, int64_t ms_of_day)
{
    put_2(b, ms_of_day / (60 * MS_A_MINUTE));
    buf_putc(b, ':');
    put_2(b, ms_of_day / MS_A_MINUTE % 60);
}

/* Always three decimals and Z, so that the texts sort as the moments do. */
void buf_instant_iso(struct buf *b, struct instant t)
{
    int64_t rest;
    buf_date_iso(b, date_of_days(split_days(t.v, &rest)));
    buf_putc(b, 'T');
    put_hour_minute(b, rest);
    buf_putc(b, ':');
    put_2(b, rest / 1000 % 60);
    buf_putc(b, '.');
    buf_putc(b, (char)('0' + rest % 1000 / 100));
    put_2(b, rest % 100);
    buf_putc(b, 'Z');
}

/* Minutes are enough for people; "น." is said after the hour. */
void buf_instant_th(struct buf *b, struct instant t)
{
    int64_t rest;
    buf_date_th(b, date_of_days(split_days(t.v + BANGKOK_MS, &rest)));
    BUF_LIT(b, " เวลา ");
    put_hour_minute(b, rest);
    BUF_LIT(b, " น.");
}
