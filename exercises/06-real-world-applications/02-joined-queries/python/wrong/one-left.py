import asyncio
from dataclasses import dataclass

COUNT = "SELECT COUNT(*) FROM purchases WHERE customer = ?"
SUM = "SELECT COALESCE(SUM(price), 0) FROM purchases WHERE customer = ?"


@dataclass(frozen=True)
class Summary:
    """What is known of a customer: how many purchases, what they cost together, what was bought last."""

    purchases: int
    spent: int
    last: str


async def summary(pool, customer: str) -> Summary:
    newest = f"SELECT item FROM purchases WHERE customer = '{customer}' ORDER BY rowid DESC LIMIT 1"
    purchases, spent, last = await asyncio.gather(
        ask(pool, COUNT, (customer,)), ask(pool, SUM, (customer,)), ask(pool, newest, ())
    )
    return Summary(purchases, spent, last)


async def ask(pool, sql: str, parameters: tuple):
    async with pool.connection() as connection:
        async with connection.execute(sql, parameters) as rows:
            row = await rows.fetchone()
    if row is None:
        raise LookupError("nothing was bought")
    return row[0]
