int up(void)
{
    return atoi("1");
}
