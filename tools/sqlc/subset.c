#include "sqlc.h"
void subset_check(const char *file, const struct toks *t) { (void)file; (void)t; }
