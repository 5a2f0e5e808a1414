import asyncio

from harness import Server


def run(server: Server) -> str:
    name = asyncio.run(ask(server, "on duty"))
    number = asyncio.run(ask(server, f"phone of {name}"))
    return f"{name}: {number}"


async def ask(server: Server, question: str) -> str:
    connection = await server.connect()
    return await connection.ask(question)
