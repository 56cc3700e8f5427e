/* paper_samples.c — see paper_samples.h. Persons and sums are invented. */
#include "tests/rooms/paper_samples.h"

#include "rooms/monitor/monitor_paper.h"
#include "rooms/project/project_paper.h"
#include "tests/paper/photos.h"

#define FUND STR("กองทุนหลักประกันสุขภาพ เทศบาลตำบลทดสอบ")

static struct opt_date day(int16_t year, int8_t month, int8_t d)
{
    return (struct opt_date){true, {year, month, d}};
}

static struct opt_count count(int64_t v)
{
    return (struct opt_count){true, v};
}

/* ---- a group of older people: all there is, and long ---- */

#define LONG_WORDS                                                                                                      \
    "ตำบลทดสอบมีผู้สูงอายุ 1,284 คน คิดเป็นร้อยละ 21.4 ของประชากร จากการคัดกรองปี 2569 พบว่าผู้สูงอายุร้อยละ 31.06 มีกิจกรรมทางกายเพียงพอ " \
    "ร้อยละ 18 เสี่ยงหกล้ม และร้อยละ 12 มีภาวะซึมเศร้า ครอบครัวส่วนใหญ่ลูกหลานไปทำงานต่างถิ่น "                        \
    "ทำให้ผู้สูงอายุอยู่บ้านตามลำพังและไม่มีใครชวนออกกำลังกายหรือพูดคุยเป็นประจำ ชมรมผู้สูงอายุบ้านน้ำใสจึงร่วมกับ อสม. " \
    "และโรงพยาบาลส่งเสริมสุขภาพตำบลจัดทำโครงการนี้ขึ้นเพื่อชวนผู้สูงอายุออกจากบ้านมาทำกิจกรรมร่วมกันสัปดาห์ละสองครั้ง "      \
    "เรียนรู้การดูแลเท้า การกินอาหารให้เหมาะกับโรค และการสังเกตอาการซึมเศร้าของเพื่อนบ้าน"

static const char *const activity_names[] = {"ประชุมชี้แจงคณะทำงานและแบ่งหน้าที่",
                                             "สำรวจและคัดกรองสุขภาพผู้สูงอายุทุกหมู่บ้าน",
                                             "อบรมแกนนำออกกำลังกายรำไม้พลองป้าบุญมี",
                                             "ออกกำลังกายกลุ่มสัปดาห์ละสองครั้ง ณ ลานวัดและศาลาประชาคม",
                                             "เยี่ยมบ้านผู้สูงอายุติดบ้านติดเตียงร่วมกับทีมหมอครอบครัว"};

static void fill_activities(struct rq *rq, struct project_whole *w)
{
    w->nactivities = 20;
    w->activities = ARENA_ARRAY(rq->arena, struct project_activity, 20);
    for (size_t i = 0; i < 20; i++)
        w->activities[i] = (struct project_activity){
            .id = {(int64_t)i + 1},
            .title = str_printf(rq->arena, "%s (รุ่นที่ %zu)", activity_names[i % 5], i / 5 + 1),
            .method = i % 3 == 0 ? STR("แบ่งกลุ่มตามหมู่บ้าน กลุ่มละไม่เกิน 30 คน มี อสม. ประจำกลุ่ม บันทึกผลในสมุดประจำตัวทุกครั้ง") : STR_NONE,
            .starts_on = day(2026, 12, (int8_t)(i + 1)),
            .ends_on = i % 2 ? day(2027, 3, (int8_t)(i + 1)) : (struct opt_date){0}};
}

static void fill_budget(struct rq *rq, struct project_whole *w)
{
    static const char *const words[] = {"ค่าตอบแทนวิทยากร", "ค่าอาหารว่างและเครื่องดื่มผู้เข้าร่วมกิจกรรมและคณะทำงาน",
                                        "ค่าวัสดุอุปกรณ์ เช่น ไม้พลอง แผ่นยาง สมุดบันทึกสุขภาพประจำตัวผู้สูงอายุ"};
    w->nbudget = 60;
    w->budget = ARENA_ARRAY(rq->arena, struct project_budget, 60);
    w->budget_sum = satang(0);
    for (size_t i = 0; i < 60; i++) {
        int64_t quantity = 1 + (int64_t)i % 40, price = i % 3 == 0 ? 30000 : 2525;
        struct satang amount = satang(quantity * price * 2);
        w->budget[i] = (struct project_budget){.id = {(int64_t)i + 1},
                                               .activity = i < 57 ? (int64_t)i / 3 + 1 : 0,
                                               .words = str_of(words[i % 3]),
                                               .quantity = quantity,
                                               .times = 2,
                                               .price = satang(price),
                                               .amount = amount};
        w->budget_sum = satang_add(w->budget_sum, amount);
    }
}

static const struct project_person persons[] = {{STR("นางสาวฐิติญา ปิ่นน้ำผึ้ง"), STR("ประธานชมรม"), STR("0812345678")},
                                                {STR("นายกู้เกียรติ ญาณวุฒิ"), STR("รองประธาน"), STR_NONE},
                                                {STR("นางอุไร ฝั้นเฝือ"), STR("เหรัญญิก"), STR_NONE},
                                                {STR("นายปรีชา ฎีกาวงศ์"), STR("เลขานุการ"), STR_NONE},
                                                {STR("นางเปี่ยมสุข ซื่อตรง"), STR_NONE, STR_NONE}};
static const struct project_issue issues[] = {{{11}, STR("older_people"), STR("ผู้สูงอายุ"), STR("Older people")},
                                              {{5}, STR("activity"), STR("กิจกรรมทางกาย"), STR("Physical activity")},
                                              {{15}, STR("mental"), STR("สุขภาพจิต"), STR("Mental health")}};

static void fill_lists(struct rq *rq, struct project_whole *w)
{
    w->people = ARENA_ARRAY(rq->arena, struct project_person, 5);
    memcpy(w->people, persons, sizeof persons);
    w->npeople = 5;
    w->issues = ARENA_ARRAY(rq->arena, struct project_issue, 3);
    memcpy(w->issues, issues, sizeof issues);
    w->nissues = 3;
    w->nobjectives = 3;
    w->objectives = ARENA_ARRAY(rq->arena, struct project_objective, 3);
    w->objectives[0] = (struct project_objective){.words = STR("เพื่อเพิ่มกิจกรรมทางกายที่เพียงพอในผู้สูงอายุ"),
                                                  .indicator_words = STR("ร้อยละของผู้สูงอายุ (65 ปีขึ้นไป) ที่มีกิจกรรมทางกายเพียงพอ"),
                                                  .unit = STR("percent"),
                                                  .from_x100 = count(3106),
                                                  .to_x100 = count(5000)};
    w->objectives[1] = (struct project_objective){.words = STR("เพื่อลดจำนวนผู้สูงอายุที่หกล้มในบ้าน"),
                                                  .indicator_words = STR("จำนวนผู้สูงอายุที่หกล้มในหนึ่งปี"),
                                                  .unit = STR("count"),
                                                  .from_x100 = count(123400),
                                                  .to_x100 = count(4050)};
    w->objectives[2] = (struct project_objective){.words = STR("เพื่อให้เพื่อนบ้านสังเกตอาการซึมเศร้าของกันและกันได้")};
    w->ntargets = 2;
    w->targets = ARENA_ARRAY(rq->arena, struct project_target, 2);
    w->targets[0] = (struct project_target){STR("1004"), STR("กลุ่มผู้สูงอายุ"), STR("Older people"), count(1150), {0}};
    w->targets[1] = (struct project_target){STR("2004"), STR("กลุ่มประชาชนทั่วไปที่มีภาวะเสี่ยง"), STR("Public at risk"), count(60), {0}};
}

static struct project_paper full(struct rq *rq)
{
    struct project_paper x = {.fund = FUND, .has_names = true,
                              .support = STR("กลุ่มหรือองค์กรประชาชน และหน่วยงานอื่น"),
                              .owner_type = STR("กลุ่มหรือองค์กรประชาชนตั้งแต่ 5 คน"),
                              .clause = STR("10(2)"),
                              .power = STR("17(2)"),
                              .needs_agreement = true};
    fill_lists(rq, &x.w);
    fill_activities(rq, &x.w);
    fill_budget(rq, &x.w);
    x.w.p = (struct project){.id = {1},
                             .fund_code = STR("D0001"),
                             .fy = {2570},
                             .slug = STR("k7m2p9xr"),
                             .code = STR("70-D0001-2-01"),
                             .title = STR("ผู้สูงวัยหัวใจแข็งแรง ชุมชนบ้านน้ำใสร่วมใจดูแลผู้สูงอายุติดบ้านติดเตียง ปี 2570"),
                             .owner_name = STR("ชมรมผู้สูงอายุบ้านน้ำใส"),
                             .owner_type = STR("5"),
                             .support_type = STR("2"),
                             .size = PROJECT_LARGE,
                             .state = PROJECT_RUNNING,
                             .planned_title = STR("ส่งเสริมกิจกรรมทางกายในผู้สูงอายุ"),
                             .situation = STR(LONG_WORDS "\n" LONG_WORDS),
                             .expected = STR("ผู้สูงอายุมีกิจกรรมทางกายเพียงพอเพิ่มขึ้น หกล้มน้อยลง และมีเพื่อนบ้านที่สังเกตและช่วยเหลือกันได้"),
                             .place = STR("ลานวัดบ้านน้ำใส ศาลาประชาคมหมู่ที่ 1–7 ตำบลทดสอบ"),
                             .starts_on = day(2026, 12, 1),
                             .ends_on = day(2027, 8, 31),
                             .report_due = day(2027, 9, 15),
                             .sent_on = day(2026, 10, 15),
                             .asked = {true, x.w.budget_sum},
                             .approved = {true, satang(4250050)},
                             .is_for_paper = true};
    return x;
}

static struct project_decision approval(struct str how)
{
    return (struct project_decision){.id = {7},
                                     .kind = STR("approve_corrected"),
                                     .meeting_words = STR("3/2570"),
                                     .decided_on = {2026, 11, 5},
                                     .amount = {true, satang(4250050)},
                                     .conditions = STR("ลดค่าอาหารว่างให้เหลือคนละ 25 บาท และเพิ่มการคัดกรองภาวะซึมเศร้า"),
                                     .report_due = day(2027, 9, 15),
                                     .signed_how = how,
                                     .signed_names = STR("นายสมชาย ใจงาม"),
                                     .signed_on = day(2026, 11, 7),
                                     .is_in_force = true};
}

static struct paper *make_proposal_long(struct rq *rq)
{
    struct project_paper x = full(rq);
    struct project_decision *d = ARENA_ARRAY(rq->arena, struct project_decision, 3);
    d[0] = approval(STR("paper"));
    d[0].id.v = 5;
    d[0].kind = STR("defer");
    d[0].meeting_words = STR("2/2570");
    d[0].decided_on = (struct date){2026, 10, 20};
    d[0].amount = (struct opt_satang){0};
    d[1] = approval(STR("paper"));
    d[1].id.v = 6;
    d[1].amount.v = satang(4520050);
    d[1].is_corrected = true;
    d[2] = approval(STR("login"));
    d[2].corrects.v = 6;
    x.decisions = d;
    x.ndecisions = 3;
    return project_proposal_paper(rq, &x);
}

static struct project_paper small(struct rq *rq)
{
    struct project_paper x = {.fund = FUND, .clause = STR("10(2)"), .support = STR("กลุ่มหรือองค์กรประชาชน และหน่วยงานอื่น"),
                              .owner_type = STR("กลุ่มหรือองค์กรประชาชนตั้งแต่ 5 คน"), .sender = STR("อุไร ฝั้นเฝือ"), .has_names = true};
    x.w.budget = ARENA_ARRAY(rq->arena, struct project_budget, 1);
    x.w.budget[0] = (struct project_budget){.words = STR("ค่าอาหารกลางวันและวัสดุ"), .quantity = 1, .times = 1, .price = satang(1020000),
                                            .amount = satang(1020000)};
    x.w.nbudget = 1;
    x.w.budget_sum = satang(1020000);
    x.w.activities = ARENA_ARRAY(rq->arena, struct project_activity, 1);
    x.w.activities[0] = (struct project_activity){.title = STR("รวมพลังเก็บขยะและทำน้ำหมัก"), .starts_on = day(2027, 1, 9)};
    x.w.nactivities = 1;
    x.w.p = (struct project){.fund_code = STR("D0001"),
                             .fy = {2570},
                             .slug = STR("c4h8w2nq"),
                             .title = STR("หมู่ 4 บ้านสะอาด"),
                             .owner_name = STR("กลุ่มรักษ์บ้านเกิด หมู่ 4"),
                             .owner_type = STR("5"),
                             .support_type = STR("2"),
                             .size = PROJECT_SMALL,
                             .state = PROJECT_SENT,
                             .situation = STR("ขยะในหมู่บ้านวันละ 300 กิโลกรัม มีเพียงร้อยละ 7 ของครัวเรือนที่คัดแยก"),
                             .sent_on = day(2026, 11, 20),
                             .asked = {true, satang(1020000)}};
    return x;
}

static struct paper *make_proposal_small(struct rq *rq)
{
    struct project_paper x = small(rq);
    return project_proposal_paper(rq, &x);
}

/* Nothing but a title. */
static struct paper *make_proposal_bare(struct rq *rq)
{
    struct project_paper x = {.fund = FUND};
    x.w.p = (struct project){.fund_code = STR("D0001"), .fy = {2570}, .slug = STR("zz2222zz"), .title = STR("โครงการที่เพิ่งเริ่มเขียน")};
    return project_proposal_paper(rq, &x);
}

static void agree(struct rq *rq, struct project_paper *x)
{
    struct project_instalment *i = ARENA_ARRAY(rq->arena, struct project_instalment, 3);
    i[0] = (struct project_instalment){1, satang(2125025), STR("agreement"), true, true, day(2026, 11, 20)};
    i[1] = (struct project_instalment){2, satang(1700000), STR("report"), false, false, day(2027, 3, 31)};
    i[2] = (struct project_instalment){3, satang(425025), STR("final_report"), false, false, {0}};
    x->agreement = (struct project_agreement){.number = STR("20/2570"),
                                              .place = STR("สำนักงานเทศบาลตำบลทดสอบ"),
                                              .signer_owner = STR("นางสาวฐิติญา ปิ่นน้ำผึ้ง"),
                                              .signer_fund = STR("นายสมชาย ใจงาม"),
                                              .witness_1 = STR("นางอุไร ฝั้นเฝือ"),
                                              .agreed_on = {2026, 11, 16},
                                              .instalments = i,
                                              .ninstalments = 3,
                                              .version = 1};
}

static void decide(struct rq *rq, struct project_paper *x, struct project_decision d)
{
    struct project_decision *kept = ARENA_NEW(rq->arena, struct project_decision);
    *kept = d;
    x->decisions = kept;
    x->ndecisions = 1;
}

static struct paper *make_agreement(struct rq *rq)
{
    struct project_paper x = full(rq);
    agree(rq, &x);
    decide(rq, &x, approval(STR("paper")));
    return project_agreement_paper(rq, &x);
}

static struct paper *make_agreement_small(struct rq *rq)
{
    struct project_paper x = small(rq);
    x.w.p.code = STR("70-D0001-2-02");
    x.w.p.approved = (struct opt_satang){true, satang(1020000)};
    x.agreement = (struct project_agreement){.number = STR("21/2570"), .signer_owner = STR("นางเปี่ยมสุข ซื่อตรง"),
                                             .signer_fund = STR("นายสมชาย ใจงาม"), .agreed_on = {2026, 11, 18}, .version = 1};
    return project_agreement_paper(rq, &x);
}

static struct paper *make_letter_approved(struct rq *rq)
{
    struct project_paper x = full(rq);
    decide(rq, &x, approval(STR("login")));
    return project_letter_put(rq, NULL, &x, project_paper_decision(&x));
}

static struct paper *letter(struct rq *rq, const char *kind, struct str reason)
{
    struct project_paper x = small(rq);
    struct project_decision d = {.kind = str_of(kind),
                                 .meeting_words = STR("4/2570"),
                                 .decided_on = {2026, 11, 21},
                                 .reason = reason,
                                 .signed_how = STR("paper"),
                                 .signed_names = STR("นายสมชาย ใจงาม และนางมาลี ศรีสุข"),
                                 .signed_on = day(2026, 11, 22),
                                 .is_in_force = true};
    decide(rq, &x, d);
    return project_letter_put(rq, NULL, &x, project_paper_decision(&x));
}

static struct paper *make_letter_revise(struct rq *rq)
{
    return letter(rq, "revise", STR("ขอให้ระบุจำนวนคนที่จะเข้าร่วม และแยกค่าอาหารกับค่าวัสดุออกจากกัน"));
}

static struct paper *make_letter_defer(struct rq *rq)
{
    return letter(rq, "defer", STR("เวลาประชุมไม่พอ"));
}

static struct paper *make_letter_reject(struct rq *rq)
{
    return letter(rq, "reject", STR("กิจกรรมซ้ำกับโครงการที่เทศบาลจัดอยู่แล้ว"));
}

static struct paper *make_letter_urgent(struct rq *rq)
{
    struct project_paper x = small(rq);
    struct project_decision d = approval(STR("login"));
    x.clause = STR("10(5)");
    x.support = STR("โรคระบาดหรือภัยพิบัติในพื้นที่");
    d.kind = STR("urgent");
    d.conditions = STR_NONE;
    d.amount.v = satang(1020000);
    decide(rq, &x, d);
    return project_letter_put(rq, NULL, &x, project_paper_decision(&x));
}

static struct ledger_entry payment(void)
{
    return (struct ledger_entry){.id = {12},
                                 .fy = {2570},
                                 .number = 12,
                                 .kind = LEDGER_PAYMENT,
                                 .on = {2026, 11, 20},
                                 .amount = satang(2125025),
                                 .party = STR("ชมรมผู้สูงอายุบ้านน้ำใส"),
                                 .reference = STR("ฎีกาที่ 5/2570")};
}

static struct paper *make_receipt(struct rq *rq)
{
    struct project_paper x = full(rq);
    struct ledger_entry e = payment();
    agree(rq, &x);
    decide(rq, &x, approval(STR("paper")));
    return project_receipt_paper(rq, &x, &(struct project_receipt){&e, 1});
}

static struct paper *make_receipt_void(struct rq *rq)
{
    struct project_paper x = small(rq);
    struct ledger_entry e = payment();
    x.w.p.owner_type = STR("1");
    e.amount = satang(1020000);
    e.party = STR("โรงพยาบาลส่งเสริมสุขภาพตำบลทดสอบ");
    e.reversed_by_number = STR("2570/14");
    return project_receipt_paper(rq, &x, &(struct project_receipt){&e, 0});
}

/* ---- closing ---- */

static void results(struct project_whole *w)
{
    static const struct {
        int64_t reached, level;
    } of[] = {{5210, 4}, {6000, 2}, {0, 0}};
    for (size_t i = 0; i < w->nobjectives; i++) {
        w->objectives[i].reached_x100 = (struct opt_count){of[i].level > 0, of[i].reached};
        w->objectives[i].level = of[i].level;
    }
    w->objectives[0].reached_words = STR("ผู้สูงอายุ 594 คนจาก 1,140 คนที่ติดตามได้มีกิจกรรมทางกายเพียงพอ");
    w->targets[0].reached = count(1102);
    w->targets[1].reached = count(75);
}

static struct monitor_report *reports(struct rq *rq)
{
    struct monitor_report *r = ARENA_ARRAY(rq->arena, struct monitor_report, 6);
    r[0] = (struct monitor_report){.on = day(2026, 12, 3), .activity = {1}, .title = STR("ประชุมคณะทำงาน"), .state = MONITOR_ACCEPTED};
    r[1] = (struct monitor_report){.on = day(2027, 1, 9), .ends_on = day(2027, 1, 10), .activity = {2}, .title = STR("คัดกรอง"), .state = MONITOR_ACCEPTED};
    r[2] = (struct monitor_report){.on = day(2027, 2, 14), .title = STR("เดินรณรงค์วันแห่งความรักของตายาย"), .state = MONITOR_ACCEPTED};
    r[3] = (struct monitor_report){.on = day(2027, 3, 6), .activity = {2}, .title = STR("คัดกรองรอบสอง"), .state = MONITOR_ACCEPTED};
    r[4] = (struct monitor_report){.on = day(2027, 4, 13), .activity = {77}, .title = STR("รดน้ำขอพรผู้สูงอายุ"), .state = MONITOR_ACCEPTED}; /* no longer planned */
    r[5] = (struct monitor_report){.is_final = true,
                                   .on = day(2027, 9, 10),
                                   .reporter_name = STR("นางสาวฐิติญา ปิ่นน้ำผึ้ง"),
                                   .output = STR("เกิดกลุ่มออกกำลังกาย 7 กลุ่ม แกนนำ 42 คน"),
                                   .outcome = STR("ผู้สูงอายุนัดกันออกกำลังกายเองสัปดาห์ละสองครั้งหลังจบโครงการ"),
                                   .conclusion = STR("ทำได้ตามที่ตั้งใจ และจะทำต่อโดยใช้เงินของชมรม"),
                                   .problems = STR("ฝนตกต่อเนื่องในเดือนธันวาคม ต้องเลื่อนกิจกรรมสองครั้ง\nผู้สูงอายุบางคนไม่มีรถมาร่วม"),
                                   .suggestions = STR("จัดรถรับส่งในหมู่ที่ 6 และ 7"),
                                   .sent_on = day(2027, 9, 10),
                                   .accepted_on = day(2027, 9, 13),
                                   .state = MONITOR_ACCEPTED};
    return r;
}

static struct str jpeg(const unsigned char *p, size_t n)
{
    return (struct str){(const char *)p, n};
}

static struct paper *make_closing(struct rq *rq)
{
    struct project_paper o = full(rq);
    struct monitor_report *r = reports(rq);
    struct monitor_money *m = ARENA_ARRAY(rq->arena, struct monitor_money, 3);
    struct paper_photo *photos = ARENA_ARRAY(rq->arena, struct paper_photo, 4);
    for (size_t i = 0; i < 4; i++)
        photos[i] = i == 2 ? (struct paper_photo){jpeg(photo_standing, sizeof photo_standing), 48, 72, STR("เยี่ยมบ้าน")}
                           : (struct paper_photo){jpeg(photo_lying, sizeof photo_lying), 96, 72, STR("คัดกรอง 9 มกราคม 2570 หมู่ที่ 3")};
    m[0] = (struct monitor_money){o.w.budget[0].id, o.w.budget[0].words, satang(60000)};
    m[1] = (struct monitor_money){o.w.budget[1].id, o.w.budget[1].words, satang(9595)};
    m[2] = (struct monitor_money){{0}, STR("ค่าเช่ารถรับส่งหมู่ที่ 6 และ 7"), satang(4055405)};
    results(&o.w);
    o.w.nbudget = 6;
    o.w.budget_sum = satang(4250050);
    o.w.nactivities = 4;
    o.w.p.state = PROJECT_CLOSED;
    o.w.p.is_for_paper = false;
    struct monitor_paper x = {.w = o.w, .fund = FUND, .support = o.support, .clause = o.clause, .reports = r, .nreports = 6,
                              .final = &r[5],
                              .money = {.approved = satang(4250050), .paid = satang(4250050), .refunded = satang(125050)},
                              .spent = {.lines = m, .nlines = 3, .sum = {true, satang(4125000)}},
                              .closed_on = day(2027, 9, 20), .sender = STR("ฐิติญา ปิ่นน้ำผึ้ง"), .accepter = STR("กานดา มีสุข"),
                              .photos = photos, .nphotos = 4};
    return monitor_closing_paper(rq, &x);
}

/* A small one, half way: nothing accepted, money still to be returned. */
static struct paper *make_closing_open(struct rq *rq)
{
    struct project_paper o = small(rq);
    o.w.p.state = PROJECT_STOPPED;
    o.w.p.is_for_paper = true;
    struct monitor_paper x = {.w = o.w, .fund = FUND,
                              .money = {.approved = satang(1020000), .paid = satang(1020000)},
                              .spent = {.sum = {true, satang(512050)}}};
    return monitor_closing_paper(rq, &x);
}

const struct room_sample room_samples[] = {
    {"proposal_long", make_proposal_long, 7},     {"proposal_small", make_proposal_small, 1},
    {"proposal_bare", make_proposal_bare, 1},     {"agreement", make_agreement, 2},
    {"agreement_small", make_agreement_small, 1}, {"letter_approved", make_letter_approved, 1},
    {"letter_revise", make_letter_revise, 1},     {"letter_defer", make_letter_defer, 1},
    {"letter_reject", make_letter_reject, 1},     {"letter_urgent", make_letter_urgent, 1},
    {"receipt", make_receipt, 1},                 {"receipt_void", make_receipt_void, 1},
    {"closing", make_closing, 3},                 {"closing_open", make_closing_open, 1},
};
const size_t nroom_samples = sizeof room_samples / sizeof *room_samples;
