from harness import Api


async def greet(api: Api, id: int) -> str:
    return api.fetch(id)
