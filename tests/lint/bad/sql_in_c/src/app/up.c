const char *c = "DELETE FROM app_setting";
const char *d = "INSERT INTO x VALUES (1)";
const char *e = "BEGIN";
