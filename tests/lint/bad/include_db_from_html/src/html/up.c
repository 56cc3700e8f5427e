#include "db/types.h"
#include "db/db.h"
