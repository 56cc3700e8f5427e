#include "db/types.h"
