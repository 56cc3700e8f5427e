/* account_steps.c — see account_steps.h. */
#include "tests/rooms/account_steps.h"

#include <liboath/oath.h>

static struct actor by_officer(struct fixture *f)
{
    struct account_id id = account_named(f, "officer");
    return (struct actor){.code = STR("account:officer"), .account = id.v};
}

struct account_id account_named(struct fixture *f, const char *login)
{
    struct account_id id = {0};
    assert_ok(db_begin(f->db, DB_TXN_READ));
    assert_ok(account_find_login(f->db, f->arena, str_of(login), &id));
    db_rollback(f->db);
    return id;
}

const char *totp_code(int steps)
{
    static char otp[8];
    char *key = NULL;
    size_t n = 0;
    assert_int_equal(oath_base32_decode(STEPS_TOTP_SECRET, strlen(STEPS_TOTP_SECRET), &key, &n), OATH_OK);
    uint64_t step = (uint64_t)(clock_now().v / 1000 / 30 + steps);
    assert_int_equal(oath_hotp_generate(key, n, step, 6, false, OATH_HOTP_DYNAMIC_TRUNCATION, otp), OATH_OK);
    free(key);
    return otp;
}

const char *group_on_paper(struct fixture *f, const char *phone, const char *name)
{
    static char code[20];
    struct actor by = by_officer(f);
    struct account_id contact;
    struct account_group_id group;
    struct str secret;
    int64_t fund = 0;
    assert_ok(db_scalar(f->db, "SELECT id FROM fund WHERE code = 'D0001'", &fund));
    struct account_new n = {.login = str_of(phone), .name = str_of(name), .phone = str_of(phone)};
    struct account_group_new g = {
        .fund = {fund}, .name = str_of(name), .owner_type = STR("6"), .place = STR_NONE, .is_for_paper = true};
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(account_add(f->db, f->arena, &by, &n, &contact));
    assert_ok(account_group_found(f->db, f->arena, &by, &g, contact, &group));
    assert_ok(account_code_add(f->db, f->arena, &by, contact, "confirm", group, &secret));
    assert_ok(db_commit(f->db));
    snprintf(code, sizeof code, "%.*s", STR_FMT(secret));
    return code;
}

void steps_second(struct fixture *f, struct steps_text *t)
{
    struct account_id id = account_named(f, "agency");
    struct actor by = {.code = STR("account:agency"), .account = id.v};
    struct str ticket;
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(account_totp_set(f->db, f->arena, &by, id, STR(STEPS_TOTP_SECRET), str_of(totp_code(-1))));
    assert_ok(account_ticket_add(f->db, f->arena, id, &ticket));
    assert_ok(db_commit(f->db));
    snprintf(t->cookies, sizeof t->cookies, "sarn_second=%.*s", STR_FMT(ticket));
    snprintf(t->body, sizeof t->body, "code=%s&next=/me", totp_code(0));
}

void steps_invite(struct fixture *f, struct steps_text *t)
{
    struct actor by = by_officer(f);
    struct account_invitation i = {.role = ROLE_member, .kind = SCOPE_FUND, .code = STR("D0001")};
    struct str secret;
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(account_invite_add(f->db, f->arena, &by, &i, &secret));
    assert_ok(db_commit(f->db));
    snprintf(t->target, sizeof t->target, "/invite/%.*s", STR_FMT(secret));
}

void steps_invite_api(struct fixture *f, struct steps_text *t)
{
    char link[600];
    steps_invite(f, t);
    snprintf(link, sizeof link, "%s", t->target);
    snprintf(t->target, sizeof t->target, "/api/v1%.500s", link);
}

static const char *reset_code(struct fixture *f)
{
    static char text[20];
    struct actor by = by_officer(f);
    struct account_id id = account_named(f, "adviser");
    struct str code;
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(account_code_add(f->db, f->arena, &by, id, "reset", (struct account_group_id){0}, &code));
    assert_ok(db_commit(f->db));
    snprintf(text, sizeof text, "%.*s", STR_FMT(code));
    return text;
}

void steps_reset(struct fixture *f, struct steps_text *t)
{
    snprintf(t->body, sizeof t->body, "login=adviser&code=%s&password=three+easy+words", reset_code(f));
}

void steps_reset_api(struct fixture *f, struct steps_text *t)
{
    snprintf(t->body, sizeof t->body, "{\"login\":\"adviser\",\"code\":\"%s\",\"password\":\"three easy words\"}", reset_code(f));
}

void steps_confirm_api(struct fixture *f, struct steps_text *t)
{
    const char *code = group_on_paper(f, "0811234568", "Other paper club");
    snprintf(t->body, sizeof t->body, "{\"phone\":\"081-123-4568\",\"code\":\"%s\"}", code);
}

void steps_confirm(struct fixture *f, struct steps_text *t)
{
    const char *code = group_on_paper(f, "0811234567", "Paper club");
    snprintf(t->body, sizeof t->body, "phone=081-123-4567&code=%s", code);
}

void steps_scan(struct fixture *f, struct steps_text *t)
{
    int64_t group = 0;
    (void)group_on_paper(f, "0811239999", "Signed club");
    assert_ok(db_scalar(f->db, "SELECT MAX(id) FROM account_group", &group));
    snprintf(t->target, sizeof t->target, "/funds/D0001/people/groups/%lld/scan", (long long)group);
}

void steps_totp(struct fixture *f, struct steps_text *t)
{
    (void)f;
    snprintf(t->body, sizeof t->body, "secret=" STEPS_TOTP_SECRET "&code=%s", totp_code(0));
}

void steps_totp_off(struct fixture *f, struct steps_text *t)
{
    (void)f;
    snprintf(t->body, sizeof t->body, "off_password=sarn-demo-2570&code=%s", totp_code(1)); /* that of now was used */
}

void steps_ask_to_join(struct fixture *f, struct steps_text *t)
{
    (void)t;
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(db_script(f->db, "INSERT INTO account_group_member (group_id, account_id, is_contact, is_asked) "
                               "SELECT (SELECT MAX(id) FROM account_group), id, 0, 1 FROM account WHERE login = 'applicant'"));
    assert_ok(db_commit(f->db));
}
