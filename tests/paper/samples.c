/* samples.c — see samples.h. Names of people and sums are invented. */
#include "samples.h"

#include "base/baht_text.h"
#include "tests/paper/photos.h"

struct paper_about paper_sample_about(void)
{
    return (struct paper_about){
        .title = STR("ใบเบิกเงิน 12/2570"),
        .author = STR("กองทุนหลักประกันสุขภาพเทศบาลตำบลทดสอบ"),
        .footer = STR("ใบเบิกเงิน เลขที่ 12/2570 · L0000"),
        .check = STR("รหัสตรวจสอบ 3f2a91bc04d7e6a8 เทียบได้ที่หน้ารายการในระบบ"),
        .link = STR("https://sarn.example/funds/L0000/ledger/entries/12"),
        .words = {STR("หน้า {0}/{1}"), STR("ลงชื่อ"), STR("ตำแหน่ง"), STR("วันที่")},
    };
}

static void add_body(struct paper *p)
{
    paper_title(p, STR("กองทุนหลักประกันสุขภาพเทศบาลตำบลทดสอบ"), STR("ใบเบิกเงินกองทุน"),
                STR("อำเภอเมืองทดสอบ จังหวัดตัวอย่าง"));
    paper_right(p, STR("เลขที่ 12/2570"));
    paper_right(p, STR("วันที่ 22 พฤศจิกายน 2569"));
    paper_field(p, STR("เรื่อง"), STR("ขออนุมัติเบิกเงินงวดที่ 1 โครงการส่งเสริมสุขภาพผู้สูงอายุ"));
    paper_fields(p, STR("รหัสโครงการ"), STR("69-L0000-2-01"), STR("ผู้รับเงิน"),
                 STR("ชมรมผู้สูงอายุบ้านน้ำใส"));
    paper_sum(p, STR("จำนวนเงิน"), STR("1,021.25 บาท"), STR("(หนึ่งพันยี่สิบเอ็ดบาทยี่สิบห้าสตางค์)"));
    paper_para(p, STR("ด้วยคณะกรรมการกองทุนในการประชุมครั้งที่ 2/2569 ได้อนุมัติโครงการส่งเสริมสุขภาพผู้สูงอายุ"
                      "และผู้ที่มีภาวะพึ่งพิงในชุมชน ซึ่งดำเนินการโดยชมรมผู้สูงอายุบ้านน้ำใส "
                      "จึงขอเบิกเงินตามบันทึกข้อตกลงเพื่อใช้จ่ายในกิจกรรมตามแผนงานที่ได้รับอนุมัติไว้แล้ว"));
    paper_section(p, STR("คำที่ยากแก่ตัวพิมพ์"));
    paper_numbered(p, STR("น้ำ ซ้ำ ค้ำ ก๋วยเตี๋ยว ปู่ ญาติผู้ใหญ่ ฐานะ กตัญญู ฎีกา ฏุ ฐู ญู ป่า ฝ้าย ฟื้น ปั๊ม ปี่ ฝิ่น"));
    paper_numbered(p,
                   STR("ที่นี้ ผู้รู้ รู้สึก กิ๊ก เปี๊ยก เพื่อน เรื่อง เมื่อ ใคร ไหม้ โต๊ะ เจ๊ง ฤๅษี ฦๅชา ประกาศฯ ต่าง ๆ"));
    paper_numbered(p, STR("สัมฤทธิ์ พระบาทสมเด็จพระเจ้าอยู่หัว อนุสาวรีย์ ศุกร์ จันทร์ ๏ ๚ ๛ ฿ 100 “คำพูด” – 50%"));
}

static void add_table(struct paper *p, struct arena *a, int rows)
{
    static const struct paper_col cols[] = {{STR("ที่"), PAPER_CENTRE, 8},
                                            {STR("รายการ"), PAPER_LEFT, 52},
                                            {STR("จำนวน (คน)"), PAPER_RIGHT, 16},
                                            {STR("จำนวนเงิน (บาท)"), PAPER_RIGHT, 24}};
    static const struct str group[] = {STR(""), STR("หมวดค่าใช้สอย"), STR(""), STR("")};
    paper_table(p, cols, 4);
    paper_row(p, PAPER_ROW_GROUP, group, 4);
    struct satang all = satang(0);
    for (int i = 0; i < rows; i++) {
        struct str *cells = ARENA_ARRAY(a, struct str, 4);
        struct buf money = buf_in(a, 64);
        struct satang one = satang((int64_t)(i + 1) * 123456);
        buf_satang(&money, one);
        all = satang_add(all, one);
        cells[0] = str_printf(a, "%d", i + 1);
        cells[1] =
            i % 7 == 3
                ? STR("ค่าอาหารว่างและเครื่องดื่มผู้เข้าร่วมประชุมเชิงปฏิบัติการพัฒนาศักยภาพแกนนำสุขภาพประจำครอบครัว")
                : STR("ค่าตอบแทนวิทยากร");
        cells[2] = str_printf(a, "%d", 20 + i);
        cells[3] = buf_str(&money);
        paper_row(p, PAPER_ROW, cells, 4);
    }
    struct str *sum = ARENA_ARRAY(a, struct str, 4);
    struct buf money = buf_in(a, 64);
    buf_satang(&money, all);
    sum[0] = STR("");
    sum[1] = STR("รวม");
    sum[2] = STR("");
    sum[3] = buf_str(&money);
    paper_row(p, PAPER_ROW_SUM, sum, 4);
    paper_note(p, STR("หมายเหตุ ตัวเลขทั้งหมดสมมุติขึ้นเพื่อทดสอบ"));
}

static void add_signs(struct paper *p)
{
    static const struct paper_sign signs[] = {
        {STR("ผู้ขอเบิก"), STR("นางสาวฐิติญา ปิ่นน้ำผึ้ง"), STR("เลขานุการกองทุน")},
        {STR("ผู้อนุมัติ"), STR(""), STR("\x01")},
        {STR("ผู้รับเงิน"), STR(""), STR("")},
    };
    paper_gap(p);
    paper_signs(p, signs, 3);
}

static struct paper *make_voucher(struct arena *a)
{
    struct paper_about about = paper_sample_about();
    struct paper *p = paper_begin(a, &about);
    add_body(p);
    add_signs(p);
    return p;
}

static struct paper *make_thai_digits(struct arena *a)
{
    struct paper_about about = paper_sample_about();
    about.has_thai_digits = true;
    about.watermark = STR("ร่าง");
    struct paper *p = paper_begin(a, &about);
    add_body(p);
    return p;
}

static struct paper *make_long_table(struct arena *a)
{
    struct paper_about about = paper_sample_about();
    about.link = STR_NONE;
    struct paper *p = paper_begin(a, &about);
    paper_title(p, STR("กองทุนหลักประกันสุขภาพเทศบาลตำบลทดสอบ"), STR("บัญชีรายละเอียด"), STR(""));
    add_table(p, a, 60);
    add_signs(p);
    return p;
}

static struct paper *make_long_words(struct arena *a)
{
    struct paper_about about = paper_sample_about();
    struct paper *p = paper_begin(a, &about);
    for (int i = 0; i < 30; i++) {
        if (i % 10 == 0) paper_section(p, STR("ข้อความยาว"));
        paper_para(
            p,
            STR("กองทุนหลักประกันสุขภาพในระดับท้องถิ่นหรือพื้นที่ตั้งขึ้นเพื่อสนับสนุนให้ประชาชนเข้าถึงบริการสร้างเสริมสุขภาพ"
                "ป้องกันโรคฟื้นฟูสมรรถภาพและการรักษาพยาบาลระดับปฐมภูมิที่จำเป็นต่อสุขภาพและการดำรงชีวิต\n"
                "บรรทัดใหม่เริ่มที่นี่และไม่มีเว้นวรรคเลยสักแห่งเพื่อให้พจนานุกรมของตัวตัดคำทำงานจนสุดบรรทัดแล้วขึ้นบรรทัดให"
                "ม่เอง"));
        paper_numbered(
            p, STR("ข้อย่อยที่มีความยาวพอจะขึ้นบรรทัดใหม่เพื่อดูว่าบรรทัดที่สองเยื้องตรงกับบรรทัดแรกและวรรณยุกต์ไม่ชนกัน"));
    }
    return p;
}

static struct str bytes(const unsigned char *p, size_t n)
{
    return (struct str){(const char *)p, n};
}

static struct paper *make_pictures(struct arena *a)
{
    struct paper_about about = paper_sample_about();
    struct paper *p = paper_begin(a, &about);
    paper_section(p, STR("ผลการพิจารณา"));
    paper_tick(p, true, STR("อนุมัติงบประมาณ เพื่อสนับสนุนโครงการ จำนวน 10,200.00 บาท"));
    paper_tick(p, false, STR("ไม่อนุมัติงบประมาณเพื่อสนับสนุนโครงการที่มีชื่อยาวจนต้องขึ้นบรรทัดใหม่เพื่อดูว่าบรรทัดที่สองเริ่มตรงกับข้อความไม่ใช่ตรงกับช่อง"));
    struct paper_photo *photos = ARENA_ARRAY(a, struct paper_photo, 5);
    for (size_t i = 0; i < 5; i++) {
        photos[i] = (struct paper_photo){bytes(photo_lying, sizeof photo_lying), 96, 72, STR("อบรมแกนนำ 12 มกราคม 2570")};
        if (i == 1) photos[i] = (struct paper_photo){bytes(photo_standing, sizeof photo_standing), 48, 72, STR_NONE};
    }
    photos[3].caption = STR("คำบรรยายที่ยาวกว่าสองบรรทัดของช่องภาพจึงถูกตัดด้วยจุดไข่ปลาท้ายบรรทัดที่สองเสมอเพื่อไม่ให้ล้ำลงไปในแถวถัดไป");
    paper_section(p, STR("ภาพกิจกรรม"));
    paper_photos(p, photos, 5);
    paper_para(p, STR("ข้อความหลังภาพ"));
    return p;
}

const struct paper_sample paper_samples[] = {
    {"voucher", make_voucher, 1},
    {"thai_digits", make_thai_digits, 1},
    {"long_table", make_long_table, 3},
    {"long_words", make_long_words, 6},
    {"pictures", make_pictures, 1},
};
const size_t npaper_samples = sizeof paper_samples / sizeof *paper_samples;
