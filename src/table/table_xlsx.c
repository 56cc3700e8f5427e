/* table_xlsx.c — placeholder until the reader is in: refuses. */
#include "table/table_internal.h"

enum err sheet_open(struct table *t, struct table_fault *ret_fault)
{
    (void)t;
    return table_fault_set(ret_fault, TABLE_FAULT_NOT_XLSX, 0, 0, STR("XLSX is not read yet"));
}

bool sheet_row(struct table *t)
{
    (void)t;
    return false;
}
