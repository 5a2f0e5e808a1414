"""One entry: an ordinary function that drives async code once."""

import asyncio

from harness import Server


def run(server: Server) -> str:
    """Returns who is on duty, and their number: "NAME: NUMBER"."""
    return asyncio.run(on_duty(server))


async def on_duty(server: Server) -> str:
    """Everything that waits."""
    connection = await server.connect()
    name = await connection.ask("on duty")
    number = await connection.ask(f"phone of {name}")
    return f"{name}: {number}"
