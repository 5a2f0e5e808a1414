from harness import Server


async def run(server: Server) -> str:
    connection = await server.connect()
    name = await connection.ask("on duty")
    number = await connection.ask(f"phone of {name}")
    return f"{name}: {number}"
