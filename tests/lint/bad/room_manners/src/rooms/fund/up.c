int up(int x)
{
    char *p = malloc(1);
    if (x) goto out;
    free(p);
    db_begin(x);
    db_script(x);
    printf("x");
out:
    return x;
}
