int bar(void)
{
    return html_made(1);
}
