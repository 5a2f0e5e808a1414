import itertools

from harness import Api, Resource


async def rows(connections: Resource, pages: Api) -> list[str]:
    connection = await connections.open()
    try:
        all_rows = []
        for number in itertools.count():
            page = await pages.fetch(number)
            if not page:
                return all_rows
            all_rows.extend(page.split(","))
    finally:
        await connection.close()
