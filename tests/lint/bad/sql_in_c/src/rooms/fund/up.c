const char *a = "SELECT code "
                "FROM fund";
const char *b = "update fund set code = 1";
