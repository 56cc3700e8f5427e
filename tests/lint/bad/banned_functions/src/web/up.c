int up(void)
{
    strcpy(a, b);
    strcat(a, b);
    sprintf(a, b);
    vsprintf(a, b);
    gets(a);
    strtok(a, b);
    atoi(a);
    atol(a);
    atof(a);
    scanf(a);
    sscanf(a, b);
    system(a);
    popen(a, b);
    rand();
    srand(1);
    localtime(a);
    gmtime(a);
    ctime(a);
    time(NULL);
    gettimeofday(a, b);
    clock_gettime(CLOCK_REALTIME, a);
    clock_gettime(CLOCK_MONOTONIC, a);
    return 0;
}
