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
    sold_out, others = [], []
    for shop in shops:
        try:
            await visit(api, shop)
        except SoldOut as error:
            sold_out.append(error.shop)
        except Fire as error:
            others.append(error)
    if others:
        raise ExceptionGroup("visits", others)
    return sold_out


async def visit(api: Api, shop: int) -> None:
    try:
        await api.fetch(shop)
    except ApiError as error:
        raise (SoldOut if error.text == "sold out" else Fire)(shop) from error
