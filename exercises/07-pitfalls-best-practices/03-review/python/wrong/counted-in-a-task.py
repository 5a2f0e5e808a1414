import asyncio
import time

from harness import Api, ApiError

STORE_TAKES = 4
"""For how many photos a page may ask the store at the same time."""
PAUSE = 0.05
"""How long to wait before the store is asked again, in seconds."""
SHRINKING = 0.05
"""How long the library for pictures works on one, in seconds."""
GREY = "grey"
"""The cover where there is no other."""


class Thumbnails:
    """Makes small pictures of photos."""

    def __init__(self, photos: Api, views: Api):
        """Takes photos from the one store and counts views in the other."""
        self.photos = photos
        self.views = views

    async def page(self, ids: list[int]) -> list[str | Exception]:
        """The pictures of a page in the order of the ids; where one cannot be had, the reason."""
        few = asyncio.Semaphore(STORE_TAKES)

        async def one(id: int) -> str:
            async with few:
                return await self.fetch_small(id)

        return await asyncio.gather(*(one(id) for id in ids), return_exceptions=True)

    async def is_whole(self, ids: list[int]) -> bool:
        """Whether every picture of a page can be had."""
        return all(isinstance(picture, str) for picture in await self.page(ids))

    async def cover(self, id: int) -> str:
        """The picture at the top of a page; a grey one where it cannot be had."""
        try:
            return await self.fetch_small(id)
        except (ApiError, ValueError):
            return GREY

    async def fetch_small(self, id: int) -> str:
        """One picture. Its view is counted before it is handed out."""
        self.counting = asyncio.create_task(self.count(id))
        photo = await self.photo(id)
        return await asyncio.to_thread(small, photo)

    async def count(self, id: int) -> None:
        await self.views.fetch(id)

    async def photo(self, id: int) -> str:
        """A photo; a store that refuses it is asked once more."""
        try:
            return await self.photos.fetch(id)
        except ApiError:
            await asyncio.sleep(PAUSE)
            return await self.photos.fetch(id)


def small(photo: str) -> str:
    return f"small {shrink(photo)}"


def shrink(photo: str) -> str:
    """Stands for a library for pictures: it keeps its thread waiting, and raises at broken photos. Leave it as it is."""
    if photo == "broken":
        raise ValueError("this is no photo")
    time.sleep(SHRINKING)
    return photo


async def check_whole_page(photos: Api) -> None:
    """A test: fails unless the page of three photos is whole. `photos` is a double of the store."""
    service = Thumbnails(photos, Api())
    assert await service.is_whole([1, 2, 3]), "every picture of the page can be had"
