async def answer():
    return 42
