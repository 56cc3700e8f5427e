#ifndef CHECK_H
#define CHECK_H
#define CHECK(x) check_that(x)
#endif
