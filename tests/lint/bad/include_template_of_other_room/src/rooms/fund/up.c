#include "rooms/map.html.h"
