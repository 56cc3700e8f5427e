#include "../web/web.h"
