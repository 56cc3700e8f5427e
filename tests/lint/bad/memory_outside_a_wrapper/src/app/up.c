int up(void)
{
    free(calloc(1, 1));
    return 0;
}
