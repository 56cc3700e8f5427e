int fund_number(void);
int area_kind(void);
