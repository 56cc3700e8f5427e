#ifndef TYPES_H
#define TYPES_H
#include "base/str.h"
#endif
