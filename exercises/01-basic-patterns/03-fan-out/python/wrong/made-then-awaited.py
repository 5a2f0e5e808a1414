from harness import Api


async def fetch_all(api: Api, ids: list[int]) -> list[str]:
    fetches = [api.fetch(id) for id in ids]
    return [await fetch for fetch in fetches]
