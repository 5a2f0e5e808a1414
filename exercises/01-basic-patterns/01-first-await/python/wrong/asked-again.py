from harness import Api


async def greet(api: Api, id: int) -> str:
    if not await api.fetch(id):
        return "Hello!"
    return f"Hello, {await api.fetch(id)}!"
