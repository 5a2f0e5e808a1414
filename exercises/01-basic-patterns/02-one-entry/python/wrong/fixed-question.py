import asyncio

from harness import Server


def run(server: Server) -> str:
    return asyncio.run(on_duty(server))


async def on_duty(server: Server) -> str:
    connection = await server.connect()
    name = await connection.ask("on duty")
    number = await connection.ask("phone of Ada")
    return f"{name}: {number}"
