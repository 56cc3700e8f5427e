int up(void)
{
    return atoi("1"); /* lint: banned */
}
