#ifndef STR_H
#define STR_H
int str_len(const char *s);
#endif
