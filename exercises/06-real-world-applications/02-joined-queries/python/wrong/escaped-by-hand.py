import asyncio
from dataclasses import dataclass


@dataclass(frozen=True)
class Summary:
    """What is known of a customer: how many purchases, what they cost together, what was bought last."""

    purchases: int
    spent: int
    last: str


async def summary(pool, customer: str) -> Summary:
    name = "'" + customer.replace("'", "''") + "'"
    count = f"SELECT COUNT(*) FROM purchases WHERE customer = {name}"
    total = f"SELECT COALESCE(SUM(price), 0) FROM purchases WHERE customer = {name}"
    newest = f"SELECT item FROM purchases WHERE customer = {name} ORDER BY rowid DESC LIMIT 1"
    purchases, spent, last = await asyncio.gather(ask(pool, count), ask(pool, total), ask(pool, newest))
    return Summary(purchases, spent, last)


async def ask(pool, sql: str):
    async with pool.connection() as connection:
        async with connection.execute(sql) as rows:
            row = await rows.fetchone()
    if row is None:
        raise LookupError("nothing was bought")
    return row[0]
