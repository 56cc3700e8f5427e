int up(int x)
{
    if (x == 0) x++;
    if (x == 1) x++;
    if (x == 2) x++;
    if (x == 3) x++;
    if (x == 4) x++;
    if (x == 5) x++;
    if (x == 6) x++;
    if (x == 7) x++;
    if (x == 8) x++;
    if (x == 9) x++;
    if (x == 10) x++;
    if (x == 11) x++;
    if (x == 12) x++;
    if (x == 13) x++;
    if (x == 14) x++;
    return x;
}
