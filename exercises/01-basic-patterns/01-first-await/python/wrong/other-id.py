from harness import Api


async def greet(api: Api, id: int) -> str:
    name = await api.fetch(7)
    return f"Hello, {name}!"
