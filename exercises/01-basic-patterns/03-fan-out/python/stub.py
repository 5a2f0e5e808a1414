"""Fan out: many fetches in the time of the longest."""

from harness import Api


async def fetch_all(api: Api, ids: list[int]) -> list[str]:
    """Fetches every id and returns the replies in the order of `ids`."""
    replies = []
    for id in ids:
        reply = await api.fetch(id)
        replies.append(reply)
    return replies
