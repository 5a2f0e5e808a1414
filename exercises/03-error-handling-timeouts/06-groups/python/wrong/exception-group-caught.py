"""Groups: several failures at once, one kind handled, the others passed on."""

import asyncio

from harness import Api, ApiError


class SoldOut(Exception):
    def __init__(self, shop: int):
        super().__init__(f"shop {shop}: sold out")
        self.shop = shop


class Fire(Exception):
    def __init__(self, shop: int):
        super().__init__(f"shop {shop}: fire")
        self.shop = shop


async def visit_all(api: Api, shops: list[int]) -> list[int]:
    """Visits all shops at once. Returns those that are sold out; or raises all other errors, if there are any."""
    sold_out = []
    try:
        async with asyncio.TaskGroup() as visits:
            for shop in shops:
                visits.create_task(visit(api, shop))
    except ExceptionGroup as group:
        sold_out = [error.shop for error in group.exceptions]
    return sold_out


async def visit(api: Api, shop: int) -> None:
    try:
        await api.fetch(shop)
    except ApiError as error:
        raise (SoldOut if error.text == "sold out" else Fire)(shop) from error
