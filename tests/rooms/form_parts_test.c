/* form_parts_test.c — the parts of app/form.html: an input and its words belong together by ids, what
 * was typed comes back escaped, a fault stands beside its field and in the summary. */
#include "tests/rooms/fixture.h"

#include "app/form.html.h"

static struct arena *arena;

static struct buf begin(struct page *ret_page)
{
    *ret_page = (struct page){.lang = LANG_TH, .arena = arena};
    return buf_in(arena, 65536);
}

static void has(const struct buf *b, const char *text)
{
    struct str s = buf_str(b);
    if (memmem(s.p, s.n, text, strlen(text)) == NULL) fail_msg("no %s in\n%.*s", text, STR_FMT(s));
}

static void lacks(const struct buf *b, const char *text)
{
    struct str s = buf_str(b);
    if (memmem(s.p, s.n, text, strlen(text)) != NULL) fail_msg("%s is in\n%.*s", text, STR_FMT(s));
}

static void a_good_line_has_its_label_and_hint(void **state)
{
    (void)state;
    struct page pg;
    struct buf b = begin(&pg);
    struct field f = {STR("amount"), STR("1,000"), STR_NONE};
    field_line_html(&b, &pg, &f, STR("Amount"), STR("In baht"), STR("money"));
    has(&b, "<label for=\"amount\" id=\"amount-label\">Amount</label>");
    has(&b, "id=\"amount\" name=\"amount\" value=\"1,000\" type=\"text\" inputmode=\"decimal\"");
    has(&b, "aria-describedby=\"amount-hint\"");
    has(&b, "<p class=\"hint\" id=\"amount-hint\">");
    lacks(&b, "aria-invalid");
    lacks(&b, "-fault");
}

static void a_fault_is_read_with_its_field_and_nothing_typed_is_lost(void **state)
{
    (void)state;
    struct page pg;
    struct buf b = begin(&pg);
    struct field f = {STR("memo"), STR("\n\"><script>x"), STR("Too long")};
    field_text_html(&b, &pg, &f, STR("Memo"), STR("Short"), 4);
    has(&b, "aria-invalid=\"true\" aria-describedby=\"memo-hint memo-fault\"");
    has(&b, "id=\"memo-fault\">");
    has(&b, ">\n\n&#34;&gt;&lt;script&gt;x</textarea>"); /* one line break is HTML's own */
    b = begin(&pg);
    f.name = STR("login");
    field_line_html(&b, &pg, &f, STR("Log-in"), STR(""), STR("login"));
    has(&b, "aria-describedby=\"login-fault\"");
    has(&b, "autocomplete=\"username\"");
}

static void a_password_is_never_sent_back(void **state)
{
    (void)state;
    struct page pg;
    struct buf b = begin(&pg);
    struct field f = {STR("password"), STR("hunter2hunter2"), STR_NONE};
    field_line_html(&b, &pg, &f, STR("Password"), STR(""), STR("password"));
    field_line_html(&b, &pg, &f, STR("Password"), STR(""), STR("new-password"));
    lacks(&b, "hunter2");
    has(&b, "type=\"password\" autocomplete=\"current-password\"");
    has(&b, "type=\"password\" autocomplete=\"new-password\"");
}

static void a_date_comes_back_as_it_was_typed(void **state)
{
    (void)state;
    static const struct {
        const char *month, *has;
    } months[] = {{"2", "<option value=\"2\" selected>"}, {"02", "<option value=\"2\" selected>"},
                  {"12", "<option value=\"12\" selected>"}, {"10", "<option value=\"10\" selected>"}};
    for (size_t i = 0; i < sizeof months / sizeof months[0]; i++) {
        struct page pg;
        struct buf b = begin(&pg);
        struct date_field d = {.name = STR("date"), .day = STR("๒๙"), .month = str_of(months[i].month), .year = STR("2568"),
                               .echo = STR_NONE, .fault = STR("No such day")};
        field_date_html(&b, &pg, &d, STR("Date"), STR("As on the slip"));
        has(&b, months[i].has);
        has(&b, "id=\"date\" name=\"date_d\"");
        has(&b, "value=\"๒๙\"");
        has(&b, "name=\"date_y\"");
        has(&b, "<fieldset class=\"form-field is-bad\" aria-describedby=\"date-hint date-fault\">");
    }
}

static void the_summary_leads_to_each_field(void **state)
{
    (void)state;
    struct page pg;
    struct buf b = begin(&pg);
    const struct fault_row rows[] = {{"date", STR("No such day"), FAULT_SAID}, {"amount", STR("Too much"), FAULT_SAID}};
    struct form_errors e = {rows, 2}, none = {NULL, 0};
    form_errors_html(&b, &pg, &none);
    assert_int_equal(buf_str(&b).n, 0);
    form_errors_html(&b, &pg, &e);
    has(&b, "id=\"errors\" role=\"alert\" tabindex=\"-1\" autofocus");
    has(&b, "<a href=\"#date\">No such day</a>");
    has(&b, "<a href=\"#amount\">Too much</a>");
}

static void a_choice_begins_with_none_unless_the_room_has_its_own(void **state)
{
    (void)state;
    struct page pg;
    struct buf b = begin(&pg);
    const struct choice own[] = {{STR(""), STR("None"), false}, {STR("a"), STR("A"), true}};
    struct field f = {STR("kind"), STR("a"), STR_NONE};
    field_choice_html(&b, &pg, &f, STR("Kind"), own, 2);
    lacks(&b, "<option value=\"\"></option>");
    has(&b, "<option value=\"a\" selected>A</option>");
    b = begin(&pg);
    field_choice_html(&b, &pg, &f, STR("Kind"), own + 1, 1);
    has(&b, "<option value=\"\">");
    b = begin(&pg);
    field_radio_html(&b, &pg, &f, STR("Kind"), own, 2);
    has(&b, "id=\"kind\" name=\"kind\" value=\"\"");
    has(&b, "id=\"kind-2\" name=\"kind\" value=\"a\" checked");
}

static int set_up(void **state)
{
    (void)state;
    arena = arena_new((size_t)4 << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_line_has_its_label_and_hint),
        cmocka_unit_test(a_fault_is_read_with_its_field_and_nothing_typed_is_lost),
        cmocka_unit_test(a_password_is_never_sent_back),
        cmocka_unit_test(a_date_comes_back_as_it_was_typed),
        cmocka_unit_test(the_summary_leads_to_each_field),
        cmocka_unit_test(a_choice_begins_with_none_unless_the_room_has_its_own),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
