import asyncio

from harness import Server


def run(server: Server) -> str:
    loop = asyncio.new_event_loop()
    return loop.run_until_complete(on_duty(server))


async def on_duty(server: Server) -> str:
    connection = await server.connect()
    name = await connection.ask("on duty")
    number = await connection.ask(f"phone of {name}")
    return f"{name}: {number}"
