"""Joined queries: three queries at once on a pool."""

import asyncio
from dataclasses import dataclass

COUNT = "SELECT COUNT(*) FROM purchases WHERE customer = ?"
SUM = "SELECT COALESCE(SUM(price), 0) FROM purchases WHERE customer = ?"
LAST = "SELECT item FROM purchases WHERE customer = ? ORDER BY rowid DESC LIMIT 1"


@dataclass(frozen=True)
class Summary:
    """What is known of a customer: how many purchases, what they cost together, what was bought last."""

    purchases: int
    spent: int
    last: str


async def summary(pool, customer: str) -> Summary:
    """Asks the database three things about a customer, in the table `purchases (customer TEXT, item TEXT, price INTEGER)`.

    Raises `LookupError` when the customer has bought nothing, and what a query raises when it fails.
    """
    purchases, spent, last = await asyncio.gather(
        ask(pool, COUNT, customer), ask(pool, SUM, customer), ask(pool, LAST, customer)
    )
    return Summary(purchases, spent, last)


async def ask(pool, sql: str, customer: str):
    """Asks one thing, on a connection of its own."""
    async with pool.connection() as connection:
        async with connection.execute(sql, customer) as rows:
            row = await rows.fetchone()
    if row is None:
        raise LookupError(f"{customer} has bought nothing")
    return row[0]
