#ifndef UP_H
#define UP_H
bool up(struct str s);
#endif
