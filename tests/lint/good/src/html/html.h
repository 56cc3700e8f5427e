#ifndef HTML_H
#define HTML_H
int html_made(int x);
int html_chart(void);
#endif
