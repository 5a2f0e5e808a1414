# A piece of a program, without its imports.
async def handler():
    time.sleep(1)  # expect: blocking-sleep
    requests.get("u")  # expect: blocking-http
    subprocess.run(["ls"])  # expect: blocking-process
    await asyncio.sleep(1)
