"""One entry: an ordinary function that drives async code once."""

import asyncio

from harness import Server


def run(server: Server) -> str:
    """Returns who is on duty, and their number: "NAME: NUMBER"."""
    connection = asyncio.run(server.connect())
    name = asyncio.run(connection.ask("on duty"))
    number = asyncio.run(connection.ask(f"phone of {name}"))
    return f"{name}: {number}"
