static int helper(void)
{
    return 1;
}

static void nothing_is_said(void **state)
{
    (void)state;
    helper();
}
