from harness import Server


def run(server: Server) -> str:
    work = on_duty(server)
    while True:
        try:
            work.send(None)
        except StopIteration as end:
            return end.value


async def on_duty(server: Server) -> str:
    connection = await server.connect()
    name = await connection.ask("on duty")
    number = await connection.ask(f"phone of {name}")
    return f"{name}: {number}"
