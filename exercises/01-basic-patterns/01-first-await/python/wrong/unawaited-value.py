from harness import Api


async def greet(api: Api, id: int) -> str:
    name = api.fetch(id)
    return f"Hello, {name}!"
