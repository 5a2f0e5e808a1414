"""First await: ask a slow service once and use what it says."""

from harness import Api


async def greet(api: Api, id: int) -> str:
    """Asks `api` for the name of the person with this `id` and returns "Hello, NAME!"."""
    name = await api.fetch(id)
    return f"Hello, {name}!"
