const char *a = "กองทุนนี้ไม่มีข้อมูล";
const char *b = "อบต.";
const char *c = "กองทุนนี้ไม่มีข้อมูล"; /* lint: thai */
