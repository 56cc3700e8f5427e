/* Papers in memory: same bytes, limits, letters that the face has not, threads. What is on them is
 * judged by other programs (tests/paper/run). */
#include <pthread.h>
#include <time.h>

#include "../base/check.h"
#include "samples.h"

static struct str make(const struct paper_sample *s, struct paper_made *ret)
{
    struct buf out = buf_in(arena, PAPER_BYTES_MAX);
    assert_ok(paper_end(s->make(arena), &out, ret));
    return buf_str(&out);
}

static void every_sample_is_a_pdf_of_its_pages(void **state)
{
    (void)state;
    for (size_t i = 0; i < npaper_samples; i++) {
        struct paper_made made = {0};
        struct str pdf = make(&paper_samples[i], &made);
        assert_true(str_starts(pdf, STR("%PDF-1.")));
        assert_true(str_ends(pdf, STR("%%EOF\n")));
        assert_int_equal(made.unknown, 0);
        if (made.pages != paper_samples[i].pages)
            fail_msg("%s: %d pages", paper_samples[i].name, made.pages);
    }
}

static void same_words_give_same_bytes(void **state)
{
    (void)state;
    struct str first[8];
    assert_true(npaper_samples <= 8);
    for (size_t i = 0; i < npaper_samples; i++)
        first[i] = make(&paper_samples[i], NULL);
    struct timespec pause = {1, 100000000}; /* over the end of a second: no time is in it */
    nanosleep(&pause, NULL);
    for (size_t i = npaper_samples; i-- > 0;) { /* nor what was made before */
        assert_true(str_eq(first[i], make(&paper_samples[i], NULL)));
        assert_int_equal(str_find(first[i], STR("CreationDate")), -1);
    }
}

static struct paper *one_para(struct str text)
{
    struct paper_about about = paper_sample_about();
    struct paper *p = paper_begin(arena, &about);
    paper_para(p, text);
    return p;
}

static int unknown_in(struct str text)
{
    struct buf out = buf_in(arena, PAPER_BYTES_MAX);
    struct paper_made made = {0};
    assert_ok(paper_end(one_para(text), &out, &made));
    return made.unknown;
}

static void a_letter_without_a_shape_is_counted(void **state)
{
    (void)state;
    assert_int_equal(unknown_in(STR("ปกติ ABC 123 ๑๒๓ ฿")), 0);
    assert_int_equal(unknown_in(STR("ยิ้ม 🙂 และ 漢字")), 3);
    assert_int_equal(unknown_in(STR("ขาด \xE0\xB8 ครึ่ง")), 2); /* no UTF-8: byte by byte */
    assert_int_equal(unknown_in(STR("a\x01z")), 1);
}

static void an_empty_paper_is_one_page(void **state)
{
    (void)state;
    struct paper_about about = {0};
    struct buf out = buf_in(arena, PAPER_BYTES_MAX);
    struct paper_made made = {0};
    assert_ok(paper_end(paper_begin(arena, &about), &out, &made));
    assert_int_equal(made.pages, 1);
}

static void a_paper_that_is_left_half_way_leaves_nothing(void **state)
{
    (void)state;
    size_t before = arena_used(arena);
    paper_samples[0].make(arena); /* no paper_end: the leak checker would tell */
    assert_true(arena_used(arena) > before);
}

static void limits_are_told(void **state)
{
    (void)state;
    struct buf small = buf_in(arena, 2000);
    assert_int_equal(paper_end(paper_samples[0].make(arena), &small, NULL), ERR_LIMIT);
    struct paper_about about = paper_sample_about();
    struct buf out = buf_in(arena, PAPER_BYTES_MAX);
    struct paper *p = paper_begin(arena, &about);
    char *text = arena_alloc(arena, PAPER_TEXT_MAX + 1);
    memset(text, 'a', PAPER_TEXT_MAX + 1);
    paper_para(p, (struct str){text, PAPER_TEXT_MAX + 1});
    assert_int_equal(paper_end(p, &out, NULL), ERR_LIMIT);
    p = paper_begin(arena, &about);
    for (int i = 0; i < 60 * PAPER_PAGES_MAX; i++)
        paper_note(p, STR("x\ny"));
    assert_int_equal(paper_end(p, &out, NULL), ERR_LIMIT);
    assert_int_equal(out.n, 0);
}

static void long_cells_and_values_stay_on_the_page(void **state)
{
    (void)state;
    static const struct paper_col cols[] = {{STR("a"), PAPER_LEFT, 1}, {STR("b"), PAPER_LEFT, 20}};
    struct paper_about about = paper_sample_about();
    struct paper *p = paper_begin(arena, &about);
    struct buf b = buf_in(arena, 1 << 16);
    for (int i = 0; i < 3000; i++)
        BUF_LIT(&b, "ยาว");
    const struct str cells[] = {buf_str(&b), STR("x")};
    paper_table(p, cols, 2);
    paper_row(p, PAPER_ROW, cells, 2);
    paper_field(p, STR("ยาว"), buf_str(&b));
    struct buf out = buf_in(arena, PAPER_BYTES_MAX);
    struct paper_made made = {0};
    assert_ok(paper_end(p, &out, &made));
    assert_true(made.pages >= 2 && made.pages <= 8);
}

/* Letters in one file: a page of its own for each, whatever room there was. */
static void papers_follow_each_other_on_pages_of_their_own(void **state)
{
    (void)state;
    struct paper_about about = paper_sample_about(), other = paper_sample_about();
    struct buf out = buf_in(arena, PAPER_BYTES_MAX), alone = buf_in(arena, PAPER_BYTES_MAX);
    struct paper_made made = {0};
    struct paper *p = paper_begin(arena, &about);
    paper_para(p, STR("หนึ่ง"));
    other.footer = STR("อีกฉบับ");
    paper_next(p, &other);
    other.footer = STR(""); /* it was copied */
    for (int i = 0; i < 60; i++) paper_para(p, STR("สอง"));
    paper_next(p, &about);
    paper_para(p, STR("สาม"));
    assert_ok(paper_end(p, &out, &made));
    assert_int_equal(made.pages, 4);
    assert_ok(paper_end(one_para(STR("หนึ่ง")), &alone, &made));
    assert_int_equal(made.pages, 1);
    assert_true(out.n > alone.n);
}

static void *in_thread(void *ctx)
{
    struct str *want = ctx;
    struct arena *a = arena_new((size_t)64 << 20);
    bool is_same = true;
    for (int i = 0; i < 3 && is_same; i++) {
        struct buf out = buf_in(a, PAPER_BYTES_MAX);
        is_same = paper_end(paper_samples[0].make(a), &out, NULL) == ERR_OK &&
                  str_eq(buf_str(&out), *want);
        arena_reset(a);
    }
    arena_free(a);
    return is_same ? ctx : NULL;
}

static void workers_make_papers_at_once(void **state)
{
    (void)state;
    struct str want = make(&paper_samples[0], NULL);
    pthread_t threads[6];
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, in_thread, &want), 0);
    for (size_t i = 0; i < 6; i++) {
        void *got = NULL;
        assert_int_equal(pthread_join(threads[i], &got), 0);
        assert_ptr_equal(got, &want);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_sample_is_a_pdf_of_its_pages),           TEST(same_words_give_same_bytes),
        TEST(a_letter_without_a_shape_is_counted),          TEST(an_empty_paper_is_one_page),
        TEST(a_paper_that_is_left_half_way_leaves_nothing), TEST(limits_are_told),
        TEST(long_cells_and_values_stay_on_the_page),       TEST(workers_make_papers_at_once),
        TEST(papers_follow_each_other_on_pages_of_their_own),
    };
    return RUN(tests);
}
