/* The catalogue of sentences. Runs with the real one: only the key `unknown` is sure to be there, the
 * others are taken from the table by their number of arguments. */
#include "html/msg.h"

#include "../base/check.h"

static void every_sentence_is_there_in_both_languages(void **state)
{
    (void)state;
    for (int k = 0; k < MSG_COUNT; k++) {
        assert_true(msg_text((enum msg)k, LANG_TH).n > 0);
        assert_true(msg_text((enum msg)k, LANG_EN).n > 0);
        assert_true(msg_table[k].key.n > 0);
        assert_true(msg_table[k].nargs <= 10);
    }
    assert_str(msg_text(MSG_unknown, LANG_TH), "ไม่ทราบ");
    assert_str(msg_text(MSG_unknown, LANG_EN), "unknown");
}

/* Arguments with braces of their own are put in as they are, once. */
static void arguments_are_put_where_their_number_stands(void **state)
{
    (void)state;
    struct str args[10];
    for (int i = 0; i < 10; i++)
        args[i] = str_printf(arena, "[{%d}]", i);
    for (int k = 0; k < MSG_COUNT; k++) {
        unsigned nargs = msg_table[k].nargs;
        for (int lang = LANG_TH; lang <= LANG_EN; lang++) {
            struct str got = msg_format(arena, (enum lang)lang, (enum msg)k, args, nargs);
            for (unsigned i = 0; i < nargs; i++)
                assert_true(str_find(got, args[i]) >= 0);
            if (nargs == 0) assert_true(str_eq(got, msg_text((enum msg)k, (enum lang)lang)));
        }
    }
}

static void with_no_arguments_nothing_is_copied_but_the_text(void **state)
{
    (void)state;
    assert_str(msg_format(arena, LANG_TH, MSG_unknown, NULL, 0), "ไม่ทราบ");
}

static void no_such_key(void)
{
    msg_text(MSG_COUNT, LANG_TH);
}
static void wrong_number(void)
{
    MSG_FORMAT(arena, LANG_TH, MSG_unknown, STR("x"));
}

static void wrong_keys_and_numbers_are_bugs(void **state)
{
    (void)state;
    assert_dies(no_such_key);
    assert_dies(wrong_number);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_sentence_is_there_in_both_languages),
        TEST(arguments_are_put_where_their_number_stands),
        TEST(with_no_arguments_nothing_is_copied_but_the_text),
        TEST(wrong_keys_and_numbers_are_bugs),
    };
    return RUN(tests);
}
