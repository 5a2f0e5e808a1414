from harness import Api


async def publish(storage: Api, renderer: Api, page: int) -> str:
    backup = storage.fetch(page)
    rendered = await renderer.fetch(page)
    await backup
    return rendered
