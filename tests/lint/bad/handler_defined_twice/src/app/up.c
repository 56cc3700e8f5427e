int fund_page(struct rq *rq)
{
    return 0;
}
