#ifndef AREA_H
#define AREA_H
#include "html/html.h"
int area_kind(void);
#endif
