/* Dictionary order as bytes. */
#include "base/thai.h"

#include <stdio.h>

#include "base/rand.h"
#include "check.h"

static struct str key(const char *s)
{
    return thai_sort_key(arena, str_of(s));
}

/* Every pair, not only neighbours: an order that is not transitive shows itself. */
static void check_order(const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++)
            if (str_cmp(key(names[i]), key(names[j])) >= 0)
                fail_msg("%s is not before %s", names[i], names[j]);
}
#define CHECK_ORDER(names) check_order(names, sizeof(names) / sizeof *(names))

/* The 77 provinces in the order of ICU 72's th collation, which is the dictionary's. All names of
 * reference/ (7,436 tambons, 928 districts) were compared with ICU the same way: no difference. */
static void the_provinces_stand_in_dictionary_order(void **state)
{
    (void)state;
    const char *const names[] = {
        "กระบี่",       "กรุงเทพมหานคร", "กาญจนบุรี",       "กาฬสินธุ์",       "กำแพงเพชร", "ขอนแก่น",
        "จันทบุรี",      "ฉะเชิงเทรา",    "ชลบุรี",          "ชัยนาท",        "ชัยภูมิ",      "ชุมพร",
        "เชียงราย",    "เชียงใหม่",      "ตรัง",           "ตราด",         "ตาก",       "นครนายก",
        "นครปฐม",     "นครพนม",       "นครราชสีมา",     "นครศรีธรรมราช", "นครสวรรค์",  "นนทบุรี",
        "นราธิวาส",    "น่าน",          "บึงกาฬ",         "บุรีรัมย์",        "ปทุมธานี",    "ประจวบคีรีขันธ์",
        "ปราจีนบุรี",    "ปัตตานี",        "พระนครศรีอยุธยา", "พะเยา",        "พังงา",      "พัทลุง",
        "พิจิตร",       "พิษณุโลก",       "เพชรบุรี",        "เพชรบูรณ์",      "แพร่",       "ภูเก็ต",
        "มหาสารคาม",  "มุกดาหาร",      "แม่ฮ่องสอน",      "ยโสธร",        "ยะลา",      "ร้อยเอ็ด",
        "ระนอง",      "ระยอง",        "ราชบุรี",         "ลพบุรี",         "ลำปาง",     "ลำพูน",
        "เลย",        "ศรีสะเกษ",      "สกลนคร",        "สงขลา",        "สตูล",       "สมุทรปราการ",
        "สมุทรสงคราม", "สมุทรสาคร",     "สระแก้ว",        "สระบุรี",        "สิงห์บุรี",     "สุโขทัย",
        "สุพรรณบุรี",    "สุราษฎร์ธานี",    "สุรินทร์",         "หนองคาย",      "หนองบัวลำภู", "อ่างทอง",
        "อำนาจเจริญ",  "อุดรธานี",       "อุตรดิตถ์",        "อุทัยธานี",       "อุบลราชธานี",
    };
    assert_int_equal(sizeof names / sizeof *names, 77);
    CHECK_ORDER(names);
}

static void a_leading_vowel_counts_behind_its_consonant(void **state)
{
    (void)state;
    const char *const names[] = {"กก", "กา", "เก", "เกม", "แก", "โก",
                                 "ใก", "ไก", "ขก", "เขา", "คก"};
    CHECK_ORDER(names);
}

static void consonants_and_vowels_follow_the_alphabet(void **state)
{
    (void)state;
    const char *const names[] = {"กร", "กฤ", "กล", "กฦ", "กว", "กฮ", "กะ", "กัน", "กา", "กำ", "กิ",
                                 "กี",  "กึ",  "กื",  "กุ",  "กู",  "เก", "แก", "โก", "ใก", "ไก"};
    CHECK_ORDER(names);
    const char *const ru[] = {"ร", "ฤ", "ฤกษ์", "ฤๅ", "ฤๅษี", "ล"};
    CHECK_ORDER(ru);
}

static void marks_break_ties_only(void **state)
{
    (void)state;
    const char *const names[] = {"กา", "ก่า", "ก้า", "ก๊า", "ก๋า", "กาก", "ก่าก", "กาง", "ก้าง"};
    CHECK_ORDER(names);
    const char *const shapes[] = {"เก", "เก็", "เก่", "เก้", "เกง", "เก็ง", "เก่ง", "เก้ง"};
    CHECK_ORDER(shapes);
    const char *const silent[] = {"จันทร", "จันทร์", "จันทรา"};
    CHECK_ORDER(silent);
    const char *const where[] = {"ปาปา", "ปาป่า", "ป่าปา", "ป่าป่า"}; /* the first mark decides */
    CHECK_ORDER(where);
}

static void a_mark_is_found_behind_any_number_of_letters(void **state)
{
    (void)state;
    char plain[3 * 300 + 1] = "", one[3 * 301 + 1], later[3 * 301 + 1];
    for (int i = 0; i < 300; i++)
        memcpy(plain + 3 * i, "ก", 4); /* with its NUL */
    for (int at = 1; at < 300; at++) {
        size_t cut = (size_t)at * 3;
        snprintf(one, sizeof one, "%.*s่%s", (int)cut, plain, plain + cut);
        snprintf(later, sizeof later, "%.*s่%s", (int)cut + 3, plain, plain + cut + 3);
        const char *const names[] = {plain, later, one};
        CHECK_ORDER(names);
        arena_reset(arena);
    }
}

static void numbers_count_by_value_and_come_first(void **state)
{
    (void)state;
    const char *const names[] = {"หมู่ 1",  "หมู่ ๒",   "หมู่ 9", "หมู่ 10",
                                 "หมู่ ๑๑", "หมู่ 100", "หมู่ a", "หมู่ ก"};
    CHECK_ORDER(names);
    char big[200], bigger[200];
    for (int n = 1; n < 190; n++) {
        snprintf(
            big, sizeof big, "%.*s", n,
            "99999999999999999999999999999999999999999999999999"
            "99999999999999999999999999999999999999999999999999999999999999999999999999999999"
            "99999999999999999999999999999999999999999999999999999999999999999999999999999999");
        snprintf(bigger, sizeof bigger, "1%0*d", n, 0);
        const char *const pair[] = {big, bigger};
        CHECK_ORDER(pair);
    }
}

static void digits_then_latin_then_thai_then_others(void **state)
{
    (void)state;
    const char *const names[] = {"", "7", "10", "a", "ab", "b", "z", "ก", "ฮ", "日"};
    CHECK_ORDER(names);
}

static void case_accents_blanks_and_signs_decide_last(void **state)
{
    (void)state;
    const char *const names[] = {"Resume A", "r\xC3\xA9sume B", "RESUME C"};
    CHECK_ORDER(names);
    const char *const thai[] = {"บ้านกลาง", "บ้าน-กลาง", "บ้านใหม่", "บ้าน ใหม่"};
    CHECK_ORDER(thai);
    const char *const zeros[] = {"7", "007", "7 ก"};
    CHECK_ORDER(zeros);
    assert_false(str_eq(key("บ้าน ใหม่"), key("บ้านใหม่")));
    assert_false(str_eq(key("A"), key("a")));
}

static void a_name_and_its_other_spelling_share_a_key(void **state)
{
    (void)state;
    assert_true(str_eq(key("นํ้า"), key("น้ำ")));
    assert_true(str_eq(key(" เเม่  สอด "), key("แม่ สอด")));
}

/* What both databases can hold as TEXT. */
static void a_thai_key_is_printable_ascii(void **state)
{
    (void)state;
    struct rand r = rand_seeded(5);
    for (int i = 0; i < 20000; i++) {
        struct buf b = buf_in(arena, 400);
        for (int64_t n = rand_between(&r, 0, 60); n > 0; n--) {
            uint32_t c = (uint32_t)rand_between(&r, 0x0E01, 0x0E4E);
            buf_putc(&b, (char)(0xE0 | c >> 12));
            buf_putc(&b, (char)(0x80 | (c >> 6 & 63)));
            buf_putc(&b, (char)(0x80 | (c & 63)));
        }
        struct str k = thai_sort_key(arena, buf_str(&b));
        ptrdiff_t told = str_find(k, STR("!!"));
        size_t n = told < 0 ? k.n : (size_t)told; /* level 3 is the text itself, UTF-8 */
        for (size_t j = 0; j < n && k.p[j] >= 0; j++)
            assert_in_range(k.p[j], '!', '~');
        if (i % 100 == 0) arena_reset(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_provinces_stand_in_dictionary_order),
        TEST(a_leading_vowel_counts_behind_its_consonant),
        TEST(consonants_and_vowels_follow_the_alphabet),
        TEST(marks_break_ties_only),
        TEST(a_mark_is_found_behind_any_number_of_letters),
        TEST(numbers_count_by_value_and_come_first),
        TEST(digits_then_latin_then_thai_then_others),
        TEST(case_accents_blanks_and_signs_decide_last),
        TEST(a_name_and_its_other_spelling_share_a_key),
        TEST(a_thai_key_is_printable_ascii),
    };
    return RUN(tests);
}
