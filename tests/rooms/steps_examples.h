/* steps_examples.h — one good request for every POST route of the house.
 *
 * Whoever adds a POST route adds a line here, or tests/rooms/steps_test.c fails. A line is
 *   {route as in routes.def, target, login, body, status}
 * - target, body: [[SELECT …]] stands for one whole number of the database, asked just before.
 * - login: one of the demo's people (tests run on D0001 of the demo, day 22 Nov 2026); NULL: a visitor,
 *   whose form token is right.
 * - body: urlencoded, JSON when it begins with '{', multipart when it begins with its boundary ("--"); the CSRF token comes by header.
 * - prepare: what cannot be said in a line: fills t->target, t->body, t->cookies (or leaves them).
 * The request must change the database. Examples run in this order, each on what those before left. */
#ifndef SARN_TESTS_ROOMS_STEPS_EXAMPLES_H
#define SARN_TESTS_ROOMS_STEPS_EXAMPLES_H

#include "tests/rooms/account_steps.h"
#include "tests/rooms/monitor_steps.h"
#include "tests/rooms/project_steps.h"
#include "tests/rooms/meeting_steps.h"
#include "tests/rooms/thread_steps.h"

struct steps_example {
    const char *route, *target, *login, *body;
    int status;
    void (*prepare)(struct fixture *f, struct steps_text *t);
};

#define D0001_VERSION                                                                                                  \
    "[[SELECT y.version FROM fund_year y JOIN fund u ON u.id = y.fund_id WHERE u.code = 'D0001' AND y.fy = 2570]]"
/* The newest receipt of D0001 that was not reversed. */
#define D0001_RECEIPT                                                                                                  \
    "[[SELECT MAX(e.id) FROM ledger_entry e JOIN ledger_book b ON b.id = e.book_id JOIN fund u ON u.id = b.fund_id "   \
    "WHERE u.code = 'D0001' AND e.kind = 'receipt' AND NOT EXISTS "                                                    \
    "(SELECT 1 FROM ledger_entry r WHERE r.reversal_of = e.id)]]"

void steps_keep_a_form(struct fixture *f, struct steps_text *t);
void steps_close_month(struct fixture *f, struct steps_text *t);

/* Another grant of the one who has two, than the one acted in last. */
#define TWO_HATS_GRANT "[[SELECT MIN(g.id) FROM account_grant g JOIN account a ON a.id = g.account_id WHERE a.login = 'two.hats']]"

/* A meeting of D0001 that the examples before made: its version, its newest item, its first person. */
#define STEPS_MEETING_OF "SELECT m.id FROM meeting m JOIN fund u ON u.id = m.fund_id WHERE u.code = 'D0001' AND m.fy = 2570 AND m.number = 91"
#define STEPS_MEETING_VERSION "[[SELECT version FROM meeting WHERE id = (" STEPS_MEETING_OF ")]]"
#define STEPS_MEETING_ITEM "[[SELECT MAX(id) FROM meeting_item WHERE meeting_id = (" STEPS_MEETING_OF ")]]"
#define STEPS_MEETING_CHAIR "[[SELECT MIN(id) FROM meeting_person WHERE meeting_id = (" STEPS_MEETING_OF ")]]"
/* The plan on alcohol that the examples write, the finance plan of its year. */
#define STEPS_PLAN_VERSION                                                                                             \
    "[[SELECT y.version FROM plan_year y JOIN fund u ON u.id = y.fund_id JOIN issue i ON i.id = y.issue_id "            \
    "WHERE u.code = 'D0001' AND y.fy = 2571 AND i.code = 'alcohol']]"
#define STEPS_FINANCE_VERSION                                                                                          \
    "[[SELECT COALESCE(MAX(p.version), 0) FROM ledger_plan p JOIN fund u ON u.id = p.fund_id "                         \
    "WHERE u.code = 'D0001' AND p.fy = 2571]]"
/* A new meeting of D0001 that is still to come; NEXT in the body is its ref. */
void steps_next_meeting(struct fixture *f, struct steps_text *t);

static const struct steps_example steps_examples[] = {
    /* the facts of a fund-year */
    {"/funds/{fund}/years/{fy}/edit", "/funds/D0001/years/2570/edit", "officer",
     "version=" D0001_VERSION "&nhso_amount=450,000&match_entered=171,000.50&source=paper&idempotency_key=steps-edit", 303, NULL},
    {"/api/v1/funds/{fund}/years/{fy}/facts", "/api/v1/funds/D0001/years/2570/facts", "officer",
     "{\"version\": " D0001_VERSION ", \"population_local\": 4321}", 200, NULL},
    {"/funds/{fund}/phone", "/funds/D0001/phone", "officer", "phone=074-123456", 303, NULL},
    {"/api/v1/funds/{fund}/phone", "/api/v1/funds/D0001/phone", "officer", "{\"phone\": \"074-654321\"}", 200, NULL},
    /* people (tests/rooms/account_steps.c prepares what a line cannot say) */
    {"/login", "/login", NULL, "login=member&password=sarn-demo-2570&next=/me", 303, NULL},
    {"/api/v1/login", "/api/v1/login", NULL, "{\"login\": \"member\", \"password\": \"sarn-demo-2570\"}", 200, NULL},
    {"/login/code", "/login/code", "agency", "", 303, steps_second},
    {"/logout", "/logout", "chair", "x=1", 303, NULL},
    {"/api/v1/logout", "/api/v1/logout", "chair", "{}", 200, NULL},
    {"/register", "/register", NULL,
     "fund=D0001&name=Somying&contact=0898765432&password=three+easy+words&group=Moo+4+club&owner=5", 303, NULL},
    {"/invite/{secret}", "", "nation", "x=1", 303, steps_invite},
    {"/reset", "/reset", NULL, "", 303, steps_reset},
    {"/confirm", "/confirm", NULL, "", 200, steps_confirm},
    {"/me/grant", "/me/grant", "two.hats", "grant=" TWO_HATS_GRANT, 303, NULL},
    {"/api/v1/me/grant", "/api/v1/me/grant", "two.hats", "{\"grant\": " TWO_HATS_GRANT "}", 200, NULL},
    {"/me/sessions/end", "/me/sessions/end", "two.hats", "session=others", 303, NULL},
    {"/me/password", "/me/password", "two.hats", "old_password=sarn-demo-2570&password=three+easy+words", 303, NULL},
    {"/me/totp", "/me/totp", "head", "", 303, steps_totp},
    {"/me/totp/off", "/me/totp/off", "head", "", 303, steps_totp_off},
    {"/me/erase", "/me/erase", "officer.d0009", "old_password=sarn-demo-2570", 303, NULL},
    {"/funds/{fund}/people/invite", "/funds/D0001/people/invite", "secretary", "role=officer&note=new+one", 200, NULL},
    {"/api/v1/funds/{fund}/people/invite", "/api/v1/funds/D0001/people/invite", "secretary", "{\"role\": \"officer\"}", 201, NULL},
    {"/funds/{fund}/people/withdraw", "/funds/D0001/people/withdraw", "secretary", "invite=[[SELECT MAX(id) FROM account_invite]]", 303, NULL},
    {"/areas/{area}/people/invite", "/areas/12/people/invite", "province", "role=district", 200, NULL},
    {"/areas/{area}/people/withdraw", "/areas/12/people/withdraw", "province", "invite=[[SELECT MAX(id) FROM account_invite]]", 303, NULL},
    {"/funds/{fund}/people/reset", "/funds/D0001/people/reset", "secretary", "account=[[SELECT id FROM account WHERE login = 'chair']]", 200, NULL},
    {"/areas/{area}/people/reset", "/areas/1203/people/reset", "province", "account=[[SELECT id FROM account WHERE login = 'mentor']]", 200, NULL},
    {"/funds/{fund}/people/end", "/funds/D0001/people/end", "secretary", "grant=[[SELECT id FROM account_grant WHERE role = 'adviser']]", 303, NULL},
    {"/areas/{area}/people/end", "/areas/1203/people/end", "province", "grant=[[SELECT id FROM account_grant WHERE role = 'district_head']]", 303, NULL},
    {"/funds/{fund}/people/for", "/funds/D0001/people/for", "officer",
     "group=Moo+9+club&owner=6&place=Moo+9&name=Somsak&phone=081+111+2222", 200, NULL},
    {"/funds/{fund}/people/code", "/funds/D0001/people/code", "officer", "group=[[SELECT MAX(id) FROM account_group]]", 200, NULL},
    {"/funds/{fund}/people/join", "/funds/D0001/people/join", "officer",
     "group=[[SELECT MAX(id) FROM account_group]]&account=[[SELECT id FROM account WHERE login = 'applicant']]", 303, steps_ask_to_join},
    {"/funds/{fund}/people/groups/{id}/scan", "", "officer", STEPS_SCAN_BODY, 303, steps_scan},
    {"/funds/{fund}/people/groups/{id}/seen", "/funds/D0001/people/groups/[[SELECT MAX(id) FROM account_group]]/seen", "secretary",
     "use=[[SELECT MAX(id) FROM file_use]]", 303, NULL},
    {"/admin/people/reset", "/admin/people/reset", "admin", "account=[[SELECT id FROM account WHERE login = 'chair']]", 200, NULL},
    {"/api/v1/register", "/api/v1/register", NULL,
     "{\"fund\":\"D0001\",\"name\":\"Malai\",\"contact\":\"0898765433\",\"password\":\"three easy words\"}", 200, NULL},
    {"/api/v1/invite/{secret}", "", "region", "{}", 200, steps_invite_api},
    {"/api/v1/reset", "/api/v1/reset", NULL, "", 200, steps_reset_api},
    {"/api/v1/confirm", "/api/v1/confirm", NULL, "", 200, steps_confirm_api},
    {"/api/v1/areas/{area}/people/invite", "/api/v1/areas/12/people/invite", "province", "{\"role\": \"district\"}", 201, NULL},
    {"/api/v1/funds/{fund}/people/reset", "/api/v1/funds/D0001/people/reset", "secretary",
     "{\"account\": [[SELECT id FROM account WHERE login = 'chair']], \"totp_off\": true}", 201, NULL},
    {"/api/v1/areas/{area}/people/reset", "/api/v1/areas/1203/people/reset", "province",
     "{\"account\": [[SELECT id FROM account WHERE login = 'mentor']]}", 201, NULL},
    {"/api/v1/funds/{fund}/people/for", "/api/v1/funds/D0001/people/for", "officer",
     "{\"group\":\"Moo 10 club\",\"owner\":\"6\",\"name\":\"Somjai\",\"phone\":\"0811113333\"}", 201, NULL},
    {"/api/v1/funds/{fund}/people/end", "/api/v1/funds/D0001/people/end", "officer",
     "{\"grant\": [[SELECT MAX(id) FROM account_grant WHERE role = 'applicant' AND scope_code = 'D0001']]}", 200, NULL},
    {"/api/v1/areas/{area}/people/end", "/api/v1/areas/1203/people/end", "province",
     "{\"grant\": [[SELECT MAX(id) FROM account_grant WHERE role = 'mentor' AND scope_code = '1203']]}", 200, NULL},
    {"/admin/people/erase", "/admin/people/erase", "admin",
     "account=[[SELECT id FROM account WHERE login = 'secretary.d0009']]&login=secretary.d0009", 303, NULL},
    /* a form whose session had ended */
    {"/kept/drop", "/kept/drop", "officer", "x=1", 303, steps_keep_a_form},
    /* the ledger */
    {"/funds/{fund}/ledger/receipts", "/funds/D0001/ledger/receipts", "officer",
     "date_d=5&date_m=11&date_y=2569&source=nhso&amount=1,021.25&reference=R-1&party=NHSO&memo=&project_code=&step=post"
     "&idempotency_key=steps-receipt", 303, NULL},
    {"/funds/{fund}/ledger/payments", "/funds/D0001/ledger/payments", "officer",
     "date_d=6&date_m=11&date_y=2569&project_code=STEP-1&amount=100&reference=P-1&party=Group&memo=&instalment=&step=post"
     "&idempotency_key=steps-payment", 303, NULL},
    {"/api/v1/funds/{fund}/years/{fy}/receipts", "/api/v1/funds/D0001/years/2570/receipts", "officer",
     "{\"date\": \"2026-11-07\", \"source\": \"local\", \"amount_satang\": 500000, \"reference\": \"R-2\"}", 201, NULL},
    {"/api/v1/funds/{fund}/years/{fy}/payments", "/api/v1/funds/D0001/years/2570/payments", "officer",
     "{\"date\": \"2026-11-08\", \"project_code\": \"STEP-1\", \"amount_satang\": 10000, \"reference\": \"P-2\"}", 201, NULL},
    {"/funds/{fund}/ledger/entries/{id}/reverse", "/funds/D0001/ledger/entries/" D0001_RECEIPT "/reverse", "officer",
     "date_d=9&date_m=11&date_y=2569&reason=wrong+sum&wants_draft=1&step=post&idempotency_key=steps-reverse", 303, NULL},
    {"/funds/{fund}/ledger/commitments", "/funds/D0001/ledger/commitments", "officer",
     "title=Walk&project_code=STEP-2&support_type=2&owner_type=5&issue_code=&approved_on_d=10&approved_on_m=10&"
     "approved_on_y=2569&approved_in=1%2F2570&amount=500&instalments=&paid_before=&agreement_no=&agreement_on_d=&"
     "agreement_on_m=&agreement_on_y=", 303, NULL},
    {"/funds/{fund}/ledger/commitments/agreement", "/funds/D0001/ledger/commitments/agreement", "officer",
     "project_code=STEP-2&version=2&agreement_no=A-1&agreement_on_d=12&agreement_on_m=10&agreement_on_y=2569", 303, NULL},
    {"/funds/{fund}/ledger/commitments/release", "/funds/D0001/ledger/commitments/release", "officer",
     "project_code=STEP-2&version=3&release_on_d=20&release_on_m=11&release_on_y=2569", 303, NULL},
    {"/api/v1/funds/{fund}/commitments", "/api/v1/funds/D0001/commitments", "officer",
     "{\"project_code\":\"STEP-3\",\"title\":\"Dengue\",\"support_type\":\"1\",\"owner_type\":\"1\","
     "\"approved_on\":\"2026-10-10\",\"approved_in\":\"1/2570\",\"amount_satang\":10000}", 201, NULL},
    {"/funds/{fund}/years/{fy}/plan", "/funds/D0001/years/2571/plan", "officer",
     "version=0&rows=6&nhso=400,000&local=200,000&other=&title_1=Exercise&unit_1=&support_1=2&issue_1=&amount_1=5,000&"
     "agreed_in=&agreed_on_d=&agreed_on_m=&agreed_on_y=&step=post", 303, NULL},
    {"/funds/{fund}/ledger/open", "/funds/D0002/ledger/open?book=ltc", "officer.d0002",
     "book=ltc&take=1&opened_on_d=20&opened_on_m=11&opened_on_y=2569&balance=150,000&bank_name=BAAC&receipt_rows=4&"
     "r_on_1=5%2F10%2F2569&r_source_1=nhso&r_amount_1=80,000&r_reference_1=R-1&step=post", 303, NULL},
    {"/funds/{fund}/ledger/open/table", "/funds/D0002/ledger/open/table?book=ltc", "officer.d0002", "take=1", 400, NULL},
    {"/funds/{fund}/ledger/months/close", "/funds/D0001/ledger/months/close", "secretary", "", 303, steps_close_month},
    {"/api/v1/funds/{fund}/ledger/close", "/api/v1/funds/D0002/ledger/close", "secretary.d0002", "", 200, steps_close_month},
    {"/api/v1/funds/{fund}/ledger/entries/{id}/reversal", "/api/v1/funds/D0001/ledger/entries/" D0001_RECEIPT "/reversal", "officer",
     "{\"date\": \"2026-11-09\", \"reason\": \"wrong sum\"}", 201, NULL},
    /* meetings */
    {"/funds/{fund}/meetings", "/funds/D0001/meetings", "officer",
     "held_on_d=20&held_on_m=11&held_on_y=2569&number=91&began=09.30&place=Hall&chaired_by=Somchai&idempotency_key=steps-meeting", 303, NULL},
    {"/funds/{fund}/meetings/{ref}/edit", "/funds/D0001/meetings/2570-91/edit", "officer",
     "version=" STEPS_MEETING_VERSION "&held_on_d=21&held_on_m=11&held_on_y=2569&began=&ended=12.00&place=Room&chaired_by=Somchai", 303, NULL},
    {"/funds/{fund}/meetings/{ref}/people", "/funds/D0001/meetings/2570-91/people", "officer",
     "version=" STEPS_MEETING_VERSION "&rows=2&name_1=Somchai&title_1=Chair&present_1=1&voter_1=1&name_2=Somsri&voter_2=1", 303, NULL},
    {"/funds/{fund}/meetings/{ref}/items", "/funds/D0001/meetings/2570-91/items", "officer",
     "agenda=know&title=Money+left&words=512,300.50&act=save", 303, NULL},
    {"/funds/{fund}/meetings/{ref}/left", "/funds/D0001/meetings/2570-91/left", "officer",
     "item=" STEPS_MEETING_ITEM "&version=1&left_" STEPS_MEETING_CHAIR "=1&why_" STEPS_MEETING_CHAIR "=own+project", 303, NULL},
    {"/api/v1/funds/{fund}/meetings/{ref}/edit", "/api/v1/funds/D0001/meetings/2570-91/edit", "officer",
     "{\"version\": " STEPS_MEETING_VERSION ", \"held_on\": \"2026-11-20\", \"place\": \"Hall\"}", 200, NULL},
    {"/api/v1/funds/{fund}/meetings/{ref}/items", "/api/v1/funds/D0001/meetings/2570-91/items", "officer",
     "{\"agenda\": \"other\", \"title\": \"Next meeting\"}", 200, NULL},
    {"/api/v1/funds/{fund}/meetings/{ref}/left", "/api/v1/funds/D0001/meetings/2570-91/left", "officer",
     "{\"item\": " STEPS_MEETING_ITEM ", \"version\": 1, \"people\": [{\"id\": " STEPS_MEETING_CHAIR ", \"reason\": \"own project\"}]}", 200, NULL},
    {"/funds/{fund}/meetings/{ref}/sign", "/funds/D0001/meetings/2570-91/sign", "chair", "", 303, steps_meeting_mark},
    {"/api/v1/funds/{fund}/meetings", "/api/v1/funds/D0001/meetings", "officer",
     "{\"held_on\": \"2026-11-20\", \"number\": 92}", 201, NULL},
    {"/funds/{fund}/meetings/{ref}/confirm", "/funds/D0001/meetings/2570-92/confirm", "officer", "former=2570-91&confirmed=1", 303, NULL},
    {"/api/v1/funds/{fund}/meetings/{ref}/confirm", "/api/v1/funds/D0001/meetings/2570-92/confirm", "officer",
     "{\"former\": \"2570-91\", \"confirmed\": false}", 200, NULL},
    {"/api/v1/funds/{fund}/meetings/{ref}/people", "/api/v1/funds/D0001/meetings/2570-92/people", "officer",
     "{\"version\": 1, \"people\": [{\"name\": \"Somchai\", \"title\": \"Chair\"}]}", 200, NULL},
    {"/funds/{fund}/meetings/{ref}/paper", "/funds/D0001/meetings/2570-92/paper", "officer",
     STEPS_SCAN_BODY, 303, NULL},
    {"/funds/{fund}/meetings/{ref}/seen", "/funds/D0001/meetings/2570-92/seen", "secretary", "", 303, steps_meeting_mark},
    {"/api/v1/funds/{fund}/meetings/{ref}/paper", "/api/v1/funds/D0001/meetings/2570-95/paper", "officer", STEPS_SCAN_BODY, 201, steps_meeting_more},
    {"/api/v1/funds/{fund}/meetings/{ref}/sign", "/api/v1/funds/D0001/meetings/2570-93/sign", "chair", "{}", 200, steps_meeting_more},
    {"/api/v1/funds/{fund}/meetings/{ref}/seen", "/api/v1/funds/D0001/meetings/2570-94/seen", "secretary", "", 200, steps_meeting_more},
    {"/funds/{fund}/meetings/{ref}/cancel", "/funds/D0001/meetings/2570-81/cancel", "officer", "version=2&reason=No+quorum", 303, steps_meeting_more},
    {"/api/v1/funds/{fund}/meetings/{ref}/cancel", "/api/v1/funds/D0001/meetings/2570-82/cancel", "officer",
     "{\"version\": 2, \"reason\": \"No quorum\"}", 200, steps_meeting_more},
    /* plans by issue */
    {"/funds/{fund}/plans/new", "/funds/D0001/plans/new", "officer", "issue=alcohol&fy=2571&years=2", 303, NULL},
    {"/funds/{fund}/plans/{issue}/{fy}/edit", "/funds/D0001/plans/alcohol/2571/edit", "officer",
     "step=why&n=1&version=" STEPS_PLAN_VERSION "&cause=one&guideline=two&go=next", 303, NULL},
    {"/api/v1/funds/{fund}/plans/{issue}/{fy}", "/api/v1/funds/D0001/plans/alcohol/2571", "officer",
     "{\"version\": " STEPS_PLAN_VERSION ", \"situations\": [{\"words_th\": \"shops\", \"unit\": \"count\", \"value_x100\": 700}]}", 200, NULL},
    {"/api/v1/funds/{fund}/plans/{issue}/{fy}/lines", "/api/v1/funds/D0001/plans/alcohol/2571/lines", "officer",
     "{\"version\": " STEPS_FINANCE_VERSION ", \"lines\": [{\"title\": \"Feasts\", \"support_type\": \"2\", \"amount_satang\": 100000}]}", 200, NULL},
    {"/funds/{fund}/plans/{issue}/{fy}/agenda", "/funds/D0001/plans/alcohol/2571/agenda", "officer", "meeting=NEXT", 303, steps_next_meeting},
    {"/funds/{fund}/years/{fy}/plan/agenda", "/funds/D0001/years/2571/plan/agenda", "officer", "meeting=NEXT", 303, steps_next_meeting},
    {"/api/v1/funds/{fund}/plans/{issue}/{fy}/agenda", "/api/v1/funds/D0001/plans/alcohol/2571/agenda", "officer",
     "{\"meeting\": \"NEXT\"}", 200, steps_next_meeting},
    {"/api/v1/funds/{fund}/years/{fy}/plan/agenda", "/api/v1/funds/D0001/years/2571/plan/agenda", "officer",
     "{\"meeting\": \"NEXT\"}", 200, steps_next_meeting},
    /* reports of a project, and of a programme */
    {"/funds/{fund}/projects/{slug}/reports/new", STEPS_REPORTS "/new", "applicant", "about=1&idempotency_key=steps-report", 303,
     steps_monitor_project},
    {"/funds/{fund}/projects/{slug}/reports/{n}", STEPS_REPORTS "/1", "applicant",
     "version=1&step=what&activity=1&title=&on_d=5&on_m=11&on_y=2569&ends_on_d=&ends_on_m=&ends_on_y=&reporter_name=Somjai&go=next", 303, NULL},
    {"/api/v1/funds/{fund}/projects/{slug}/reports/{n}/photos", "/api/v1" STEPS_REPORTS "/1/photos", "applicant", STEPS_PHOTO_BODY, 400, NULL},
    {"/api/v1/funds/{fund}/projects/{slug}/reports/{n}", "/api/v1" STEPS_REPORTS "/1", "applicant",
     "{\"version\": 2, \"title\": \"Training\", \"on\": \"2026-11-05\", \"done\": \"It was done\", "
     "\"people\": [{\"group\": \"1004\", \"people\": 38}], \"money\": [{\"line\": 1, \"amount_satang\": 140000}]}", 200, NULL},
    {"/funds/{fund}/projects/{slug}/reports/{n}/send", STEPS_REPORTS "/1/send", "applicant", "version=3", 303, NULL},
    {"/funds/{fund}/projects/{slug}/reports/{n}/return", STEPS_REPORTS "/1/return", "officer", "version=4&reason=who+came", 303, NULL},
    {"/api/v1/funds/{fund}/projects/{slug}/reports/{n}/send", "/api/v1" STEPS_REPORTS "/1/send", "applicant", "{\"version\": 5}", 200, NULL},
    {"/api/v1/funds/{fund}/projects/{slug}/reports/{n}/return", "/api/v1" STEPS_REPORTS "/1/return", "officer",
     "{\"version\": 6, \"reason\": \"photos\"}", 200, NULL},
    {"/funds/{fund}/projects/{slug}/reports/{n}/accept", STEPS_REPORTS "/1/accept", "officer", "version=50", 303, steps_monitor_sent},
    {"/api/v1/funds/{fund}/projects/{slug}/reports", "/api/v1" STEPS_REPORTS, "applicant",
     "{\"kind\": \"final\", \"on\": \"2026-11-20\", \"done\": \"All was done\", \"spent_satang\": 0, "
     "\"people\": [{\"group\": \"1004\", \"people\": 36}], \"results\": [{\"objective\": 1, \"numerator\": 26, \"denominator\": 40}]}", 201, NULL},
    {"/api/v1/funds/{fund}/projects/{slug}/reports/{n}/accept", "/api/v1" STEPS_REPORTS "/2/accept", "officer", "{\"version\": 50}", 200,
     steps_monitor_sent},
    {"/funds/{fund}/projects/{slug}/close", "/funds/D0001/projects/stepmon1/close", "officer", "on_d=22&on_m=11&on_y=2569", 303, NULL},
    {"/api/v1/funds/{fund}/projects/{slug}/close", "/api/v1/funds/D0001/projects/stepmon1/close", "officer", "{\"on\": \"2026-11-22\"}", 201,
     steps_monitor_reported},
    {"/programmes", "/programmes", "agency", "code=STEP-4&title=Region+4&owner_name=Institute&area=R4", 303, NULL},
    {"/programmes/{code}/edit", "/programmes/STEP-4/edit", "agency", "version=1&title=Region+four&owner_name=Institute&area=R4", 303, NULL},
    {"/api/v1/programmes", "/api/v1/programmes", "agency", "{\"code\": \"STEP-5\", \"title\": \"Region 5\", \"owner_name\": \"Institute\"}", 201, NULL},
    {"/api/v1/programmes/{code}", "/api/v1/programmes/STEP-5", "agency",
     "{\"version\": 1, \"title\": \"Region five\", \"owner_name\": \"Institute\"}", 200, NULL},
    {"/programmes/{code}/reports/new", "/programmes/STEP-4/reports/new", "agency", "about=other", 303, NULL},
    {"/programmes/{code}/reports/{n}", "/programmes/STEP-4/reports/1", "agency",
     "version=1&step=what&title=Meeting&on_d=20&on_m=7&on_y=2563&reporter_name=Panicha&reporter_area=4&go=save", 303, NULL},
    {"/api/v1/programmes/{code}/reports/{n}/photos", "/api/v1/programmes/STEP-4/reports/1/photos", "agency", STEPS_PHOTO_BODY, 400, NULL},
    {"/api/v1/programmes/{code}/reports/{n}", "/api/v1/programmes/STEP-4/reports/1", "agency",
     "{\"version\": 2, \"title\": \"Meeting\", \"on\": \"2020-07-20\", \"done\": \"We looked back\"}", 200, NULL},
    {"/programmes/{code}/reports/{n}/send", "/programmes/STEP-4/reports/1/send", "agency", "version=3", 303, NULL},
    {"/api/v1/programmes/{code}/reports", "/api/v1/programmes/STEP-4/reports", "agency",
     "{\"title\": \"Visit\", \"on\": \"2020-08-01\", \"done\": \"We went\"}", 201, NULL},
    {"/api/v1/programmes/{code}/reports/{n}/send", "/api/v1/programmes/STEP-4/reports/2/send", "agency", "{\"version\": 1}", 200, NULL},
    /* visits */
    {"/funds/{fund}/visits", "/funds/D0001/visits", "mentor", "on_d=20&on_m=11&on_y=2569&seen=Going+well&advice=Meet+in+December&project=", 303, NULL},
    {"/api/v1/funds/{fund}/visits", "/api/v1/funds/D0001/visits", "mentor", "{\"on\": \"2026-11-20\", \"seen\": \"Going well\"}", 201, NULL},
    /* proposals */
    {"/funds/{fund}/projects", "/funds/D0001/projects", "applicant", "title=Falls&owner_name=Club&owner_type=5&asked=10,200", 303, NULL},
    {"/funds/{fund}/projects/{slug}/edit/{section}", "/funds/D0001/projects/SLUG/edit/one", "applicant",
     "seen=SEEN&title=Falls+2&owner_name=Club&owner_type=4&support_type=2&issue=older_people&situation=Falls&method=Training"
     "&group_1004=40&place=Hall&asked=10,200&step=next", 303, steps_project_seen},
    {"/funds/{fund}/projects/{slug}/send", "/funds/D0001/projects/SLUG/send", "applicant", "version=VERSION", 303, steps_project},
    {"/funds/{fund}/projects/{slug}/recall", "/funds/D0001/projects/SLUG/recall", "applicant", "version=VERSION", 303, steps_project_sent},
    {"/api/v1/funds/{fund}/projects/{slug}/recall", "/api/v1/funds/D0001/projects/SLUG/recall", "applicant", "{\"version\":VERSION}", 200, steps_project_sent},
    {"/funds/{fund}/projects/{slug}/cancel", "/funds/D0001/projects/SLUG/cancel", "applicant", "version=VERSION&reason=later", 303, steps_project},
    {"/funds/{fund}/projects/{slug}/notes", "/funds/D0001/projects/SLUG/notes", "mentor", "section=budget&words=Three+quotes", 303, steps_project},
    {"/funds/{fund}/projects/{slug}/notes/{note}/answered", "/funds/D0001/projects/SLUG/notes/NOTE/answered", "applicant", "answer=Added", 303, steps_project},
    {"/api/v1/funds/{fund}/projects/{slug}/notes/{note}/answered", "/api/v1/funds/D0001/projects/SLUG/notes/NOTE/answered", "officer",
     "{\"answer\":\"Added\"}", 200, steps_project},
    {"/api/v1/funds/{fund}/projects", "/api/v1/funds/D0001/projects", "officer",
     "{\"title\":\"Falls\",\"owner_name\":\"Club\",\"owner_type\":\"4\",\"asked_satang\":1020000}", 201, NULL},
    {"/api/v1/funds/{fund}/projects/{slug}/edit/{section}", "/api/v1/funds/D0001/projects/SLUG/edit/one", "officer",
     "{\"version\":VERSION,\"title\":\"Falls 3\",\"owner_name\":\"Club\",\"owner_type\":\"4\",\"asked_satang\":1020000}", 200, steps_project},
    {"/api/v1/funds/{fund}/projects/{slug}/send", "/api/v1/funds/D0001/projects/SLUG/send", "officer", "{\"version\":VERSION}", 200, steps_project},
    {"/api/v1/funds/{fund}/projects/{slug}/cancel", "/api/v1/funds/D0001/projects/SLUG/cancel", "officer", "{\"version\":VERSION}", 200, steps_project},
    {"/api/v1/funds/{fund}/projects/{slug}/notes", "/api/v1/funds/D0001/projects/SLUG/notes", "officer",
     "{\"section\":\"all\",\"words\":\"Good\"}", 201, steps_project},
    /* projects: agenda, decisions, agreement, changes, entered later */
    {"/funds/{fund}/meetings/{ref}/proposals", "/funds/D0001/meetings/REF/proposals", "officer", "THING=1", 303, steps_thread},
    {"/api/v1/funds/{fund}/meetings/{ref}/proposals", "/api/v1/funds/D0001/meetings/REF/proposals", "officer",
     "{\"things\": [\"THING\"]}", 200, steps_thread},
    {"/funds/{fund}/decisions/{item}", "/funds/D0001/decisions/ITEM", "officer", "kind=approve&amount=9,000", 303, steps_thread},
    {"/api/v1/funds/{fund}/decisions/{item}", "/api/v1/funds/D0001/decisions/ITEM", "officer",
     "{\"kind\": \"defer\", \"reason\": \"Later\"}", 200, steps_thread},
    {"/funds/{fund}/projects/sizes", "/funds/D0001/projects/sizes", "officer",
     "from_d=1&from_m=10&from_y=2570&small_to=15,000&medium_to=80,000&source=Clause+12&step=post", 303, NULL},
    {"/api/v1/funds/{fund}/projects/sizes", "/api/v1/funds/D0001/projects/sizes", "secretary",
     "{\"from\": \"2027-10-01\", \"small_to_satang\": 1600000, \"medium_to_satang\": 8000000, \"source\": \"Clause 12\"}", 200, NULL},
    {"/funds/{fund}/projects/later", "/funds/D0001/projects/later", "officer",
     "state=running&title=Old&owner_name=Group&owner_type=5&support_type=2&issue=older_people&approved_on_d=1&approved_on_m=11&"
     "approved_on_y=2568&meeting_words=4%2F2568&amount=500&paid=0&step=post", 303, NULL},
    {"/api/v1/funds/{fund}/projects/later", "/api/v1/funds/D0001/projects/later", "officer",
     "{\"state\": \"closed\", \"code\": \"L336325642002\", \"title\": \"Old\", \"owner_name\": \"Group\", \"owner_type\": \"5\", "
     "\"support_type\": \"2\", \"issue\": \"older_people\", \"approved_on\": \"2025-11-20\", \"meeting_words\": \"4/2568\", "
     "\"amount_satang\": 50000, \"paid_satang\": 50000, \"closed_on\": \"2026-03-20\"}", 200, NULL},
    {"/funds/{fund}/projects/{slug}/decide", "/funds/D0001/projects/LATER/decide", "officer", "meeting=REF", 303, steps_thread},
    {"/api/v1/funds/{fund}/projects/{slug}/decide", "/api/v1/funds/D0001/projects/LATER/decide", "officer",
     "{\"meeting\": \"REF\"}", 200, steps_thread},
    {"/funds/{fund}/projects/{slug}/urgent", "/funds/D0001/projects/SENT/urgent", "chair", "amount=900&reason=Outbreak&step=post", 303, steps_thread},
    {"/api/v1/funds/{fund}/projects/{slug}/urgent", "/api/v1/funds/D0001/projects/SENT/urgent", "chair",
     "{\"amount_satang\": 90000, \"reason\": \"Outbreak\"}", 200, steps_thread},
    {"/funds/{fund}/projects/{slug}/agreement", "/funds/D0001/projects/LATER/agreement", "officer",
     "number=1%2F2570&agreed_on_d=12&agreed_on_m=11&agreed_on_y=2569&signer_owner=Somsri&signer_fund=Somchai&mode=parts&"
     "amount_1=40%25&evidence_1=agreement&amount_2=&evidence_2=report&step=post", 303, steps_thread},
    {"/api/v1/funds/{fund}/projects/{slug}/agreement", "/api/v1/funds/D0001/projects/LATER/agreement", "officer",
     "{\"number\": \"2/2570\", \"agreed_on\": \"2026-11-12\", \"signer_owner\": \"Somsri\", \"signer_fund\": \"Somchai\"}", 200, steps_thread},
    {"/funds/{fund}/projects/{slug}/agreement/paper", "/funds/D0001/projects/LATER/agreement/paper", "officer", STEPS_SCAN_BODY, 303, steps_thread},
    {"/funds/{fund}/projects/{slug}/agreement/seen", "/funds/D0001/projects/LATER/agreement/seen", "secretary", "sign=AGREESIGN", 303, steps_thread},
    {"/api/v1/funds/{fund}/projects/{slug}/agreement/paper", "/api/v1/funds/D0001/projects/LATER/agreement/paper", "officer",
     STEPS_SCAN_BODY, 200, steps_thread},
    {"/api/v1/funds/{fund}/projects/{slug}/agreement/seen", "/api/v1/funds/D0001/projects/LATER/agreement/seen", "chair",
     "{\"sign\": AGREESIGN}", 200, steps_thread},
    {"/funds/{fund}/projects/{slug}/urgent/paper", "/funds/D0001/projects/SENT/urgent/paper", "officer", STEPS_URGENT_BODY("amount"), 303, steps_thread},
    {"/funds/{fund}/projects/{slug}/urgent/seen", "/funds/D0001/projects/SENT/urgent/seen", "secretary", "sign=URGENTSIGN", 303, steps_thread},
    {"/api/v1/funds/{fund}/projects/{slug}/urgent/paper", "/api/v1/funds/D0001/projects/SENT/urgent/paper", "officer",
     STEPS_URGENT_BODY("amount"), 200, steps_thread},
    {"/api/v1/funds/{fund}/projects/{slug}/urgent/seen", "/api/v1/funds/D0001/projects/SENT/urgent/seen", "chair",
     "{\"sign\": URGENTSIGN}", 200, steps_thread},
    {"/funds/{fund}/ledger/promises/{id}/paper", "/funds/D0001/ledger/promises/PROMISE/paper", "officer", STEPS_SCAN_BODY, 303, steps_thread},
    {"/funds/{fund}/ledger/promises/{id}/seen", "/funds/D0001/ledger/promises/PROMISE/seen", "secretary", "sign=CARESIGN", 303, steps_thread},
    {"/api/v1/funds/{fund}/commitments/{id}/paper", "/api/v1/funds/D0001/commitments/PROMISE/paper", "officer", STEPS_SCAN_BODY, 200, steps_thread},
    {"/api/v1/funds/{fund}/commitments/{id}/seen", "/api/v1/funds/D0001/commitments/PROMISE/seen", "chair", "{\"sign\": CARESIGN}", 200, steps_thread},
    {"/funds/{fund}/projects/{slug}/later/paper", "/funds/D0001/projects/LATER/later/paper", "officer", STEPS_SCAN_BODY, 303, steps_thread},
    {"/funds/{fund}/projects/{slug}/later/seen", "/funds/D0001/projects/LATER/later/seen", "secretary", "sign=MINUTESIGN", 303, steps_thread},
    {"/api/v1/funds/{fund}/projects/{slug}/later/paper", "/api/v1/funds/D0001/projects/LATER/later/paper", "officer",
     STEPS_SCAN_BODY, 200, steps_thread},
    {"/api/v1/funds/{fund}/projects/{slug}/later/seen", "/api/v1/funds/D0001/projects/LATER/later/seen", "chair",
     "{\"sign\": MINUTESIGN}", 200, steps_thread},
    {"/funds/{fund}/projects/{slug}/changes", "/funds/D0001/projects/LATER/changes", "officer",
     "kind=extend&reason=Rain&ends_on_d=1&ends_on_m=5&ends_on_y=2570", 303, steps_thread},
    {"/api/v1/funds/{fund}/projects/{slug}/changes", "/api/v1/funds/D0001/projects/LATER/changes", "officer",
     "{\"kind\": \"suspend\", \"reason\": \"Rain\"}", 200, steps_thread},
    {"/funds/{fund}/projects/{slug}/changes/{change}/withdraw", "/funds/D0001/projects/LATER/changes/CHANGE/withdraw", "officer",
     "version=1", 303, steps_thread},
    {"/api/v1/funds/{fund}/projects/{slug}/changes/{change}/withdraw", "/api/v1/funds/D0001/projects/LATER/changes/CHANGE/withdraw",
     "officer", "{\"version\": 1}", 200, steps_thread},
};
#define NSTEPS (sizeof steps_examples / sizeof steps_examples[0])

#endif
