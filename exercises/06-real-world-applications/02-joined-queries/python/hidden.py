import asyncio
import sqlite3
import tempfile
from contextlib import asynccontextmanager, closing
from pathlib import Path

import aiosqlite
import pytest
from harness import Raised, caught, expect, timeline
from solution import summary

# How long a right answer's queries may take to be there together; none needs it.
PATIENCE = 3.0
ADA = "3, 20, fish"


class Cursor(sqlite3.Cursor):
    """Remembers the statements that were run."""

    def execute(self, sql, *parameters):
        self.connection.statements.add(sql)
        return super().execute(sql, *parameters)


class Connection(sqlite3.Connection):
    """A connection whose statements are remembered."""

    def __init__(self, *options, **more):
        super().__init__(*options, **more)
        self.statements = set()

    def execute(self, sql, *parameters):
        self.statements.add(sql)
        return super().execute(sql, *parameters)

    def cursor(self, factory=Cursor):
        return super().cursor(factory)


class Pool:
    """So many connections to a file, lent one at a time. It counts."""

    def __init__(self, connections):
        self.free = asyncio.Queue()
        for connection in connections:
            self.free.put_nowait(connection)
        self.connections = connections
        self.in_use = 0
        self.taken = 0
        self.changed = asyncio.Condition()

    @asynccontextmanager
    async def connection(self):
        try:
            async with asyncio.timeout(PATIENCE):
                connection = await self.free.get()
        except TimeoutError:
            raise TimeoutError("no connection came free") from None
        await self.count(+1)
        try:
            with timeline.begin("connection"):
                yield connection
        finally:
            self.free.put_nowait(connection)
            await self.count(-1)

    async def count(self, change):
        async with self.changed:
            self.in_use += change
            self.taken += max(change, 0)
            self.changed.notify_all()

    async def until_in_use(self, count):
        """Whether so many are in use at one moment."""
        try:
            async with asyncio.timeout(PATIENCE), self.changed:
                await self.changed.wait_for(lambda: self.in_use == count)
        except TimeoutError:
            return False
        return True

    def statements(self):
        """The different statements that were run."""
        return set().union(*(connection._conn.statements for connection in self.connections))


@asynccontextmanager
async def database(connections):
    """A file with four customers, one of whom has an apostrophe, and a pool on it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "purchases.db"
        with closing(sqlite3.connect(file)) as connection, connection:
            connection.execute("CREATE TABLE purchases (customer TEXT, item TEXT, price INTEGER)")
            rows = [("Ada", "tea", 3), ("Bob", "cake", 4), ("Ada", "soup", 5), ("O'Brien", "stew", 9), ("Ada", "fish", 12)]
            connection.executemany("INSERT INTO purchases VALUES (?, ?, ?)", rows)
        opened = [await aiosqlite.connect(file, factory=Connection, timeout=2 * PATIENCE) for _ in range(connections)]
        try:
            yield Pool(opened), file
        finally:
            for connection in opened:
                await connection.close()


def told(answer):
    """How an answer is quoted."""
    if isinstance(answer, Raised):
        return str(answer)
    return f"{answer.purchases}, {answer.spent}, {answer.last}"


async def asked(customer, connections=3):
    """Asks on a pool of so many."""
    async with database(connections) as (pool, _):
        return await caught(summary(pool, customer))


@pytest.mark.asyncio
class TestPatterns:
    async def test_the_summary_is_right(self):
        did = told(await asked("Ada"))
        expect(did == ADA, "other-summary", did, ADA)

    async def test_three_queries_at_once(self):
        async with database(3) as (pool, file):
            with closing(sqlite3.connect(file, isolation_level=None)) as writer:
                # Until it is committed, no query gets further than its connection.
                writer.execute("BEGIN EXCLUSIVE")
                asking = asyncio.create_task(summary(pool, "Ada"))
                together = await pool.until_in_use(3)
                in_use = pool.in_use
                writer.execute("COMMIT")
            await asyncio.wait([asking])
            asking.exception()
            message = "one-connection" if pool.taken <= 1 else "one-after-another"
            expect(together, message, in_use, 3)

    async def test_a_small_pool_is_enough(self):
        did = told(await asked("Ada", 1))
        expect(did == ADA, "holds-and-waits", did, ADA)

    async def test_a_name_is_a_name(self):
        did = told(await asked("O'Brien"))
        expect(did == "1, 9, stew", "built-sql", did, "1, 9, stew")

    async def test_a_name_is_no_sql(self):
        did = told(await asked("x' OR '1'='1"))
        expect(not did.endswith("fish"), "injected", did, "LookupError")

    async def test_one_statement_serves_all_names(self):
        async with database(1) as (pool, _):
            for customer in ("Ada", "Bob", "O'Brien", "Cleo", "Dan"):
                await caught(summary(pool, customer))
            statements = len(pool.statements())
            expect(statements <= 3, "statement-per-name", statements, 3)


@pytest.mark.asyncio
class TestErrors:
    async def test_an_unknown_customer_is_an_error(self):
        answer = await asked("Cleo")
        expect(isinstance(answer, Raised), "error-hidden", told(answer), "LookupError")
        wrapped = isinstance(answer.error, BaseExceptionGroup)
        expect(not wrapped, "error-wrapped", answer, "LookupError")
        # An `IndexError` is a `LookupError`, but nobody raised it on purpose.
        meant = isinstance(answer.error, LookupError) and not isinstance(answer.error, IndexError)
        expect(meant, "panics", answer, "LookupError")

    async def test_a_broken_table_is_an_error(self):
        async with database(3) as (pool, file):
            with closing(sqlite3.connect(file)) as connection, connection:
                connection.execute("DROP TABLE purchases")
            answer = await caught(summary(pool, "Ada"))
            expect(isinstance(answer, Raised), "error-hidden", told(answer), "no such table: purchases")
            expect(answer.says("no such table") is True, "panics", answer, "no such table: purchases")
