#include "base/str.h"
#include "web/web.h"
#include "app/app.h"
