int up(void)
{
    return html_made(1);
}
