static int home_page(void)
{
    return 0;
}
