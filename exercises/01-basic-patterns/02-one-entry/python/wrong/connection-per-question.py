import asyncio

from harness import Server


def run(server: Server) -> str:
    return asyncio.run(on_duty(server))


async def on_duty(server: Server) -> str:
    name = await ask(server, "on duty")
    number = await ask(server, f"phone of {name}")
    return f"{name}: {number}"


async def ask(server: Server, question: str) -> str:
    connection = await server.connect()
    return await connection.ask(question)
