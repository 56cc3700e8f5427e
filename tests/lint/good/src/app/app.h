#ifndef APP_H
#define APP_H
#include "html/html.h"
enum err { ERR_OK };
struct rq;
#endif
