import asyncio
from concurrent.futures import ThreadPoolExecutor

from harness import Connection, Server


def run(server: Server) -> str:
    return asyncio.run(on_duty(server))


async def on_duty(server: Server) -> str:
    connection = await server.connect()
    name = ask(connection, "on duty")
    number = ask(connection, f"phone of {name}")
    return f"{name}: {number}"


def ask(connection: Connection, question: str) -> str:
    # A run inside a run raises, so this one gets a thread of its own.
    with ThreadPoolExecutor() as pool:
        return pool.submit(asyncio.run, connection.ask(question)).result()
